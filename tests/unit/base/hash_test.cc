#include "base/hash.h"

#include <gtest/gtest.h>

#include <bit>
#include <set>
#include <string>
#include <string_view>

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

std::uint64_t Short(std::string word, std::uint64_t seed) {
  const std::size_t size = word.size();
  word.append(16, 'x');  // what stands behind a word has no bearing
  return ShortHasher(seed)(std::string_view(word).substr(0, size));
}

TEST(ShortHasher, KnownAnswers) {
  EXPECT_EQ(Short("dam", 0), 0xc725b47d5eae23c1);
  EXPECT_EQ(Short("sixteen letters!", 5), 0x307f5f8e5a669cb1);
  EXPECT_EQ(Short("seventeen letters", 5), Hash64("seventeen letters", 5));
}

TEST(ShortHasher, TellsLengthsAndSeedsApart) {
  std::set<std::uint64_t> seen;
  for (std::size_t size = 1; size <= 20; ++size) {
    for (char c : {'\0', 'a', '\xff'}) {
      for (std::uint64_t seed = 0; seed < 8; ++seed) seen.insert(Short(std::string(size, c), seed));
    }
  }
  EXPECT_EQ(seen.size(), 20u * 3 * 8);
}

TEST(ShortHasher, EveryInputBitMovesTheOutput) {
  // Bits of the upper half, which shingles keep, for words of every length.
  for (std::size_t size = 1; size <= 16; ++size) {
    const std::string base(size, 'e');
    int moved = 0;
    for (std::size_t bit = 0; bit < 8 * size; ++bit) {
      std::string other = base;
      other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
      const auto difference = (Short(base, 1) ^ Short(other, 1)) >> 32;
      EXPECT_GT(std::popcount(difference), 3) << size << " " << bit;
      moved += std::popcount(difference);
    }
    EXPECT_NEAR(moved / (32.0 * 8 * static_cast<double>(size)), 0.5, 0.08);
  }
}

TEST(ShortHasher, UpperHalvesCollideAsChanceHasIt) {
  std::set<std::uint32_t> seen;
  constexpr int kWords = 300'000;
  for (int i = 0; i < kWords; ++i) {
    seen.insert(static_cast<std::uint32_t>(Short("w" + std::to_string(i), 3) >> 32));
  }
  // n^2 / 2^33 is 10.5; 40 is beyond nine standard deviations.
  EXPECT_GT(seen.size(), kWords - 40u);
}

}  // namespace
}  // namespace samestory
