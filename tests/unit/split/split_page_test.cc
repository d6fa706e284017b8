#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "samestory/split.h"

namespace samestory {
namespace {

constexpr std::string_view kStory =
    "The ferry to Larkholm Island will stop running in October after sixty years, its owner said "
    "on Monday.\n"
    "Larkholm Lines blamed falling passenger numbers and the price of diesel for the decision.\n"
    "The ferry carries some 40,000 islanders and visitors a year, half as many as ten years ago.\n"
    "\"We have looked at every way to keep her going,\" said the company's director, Una Marsh.\n"
    "Islanders fear that the school on Larkholm will close if families cannot reach the mainland.\n"
    "The council said it would look for another owner before the last ferry leaves.\n";

constexpr std::string_view kTail =
    "Chess prodigy, 12, beats two grandmasters in one afternoon\n"
    "Rare orchid found growing on roof of city car park\n"
    "Bakers warn of dearer bread as wheat harvest fails\n"
    "How a lost violin came home after ninety years\n"
    "Orbital telescope sees birth of distant star\n";

std::vector<LineRole> Roles(const PageSplit& split) {
  std::vector<LineRole> roles;
  for (const PageLine& line : split.lines) roles.push_back(line.role);
  return roles;
}

std::vector<LineRole> Expected(std::size_t main, std::size_t other) {
  std::vector<LineRole> roles(main + other, LineRole::kOther);
  std::fill_n(roles.begin(), main, LineRole::kMain);
  return roles;
}

PageSplit Split(std::string_view text, const SplitOptions& options = {}) {
  auto split = SplitPage(text, options);
  EXPECT_TRUE(split.ok()) << split.status();
  return split.ok() ? *std::move(split) : PageSplit{};
}

TEST(SplitPage, SeparatesTheStoryFromTheHeadlinesBehindIt) {
  EXPECT_EQ(Roles(Split(std::string(kStory) + std::string(kTail))), Expected(6, 5));
}

TEST(SplitPage, LeavesAStoryWithoutATailWhole) { EXPECT_EQ(Roles(Split(kStory)), Expected(6, 0)); }

TEST(SplitPage, CutsATailOfManyMoreLinesThanOneLookTakesIn) {
  static const char* const kWho[] = {"Baker",      "Mayor",  "Violinist", "Goalkeeper", "Farmer",
                                     "Astronomer", "Potter", "Judge",     "Nurse",      "Sailor"};
  static const char* const kDoes[] = {"wins",  "loses",  "finds", "sells", "paints",
                                      "opens", "closes", "backs", "fears", "praises"};
  static const char* const kWhat[] = {"golden trophy", "old windmill", "rare stamp", "tax plan",
                                      "night train",   "city garden",  "long trial", "wool prize",
                                      "stone bridge",  "chess final"};
  std::string text(kStory);
  for (int i = 0; i < 100; ++i) {
    text += std::string(kWho[i % 10]) + " " + kDoes[i / 10] + " " + kWhat[(i * 3 + i / 10) % 10] +
            " in district " + std::to_string(i) + "\n";
  }
  const auto roles = Roles(Split(text));
  ASSERT_EQ(roles.size(), 106u);
  for (std::size_t i = 0; i < roles.size(); ++i) {
    EXPECT_EQ(roles[i], i < 6 ? LineRole::kMain : LineRole::kOther) << i;
  }
}

TEST(SplitPage, ReadsAParagraphALineAndAnyLineEnds) {
  std::string story(kStory);
  for (const char* ending : {" ", "\r\n", "\r", "\n\n"}) {
    std::string joined;
    for (const char c : story) c == '\n' ? joined += ending : joined += c;
    joined += "\n" + std::string(kTail);
    const PageSplit split = Split(joined);
    EXPECT_EQ(Roles(split), Expected(6, 5)) << split.lines.size();
  }
}

TEST(SplitPage, FindsNothingInAnEmptyPage) {
  EXPECT_TRUE(Split("").lines.empty());
  EXPECT_TRUE(Split(" \n\t\r\n \n").lines.empty());
}

TEST(SplitPage, TakesASingleLineForTheStory) {
  EXPECT_EQ(Roles(Split("Ferry to stop")), Expected(1, 0));
  EXPECT_EQ(Split("Ferry to stop").lines[0].score, 1);
}

// Where there is no frame to take away.
TEST(SplitPage, NeverCallsTheFirstLineOfAShortPageOther) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (std::size_t i = 1 + random() % 7; i-- > 0;) {
      for (std::size_t w = 1 + random() % 9; w-- > 0;) {
        text += std::string(1 + random() % 7, static_cast<char>('a' + random() % 26)) + " ";
      }
      text += random() % 3 ? ".\n" : "\n";
    }
    const PageSplit split = Split(text);
    ASSERT_FALSE(split.lines.empty());
    EXPECT_EQ(split.lines[0].role, LineRole::kMain);
  }
}

// Lines in order, apart, trimmed; what is between them is white space.
void ExpectNothingLost(std::string_view text, const PageSplit& split) {
  static constexpr std::string_view kSpace = " \t\n\v\f\r";
  std::size_t at = 0;
  for (const PageLine& line : split.lines) {
    ASSERT_LE(at, line.begin);
    ASSERT_LT(line.begin, line.end);
    ASSERT_LE(line.end, text.size());
    EXPECT_EQ(text.substr(at, line.begin - at).find_first_not_of(kSpace), std::string_view::npos);
    at = line.end;
  }
  EXPECT_EQ(text.substr(at).find_first_not_of(kSpace), std::string_view::npos);
}

TEST(SplitPage, LosesNoByteOfText) {
  std::mt19937 random(3);
  const std::string_view pieces[] = {"a",        "Mr. ",      "word ", "U.S. ",  ". ",     "? ",
                                     "\n",       "\r\n",      "\r",    "电车。", "ट्राम। ", "\xff",
                                     "\x80\x80", "é",         "\"",    "...",    "\t",     "<b>",
                                     "&amp;",    "1,200.50 ", "Word ", "|",      "\0"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::size_t i = random() % 200; i-- > 0;) text += pieces[random() % std::size(pieces)];
    ExpectNothingLost(text, Split(text));
  }
}

TEST(SplitPage, ProbabilitiesSayWhatTheRolesSay) {
  const PageSplit split = Split(std::string(kStory) + std::string(kTail));
  for (const PageLine& line : split.lines) {
    EXPECT_GE(line.score, 0);
    EXPECT_LE(line.score, 1);
    EXPECT_EQ(line.score > 0.5, line.role == LineRole::kMain);
  }
}

TEST(SplitPage, StanceMovesThePriceOfACut) {
  const std::string text = std::string(kStory) + std::string(kTail);
  const auto others = [&](SplitStance stance) {
    SplitOptions options;
    options.stance = stance;
    const auto roles = Roles(Split(text, options));
    return std::count(roles.begin(), roles.end(), LineRole::kOther);
  };
  EXPECT_LE(others(SplitStance::kSafe), others(SplitStance::kBalanced));
  EXPECT_LE(others(SplitStance::kBalanced), others(SplitStance::kEager));
}

TEST(SplitPage, StandsPagesOfManyLines) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "Line " + std::to_string(i) + " of a long page.\n";
  const PageSplit split = Split(text);
  EXPECT_EQ(split.lines.size(), 100'000u);
  ExpectNothingLost(text, split);
}

TEST(SplitPage, StandsALineOfManyWords) {
  std::string text = "The ferry stops.\n";
  for (int i = 0; i < 200'000; ++i) text += "word ";
  ExpectNothingLost(text, Split(text));
}

TEST(SplitPage, StandsInvalidUtf8AndZeroBytes) {
  std::string text(kStory);
  text += "\xc3\x28 \xe2\x82 \xf0\x9f\x98 broken\n";
  text += std::string("zero\0byte\n", 10);
  text += "\xff\xfe\xfd\n";
  ExpectNothingLost(text, Split(text));
}

TEST(SplitPage, GivesItsReasons) {
  const std::string text = std::string(kStory) + std::string(kTail);
  std::vector<LineReason> reasons;
  const auto split = SplitPage(text, {}, nullptr, {}, &reasons);
  ASSERT_TRUE(split.ok());
  ASSERT_EQ(reasons.size(), split->lines.size());
  EXPECT_TRUE(reasons[0].terms.empty());
  for (std::size_t i = 1; i < reasons.size(); ++i) {
    double sum = 0;
    for (const auto& term : reasons[i].terms) sum += term.value * term.weight;
    EXPECT_NEAR(sum, reasons[i].cut_log_odds, 1e-9);
  }
  // The cut that was made is the one with the best score.
  const auto best = std::max_element(
      reasons.begin() + 1, reasons.end(),
      [](const LineReason& a, const LineReason& b) { return a.cut_log_odds < b.cut_log_odds; });
  EXPECT_EQ(best - reasons.begin(), 6);
}

TEST(SplitPage, IsTheSameEachTime) {
  const std::string text = std::string(kStory) + std::string(kTail);
  const PageSplit first = Split(text);
  for (int i = 0; i < 3; ++i) {
    const PageSplit again = Split(text);
    ASSERT_EQ(again.lines.size(), first.lines.size());
    for (std::size_t l = 0; l < first.lines.size(); ++l) {
      EXPECT_EQ(again.lines[l].score, first.lines[l].score);
    }
  }
}

TEST(LineRoleName, IsTheWordOfTheContract) {
  EXPECT_EQ(LineRoleName(LineRole::kMain), "main");
  EXPECT_EQ(LineRoleName(LineRole::kOther), "other");
}

}  // namespace
}  // namespace samestory
