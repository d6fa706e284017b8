#include "match/comparison.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "profiles.h"

namespace samestory {
namespace {

using testing::Newsroom;

// Two texts compared, and the words of a mask.
struct Pair {
  Pair(const Newsroom& news, std::string_view a, std::string_view b)
      : older(news.Stamped(a)),
        newer(news.Stamped(b)),
        older_words(ProfileView(older)),
        newer_words(ProfileView(newer)),
        comparison(older_words, newer_words) {
    comparison.MatchForms();
  }

  static std::string Words(const Comparison::Side& side, Comparison::Mask mask) {
    std::string words;
    for (std::size_t i = 0; i < side.text.size; ++i) {
      if ((mask >> i & 1) == 0) continue;
      if (!words.empty()) words += ' ';
      words += side.Word(i);
    }
    return words;
  }
  std::string OlderLeft() const {
    return Words(comparison.older(), comparison.older().unmatched());
  }
  std::string NewerLeft() const {
    return Words(comparison.newer(), comparison.newer().unmatched());
  }

  std::vector<std::uint32_t> older, newer;
  ProfileWords older_words, newer_words;
  Comparison comparison;
};

class ComparisonTest : public ::testing::Test {
 protected:
  Pair Compare(std::string_view a, std::string_view b) const { return Pair(news_, a, b); }
  Newsroom news_;
};

TEST_F(ComparisonTest, SharedWordsAreMatchedOnce) {
  const Pair pair = Compare("storm hits coast, storm warning", "coast storm eases");
  EXPECT_EQ(Pair::Words(pair.comparison.older(), pair.comparison.older().shared), "storm coast");
  EXPECT_EQ(pair.OlderLeft(), "hits warning");
  EXPECT_EQ(pair.NewerLeft(), "eases");
}

TEST_F(ComparisonTest, FormsAcronymsAndJoinedWordsMatch) {
  EXPECT_EQ(Compare("Europe battles wildfires", "Europe battled wildfire").OlderLeft(), "");
  const Pair acronym =
      Compare("IMF sees slower growth", "International Monetary Fund sees slower growth");
  EXPECT_EQ(acronym.OlderLeft(), "");
  EXPECT_EQ(acronym.NewerLeft(), "");
  EXPECT_EQ(Compare("flood hits farmland crops", "flood hits farm land crops").NewerLeft(), "");
  EXPECT_EQ(Compare("mayor opens new bridge", "mayor opens new school").OlderLeft(), "bridge");
}

TEST_F(ComparisonTest, NumbersMatchByValue) {
  EXPECT_FALSE(Compare("Four die in mine", "4 die in mine").comparison.has_conflict());
  EXPECT_FALSE(
      Compare("Deal worth £38.57m agreed", "Deal worth £38.5m agreed").comparison.has_conflict());
  EXPECT_FALSE(
      Compare("Deal worth 1.2 million agreed", "Deal worth 1.2m agreed").comparison.has_conflict());
  const Pair changed = Compare("3 dead in quake", "5 dead in quake");
  EXPECT_TRUE(changed.comparison.has_conflict());
  EXPECT_EQ(changed.OlderLeft(), "3");
}

TEST_F(ComparisonTest, AnAddedNumberIsNoConflict) {
  const Pair pair = Compare("train derails near town", "train derails near town, 12 hurt");
  EXPECT_FALSE(pair.comparison.has_conflict());
  EXPECT_NE(pair.comparison.newer().unmatched_slots(), 0u);
}

TEST_F(ComparisonTest, AMiddleIsLackedWhereTwoWordsThatWeighStandBetweenMatchedOnes) {
  const auto lacks = [this](std::string_view older, std::string_view newer) {
    return Compare(older, newer).comparison.LacksMiddle();
  };
  EXPECT_FALSE(lacks("miller lost harvest pirate noah", "miller lost pirate noah"));
  EXPECT_TRUE(lacks("miller lost harvest sinking pirate noah", "miller lost pirate noah"));
  EXPECT_FALSE(lacks("harvest sinking miller lost pirate noah", "miller lost pirate noah"));
  EXPECT_FALSE(lacks("miller lost pirate noah harvest sinking", "miller lost pirate noah"));
  EXPECT_FALSE(lacks("miller lost pirate noah", "miller lost harvest sinking pirate noah"));
  EXPECT_FALSE(lacks("miller lost harvest sinking pirate noah", "storm"));
}

TEST_F(ComparisonTest, CutsAndSubstitutions) {
  EXPECT_TRUE(Compare("minister quits after leak of secret papers", "minister quits after leak")
                  .comparison.NewerIsCut());
  EXPECT_TRUE(
      Compare("minister quits after leak of secret papers", "minister quits after leak of sec")
          .comparison.NewerIsCut());
  EXPECT_FALSE(Compare("minister quits after leak of secret papers", "leak after minister quits")
                   .comparison.NewerIsCut());
  EXPECT_FALSE(
      Compare("minister quits after leak", "minister quits after row").comparison.NewerIsCut());

  EXPECT_TRUE(Compare("shares of bank rise sharply", "shares of bank fall sharply")
                  .comparison.HasSubstitution());
  EXPECT_FALSE(Compare("shares of bank rise sharply", "shares of bank rise sharply today")
                   .comparison.HasSubstitution());
  EXPECT_FALSE(Compare("police seek man", "man sought: police seek").comparison.HasSubstitution());
}

TEST_F(ComparisonTest, OneWordDiffers) {
  EXPECT_TRUE(Compare("team a beats rovers", "team b beats rovers").comparison.OneWordDiffers());
  EXPECT_FALSE(Compare("team a beats rovers", "team a beats rovers").comparison.OneWordDiffers());
  EXPECT_FALSE(Compare("team a beats rovers", "team a beats").comparison.OneWordDiffers());
}

TEST_F(ComparisonTest, SlotPairsStandByType) {
  const Pair pair = Compare("Draw of March 7: jackpot of $30 for Northport",
                            "Draw of June 12: jackpot of $45 for Southport, 2 winners");
  const std::vector<SlotPair> slots = pair.comparison.SlotPairs();
  std::map<std::string, std::pair<std::string, std::string>> by_type;
  for (const SlotPair& slot : slots) {
    by_type[std::string(SlotTypeName(slot.type))] = {slot.older, slot.newer};
  }
  EXPECT_EQ(by_type["month"], (std::pair<std::string, std::string>("march", "june")));
  EXPECT_EQ(by_type["date"], (std::pair<std::string, std::string>("7", "12")));
  EXPECT_EQ(by_type["money"], (std::pair<std::string, std::string>("30", "45")));
  EXPECT_EQ(by_type["number"], (std::pair<std::string, std::string>("", "2")));
  EXPECT_EQ(by_type["name"], (std::pair<std::string, std::string>("northport", "southport")));
}

// Shared words, shared neighbours and their weights by sets of strings.
TEST_F(ComparisonTest, AgreesWithSetsOfWords) {
  const char* vocabulary[] = {"flood", "river", "town", "crest", "levee", "dam", "mud", "rain"};
  std::mt19937_64 random(9);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> words[2];
    std::string texts[2];
    std::set<std::string> word_set[2];
    std::set<std::pair<std::string, std::string>> pair_set[2];
    for (int side = 0; side < 2; ++side) {
      for (std::size_t n = 1 + random() % 9; n > 0; --n) {
        words[side].emplace_back(vocabulary[random() % std::size(vocabulary)]);
        texts[side] += words[side].back() + ' ';
      }
      word_set[side].insert(words[side].begin(), words[side].end());
      for (std::size_t i = 0; i + 1 < words[side].size(); ++i) {
        pair_set[side].insert({words[side][i], words[side][i + 1]});
      }
    }
    const Pair pair = Compare(texts[0], texts[1]);
    int weight = 0, pairs = 0;
    for (const std::string& word : word_set[0]) {
      if (!word_set[1].contains(word)) continue;
      weight += ProfileView::QuantisedWeight(news_.words.Idf(WordHash(word)));
    }
    for (const auto& neighbours : pair_set[0]) pairs += pair_set[1].contains(neighbours);
    EXPECT_EQ(pair.comparison.shared_weight(), weight) << texts[0] << "| " << texts[1];
    EXPECT_EQ(pair.comparison.pairs().count, pairs) << texts[0] << "| " << texts[1];
  }
}

// Shingles counted by words against sets of their hashes.
TEST_F(ComparisonTest, ShinglesAreCountedByWords) {
  const char* vocabulary[] = {"flood", "river", "town", "crest", "4", "the"};
  std::mt19937_64 random(5);
  for (int round = 0; round < 2000; ++round) {
    std::string texts[2];
    ShingleSet sets[2];
    const int ngram_size = 1 + static_cast<int>(random() % 4);
    for (int side = 0; side < 2; ++side) {
      for (std::size_t n = 1 + random() % 12; n > 0; --n) {
        texts[side] += std::string(vocabulary[random() % std::size(vocabulary)]) + ' ';
      }
      CanonicalText text;
      Canonicalize(texts[side], text);
      Shingle(text, ngram_size, 7, sets[side]);
    }
    const auto a = news_.Stamped(texts[0]), b = news_.Stamped(texts[1]);
    const ShingleOverlap overlap = OverlapOf(ProfileView(a), ProfileView(b), ngram_size);
    EXPECT_EQ(overlap.older, sets[0].size()) << texts[0];
    EXPECT_EQ(overlap.newer, sets[1].size()) << texts[1];
    EXPECT_EQ(overlap.shared, IntersectionSize(sets[0], sets[1])) << texts[0] << "| " << texts[1];
    EXPECT_EQ(overlap.jaccard(), Jaccard(sets[0], sets[1]));
  }
}

}  // namespace
}  // namespace samestory
