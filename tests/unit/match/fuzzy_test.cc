#include "match/fuzzy.h"

#include <gtest/gtest.h>

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

TEST(Fuzzy, LongWordsAreLeftAlone) {
  const std::string longest(32, 'x'), longer(33, 'x');
  EXPECT_TRUE(IsWordVariant(longest, longest.substr(1)));
  EXPECT_FALSE(IsWordVariant(longer, longest));
}

}  // namespace
}  // namespace samestory
