#include "match/fuzzy.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace samestory {
namespace {

TEST(Fuzzy, FormsOfOneWordMatch) {
  EXPECT_TRUE(IsWordVariant("fights", "fighting"));
  EXPECT_TRUE(IsWordVariant("zelensky", "zelenskyy"));
  EXPECT_TRUE(IsWordVariant("colour", "color"));
  EXPECT_TRUE(IsWordVariant("wildfire", "wildfires"));
  EXPECT_TRUE(IsWordVariant("войска", "войскам"));
}

TEST(Fuzzy, OtherWordsDoNot) {
  EXPECT_FALSE(IsWordVariant("fire", "hire"));            // another first letter
  EXPECT_FALSE(IsWordVariant("rise", "rose"));            // too few pairs in common
  EXPECT_FALSE(IsWordVariant("cat", "cats"));             // below four letters
  EXPECT_FALSE(IsWordVariant("inter", "international"));  // four letters, yet less than half
  EXPECT_FALSE(IsWordVariant("", "word"));
}

TEST(Fuzzy, IsSymmetric) {
  const char* words[] = {"election", "elections", "elected", "select",      "electric",
                         "eleven",   "выборы",    "выборов", "mississippi", "missing"};
  for (const char* a : words) {
    for (const char* b : words) EXPECT_EQ(IsWordVariant(a, b), IsWordVariant(b, a)) << a << b;
  }
}

TEST(Fuzzy, RepeatedPairsCountOnce) {
  // "aaaa" has three pairs aa; "abbb" shares none of them.
  EXPECT_FALSE(IsWordVariant("aaaa", "abbb"));
  EXPECT_FALSE(IsWordVariant("banana", "bandit"));
}

// What a glance turns down is no variant.
TEST(Fuzzy, AGlanceTurnsDownNoVariant) {
  std::mt19937 random(4);
  int turned_down = 0, variants = 0;
  for (int round = 0; round < 200000; ++round) {
    std::string words[2] = {"e", "e"};
    for (std::string& word : words) {
      for (std::size_t n = 3 + random() % 8; n > 0; --n) {
        const std::size_t letter = random() % 9;
        word += letter < 8 ? std::string(1, "abcdelnt"[letter]) : round % 7 == 0 ? "ы" : "o";
      }
    }
    if (round % 2 == 0) words[1] = words[0].substr(0, 2 + random() % 8) + words[1];
    const bool is_variant = IsWordVariant(words[0], words[1]);
    const bool may_be = MayBeWordVariant(words[0], words[1], [&] {
      return LettersInCommon(LettersOf(words[0]), LettersOf(words[1]));
    });
    ASSERT_TRUE(may_be || !is_variant) << words[0] << ' ' << words[1];
    turned_down += !may_be;
    variants += is_variant;
  }
  EXPECT_GT(turned_down, 10000);
  EXPECT_GT(variants, 10000);
}

TEST(Fuzzy, LongWordsAreLeftAlone) {
  const std::string longest(32, 'x'), longer(33, 'x');
  EXPECT_TRUE(IsWordVariant(longest, longest.substr(1)));
  EXPECT_FALSE(IsWordVariant(longer, longest));
}

}  // namespace
}  // namespace samestory
