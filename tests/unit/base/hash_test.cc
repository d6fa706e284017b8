#include "base/hash.h"

#include <gtest/gtest.h>

#include <bit>
#include <set>

namespace samestory {
namespace {

TEST(Hash64, IsXxh3OfItsSpecification) {
  EXPECT_EQ(Hash64("", 0), 0x2D06800538D394C2ull);  // xxHash's own sanity checks
  EXPECT_EQ(Hash64("a", 0), 0xE6C632B61E964E1Full);
  EXPECT_NE(Hash64("a", 1), Hash64("a", 0));
}

TEST(Mix64, KnownAnswers) {
  // Stored through shingles: never to change.
  EXPECT_EQ(Mix64(0, 0), 0u);
  EXPECT_EQ(Mix64(1, 2), 0xe85028e6b31f8e7a);
  EXPECT_EQ(Mix64(2, 1), 0xf8f76353b6d877c5);
}

TEST(Mix64, EveryInputBitMovesHalfTheOutput) {
  const std::uint64_t base = Mix64(0x0123456789abcdef, 0xfedcba9876543210);
  for (int bit = 0; bit < 64; ++bit) {
    const std::uint64_t flip = std::uint64_t{1} << bit;
    for (const std::uint64_t other : {Mix64(0x0123456789abcdef ^ flip, 0xfedcba9876543210),
                                      Mix64(0x0123456789abcdef, 0xfedcba9876543210 ^ flip)}) {
      EXPECT_GT(std::popcount(base ^ other), 12);
      EXPECT_LT(std::popcount(base ^ other), 52);
    }
  }
}

}  // namespace
}  // namespace samestory
