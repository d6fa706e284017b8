#include "match/judge.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <map>
#include <random>
#include <string>

#include "profiles.h"

namespace samestory {
namespace {

using testing::Newsroom;

class JudgeTest : public ::testing::Test {
 protected:
  JudgeTest() { news_.PassDays(200); }

  Verdict Judge(std::string_view older, std::string_view newer, double hours = 2,
                std::optional<double> body_jaccard = std::nullopt, JudgeTrace* trace = nullptr) {
    std::optional<BodyLikeness> body;
    if (body_jaccard) body = BodyLikeness{*body_jaccard, *body_jaccard, {}, {}};
    return JudgeWith(older, newer, hours, body, trace);
  }

  Verdict JudgeWith(std::string_view older, std::string_view newer, double hours,
                    std::optional<BodyLikeness> body, JudgeTrace* trace = nullptr) {
    const auto a = news_.Stamped(older), b = news_.Stamped(newer);
    PairContext context;
    context.hours_apart = hours;
    context.body = body;
    context.same_source = true;
    return JudgePair(ProfileView(a), ProfileView(b), context, options_, trace);
  }

  Newsroom news_;
  Options options_;
};

TEST_F(JudgeTest, EqualTextsAreExact) {
  const Verdict verdict = Judge("Glacier lake bursts above Alpine village",
                                "Glacier Lake Bursts Above Alpine Village!");
  EXPECT_EQ(verdict.relation, Relation::kExact);
  EXPECT_EQ(verdict.jaccard, 1);
  EXPECT_GT(verdict.probability, 0.8);
}

// A pair that is given up early is one that would not have been joined.
TEST_F(JudgeTest, GivingUpEarlyChangesNoRelation) {
  const char* const kWords[] = {"glacier", "glaciers", "lake",   "bursts", "burst",  "village",
                                "alpine",  "imf",      "international", "monetary", "fund",
                                "wild",    "fire",     "wildfire", "4",     "four",   "2.5m",
                                "bridge",  "bridges",  "storm",  "away",   "monday", "tuesday"};
  std::mt19937 random(8);
  const auto text = [&] {
    std::string words;
    for (int i = 2 + static_cast<int>(random() % 9); i > 0; --i) {
      words += std::string(kWords[random() % std::size(kWords)]) + " ";
    }
    return words;
  };
  std::map<Relation, int> seen;
  int given_up = 0;
  for (int round = 0; round < 20000; ++round) {
    const auto a = news_.Stamped(text()), b = news_.Stamped(text());
    PairContext context;
    context.hours_apart = static_cast<double>(random() % 100);
    const Verdict quick = JudgePair(ProfileView(a), ProfileView(b), context, options_);
    context.wants_probability = true;
    const Verdict whole = JudgePair(ProfileView(a), ProfileView(b), context, options_);
    ASSERT_EQ(quick.relation, whole.relation);
    given_up += quick.probability != whole.probability;
    ASSERT_TRUE(quick.probability == whole.probability || quick.probability == 0);
    ++seen[whole.relation];
  }
  EXPECT_GT(given_up, 1000);
  EXPECT_GT(seen[Relation::kReworded] + seen[Relation::kUpdate], 200);
}

TEST_F(JudgeTest, TextsWithoutWordsAreNeverEqual) {
  EXPECT_EQ(Judge("...", "!!!").relation, Relation::kNew);
  EXPECT_EQ(Judge("", "").relation, Relation::kNew);
  EXPECT_EQ(Judge("", "Glacier lake bursts").relation, Relation::kNew);
}

TEST_F(JudgeTest, ACutIsTruncated) {
  EXPECT_EQ(Judge("Glacier lake bursts above Alpine village, sweeping bridges away",
                  "Glacier lake bursts above Alpine village")
                .relation,
            Relation::kTruncated);
}

TEST_F(JudgeTest, ALongerFormContains) {
  EXPECT_EQ(Judge("Glacier lake bursts above Alpine village",
                  "Glacier lake bursts above Alpine village, sweeping bridges away")
                .relation,
            Relation::kContains);
}

TEST_F(JudgeTest, AChangedNumberIsAnUpdate) {
  EXPECT_EQ(Judge("Ferry capsizes off Lantern Point: 12 dead, dozens missing",
                  "Ferry capsizes off Lantern Point: 19 dead, dozens missing")
                .relation,
            Relation::kUpdate);
  EXPECT_EQ(Judge("Ferry capsizes off Lantern Point, dozens missing",
                  "Ferry capsizes off Lantern Point, 30 missing")
                .relation,
            Relation::kUpdate);
}

TEST_F(JudgeTest, OtherWordsForOneStoryAreReworded) {
  EXPECT_EQ(Judge("Glacier lake bursts above Alpine village of Gurzen",
                  "Alpine village Gurzen flooded as glacial lake bursts its banks")
                .relation,
            Relation::kReworded);
}

TEST_F(JudgeTest, UnrelatedTextsAreNew) {
  EXPECT_EQ(Judge("Glacier lake bursts above Alpine village", "Parliament passes pension reform")
                .relation,
            Relation::kNew);
  EXPECT_EQ(Judge("Parliament votes on water law", "Parliament to sit on Sunday").relation,
            Relation::kNew);
}

TEST_F(JudgeTest, AFormThatKeepsReturningIsATemplate) {
  for (int day = 40; day > 1; --day) {
    news_.Learn("Lottery numbers for draw " + std::to_string(1000 + day), Newsroom::kToday - day);
  }
  EXPECT_EQ(Judge("Lottery numbers for draw 2001", "Lottery numbers for draw 2002", 24).relation,
            Relation::kTemplate);
  EXPECT_EQ(Judge("Horoscope for Aries: March 7, 2031", "Horoscope for Aries: March 8, 2031", 24)
                .relation,
            Relation::kTemplate);
}

TEST_F(JudgeTest, ARunningTitleOverOtherBodiesIsATemplate) {
  for (int day = 12; day > 1; --day)
    news_.Learn("Your evening in pictures", Newsroom::kToday - day);
  EXPECT_EQ(Judge("Your evening in pictures", "Your evening in pictures", 24, 0.05).relation,
            Relation::kTemplate);
  EXPECT_TRUE(
      IsSameStory(Judge("Your evening in pictures", "Your evening in pictures", 0.5, 1.0).relation));
}

TEST_F(JudgeTest, ASubstitutionOnBothSidesIsNeverDropped) {
  const Verdict verdict = Judge("Shares of Harbour Bank rise sharply after quarterly results",
                                "Shares of Harbour Bank fall sharply after quarterly results");
  EXPECT_GE(verdict.jaccard, 0.6);
  EXPECT_FALSE(IsRedundant(verdict.relation));
}

TEST_F(JudgeTest, DistanceInTimeSpeaksAgainst) {
  const char *older = "Wildfire spreads near Lantern Point",
             *newer = "Wildfire near Lantern Point forces evacuation";
  double last = 1;
  for (const double hours : {1.0, 24.0, 48.0, 72.0, 7200.0}) {
    const double probability = Judge(older, newer, hours).probability;
    EXPECT_LE(probability, last);
    last = probability;
  }
  EXPECT_LT(Judge(older, newer, 72).probability, Judge(older, newer, 1).probability);
  EXPECT_LT(Judge(older, newer, 7200).probability, Judge(older, newer, 72).probability);
}

TEST_F(JudgeTest, AgreeingBodiesSpeakFor) {
  const char *older = "Storm brings chaos to northern towns",
             *newer = "Thousands without power as storm hits";
  EXPECT_GT(Judge(older, newer, 2, 0.95).probability, Judge(older, newer, 2).probability);
}

TEST_F(JudgeTest, TheTraceAddsUpToTheVerdict) {
  JudgeTrace trace;
  const Verdict verdict = Judge("Ferry capsizes off Lantern Point: 12 dead, dozens missing",
                                "Ferry sinks off Lantern Point: 19 dead", 5, 0.4, &trace);
  double z = trace.bias;
  for (const VerdictTerm& term : trace.terms) z += term.value * term.weight;
  EXPECT_NEAR(z, trace.log_odds, 1e-9);
  EXPECT_NEAR(CalibratedProbability(kShippedTables, kConflict, z), verdict.probability, 1e-9);
  EXPECT_FALSE(trace.reason.empty());
  ASSERT_EQ(trace.slots.size(), 1u);
  EXPECT_EQ(trace.slots[0].older, "12");
  EXPECT_EQ(trace.slots[0].newer, "19");
  EXPECT_EQ(trace.slots[0].type, SlotType::kNumber);
}

TEST_F(JudgeTest, ProfilesWithoutAStampAreStampedByTheContext) {
  const std::string_view older = "Glacier lake bursts above Alpine village of Gurzen";
  const std::string_view newer = "Alpine village Gurzen flooded as glacial lake bursts";
  const auto a = Newsroom::Raw(older), b = Newsroom::Raw(newer);
  PairContext context;
  context.words = &news_.words;
  context.recurrence = &news_.recurrence;
  context.older_day = Newsroom::kToday;
  context.hours_apart = 2;
  const Verdict verdict = JudgePair(ProfileView(a), ProfileView(b), context, options_);
  const Verdict stamped = Judge(older, newer, 2);
  EXPECT_EQ(verdict.relation, stamped.relation);
  EXPECT_EQ(verdict.probability, stamped.probability);
}

TEST_F(JudgeTest, ShinglesAreMeasured) {
  const Verdict verdict = Judge("one two three four", "one two three");
  EXPECT_DOUBLE_EQ(verdict.jaccard, 5.0 / 7);
  EXPECT_DOUBLE_EQ(verdict.containment_newer, 1);
  EXPECT_DOUBLE_EQ(verdict.containment_older, 5.0 / 7);
}

TEST_F(JudgeTest, ThresholdsAreThoseOfTheOptions) {
  const char *older = "Glacier lake bursts above Alpine village of Gurzen",
             *cut = "Glacier lake bursts above Alpine village",
             *other = "Alpine village sees record visitors";
  options_.max_wrong_joins = 0.0005;
  EXPECT_FALSE(IsSameStory(Judge(older, other, 12).relation));
  options_.max_wrong_joins = 0.05;
  EXPECT_TRUE(IsSameStory(Judge(older, other, 1).relation));
  EXPECT_EQ(Judge(older, cut).relation, Relation::kTruncated);
  options_.max_wrong_drops = 1e-6;
  EXPECT_EQ(Judge(older, cut).relation, Relation::kReworded);
}

TEST_F(JudgeTest, JoinLevelsFallWithTheWrongJoinsAllowed) {
  for (const PairTable table : {kNoConflict, kConflict}) {
    double last = 1e9;
    for (const double share : {0.0005, 0.001, 0.0033, 0.006, 0.0065, 0.02, 0.05}) {
      const double level = JoinLogOdds(kShippedTables, table, share);
      EXPECT_LT(level, last);
      last = level;
    }
  }
}

TEST_F(JudgeTest, NothingIsDroppedOverABodyThatDiffers) {
  const char* title = "Glacier lake bursts above Alpine village of Gurzen";
  EXPECT_EQ(JudgeWith(title, title, 1, BodyLikeness{1, 1, {}, {}}).relation, Relation::kExact);
  const Verdict other = JudgeWith(title, title, 1, BodyLikeness{0.05, 0.1, {}, {}});
  EXPECT_EQ(other.relation, Relation::kUpdate);
  // One form of body, but each has a figure that the other lacks.
  EXPECT_FALSE(IsRedundant(
      JudgeWith(title, title, 1, BodyLikeness{0.9, 0.95, {.older_only = 1, .newer_only = 1}, {}})
          .relation));
}

TEST_F(JudgeTest, BodiesOfOneFormWithOtherDatesSpeakAgainst) {
  const char *older = "Harbour board reports weekly cargo volumes up",
             *newer = "Harbour board reports weekly cargo volumes down";
  const BodyLikeness same_form{0.6, 0.75, {}, {}};
  const BodyLikeness other_week{0.6, 0.75, {.older_only = 3, .newer_only = 3},
                                {.shared = 1, .older_only = 1, .newer_only = 1}};
  EXPECT_LT(JudgeWith(older, newer, 5, other_week).probability,
            JudgeWith(older, newer, 5, same_form).probability);
  EXPECT_FALSE(IsSameStory(JudgeWith(older, newer, 5, other_week).relation));
}

TEST_F(JudgeTest, FieldsThatAgreeAreNamed) {
  const char* title = "Glacier lake bursts above Alpine village of Gurzen";
  EXPECT_TRUE(Judge(title, title).agreed.headline);
  EXPECT_FALSE(Judge(title, title).agreed.body);
  EXPECT_TRUE(Judge(title, title, 1, 0.95).agreed.body);
  EXPECT_FALSE(Judge(title, "Parliament passes pension reform").agreed.headline);
}

TEST_F(JudgeTest, TheChangesThatAreNamedTurnTheVerdict) {
  const char *older = "Wildfire spreads near Lantern Point",
             *newer = "Wildfire near Lantern Point forces evacuation";
  JudgeTrace trace;
  ASSERT_TRUE(IsSameStory(Judge(older, newer, 1, {}, &trace).relation));
  ASSERT_FALSE(trace.changes.empty());
  double hours = 0;
  ASSERT_EQ(std::sscanf(trace.changes[0].c_str(), "two stories if they were more than %lf", &hours),
            1);
  EXPECT_TRUE(IsSameStory(Judge(older, newer, hours - 0.1).relation));
  EXPECT_FALSE(IsSameStory(Judge(older, newer, hours + 0.1).relation));
}

TEST_F(JudgeTest, TheTraceListsEveryWordOnce) {
  JudgeTrace trace;
  Judge("Wildfire spreads near Lantern Point", "Wildfires near Lantern Point force evacuation", 1,
        {}, &trace);
  std::map<std::string, WordMatch::Where> words;
  for (const WordMatch& word : trace.words) {
    EXPECT_GT(word.weight, 0) << word.word;
    words[word.word] = word.where;
  }
  EXPECT_EQ(words["lantern"], WordMatch::Where::kBoth);
  EXPECT_EQ(words["wildfire"], WordMatch::Where::kOtherForm);
  EXPECT_EQ(words["spreads"], WordMatch::Where::kOlder);
  EXPECT_EQ(words["evacuation"], WordMatch::Where::kNewer);
}

// Any texts at all: a verdict within its ranges, and the same one again.
TEST_F(JudgeTest, EveryPairHasAVerdict) {
  const char* words[] = {"flood",    "3",      "may", "the",  "IMF",  "International",
                         "Monetary", "Fund",   "二",  "%",    "1.5m", "Tuesday",
                         "a",        "floods", "2-1", "don't"};
  std::mt19937_64 random(4);
  for (int round = 0; round < 2000; ++round) {
    std::string texts[2];
    for (auto& text : texts) {
      for (std::size_t n = random() % 80; n > 0; --n) {
        text += words[random() % std::size(words)];
        text += ' ';
      }
    }
    const double hours = static_cast<double>(random() % 100);
    const Verdict verdict = Judge(texts[0], texts[1], hours);
    EXPECT_GE(verdict.probability, 0);
    EXPECT_LE(verdict.probability, 1);
    EXPECT_EQ(Judge(texts[0], texts[1], hours).relation, verdict.relation);
    if (IsRedundant(verdict.relation)) {
      EXPECT_GE(verdict.probability, 1 - options_.max_wrong_drops);
    }
  }
}

}  // namespace
}  // namespace samestory
