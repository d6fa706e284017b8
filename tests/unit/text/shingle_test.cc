#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/hash.h"
#include "random_text.h"
#include "samestory/text.h"
#include "text/sort_unique.h"

namespace samestory {
namespace {

ShingleSet Of(std::string_view text, int ngram_size = 2, std::uint64_t seed = 0) {
  CanonicalText canonical;
  Canonicalize(text, canonical);
  ShingleSet out;
  Shingle(canonical, ngram_size, seed, out);
  return out;
}

// The definition of docs/formats.md, word for word.
std::uint64_t Fold(std::uint64_t x, std::uint64_t y) {
  const unsigned __int128 product = static_cast<unsigned __int128>(x) * y;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t HashOfWord(std::string_view word, std::uint64_t seed) {
  if (word.size() > 16) return Hash64(word, seed);
  std::uint64_t halves[2] = {0, 0};
  for (std::size_t i = 0; i < word.size(); ++i) {
    halves[i / 8] |= std::uint64_t{static_cast<unsigned char>(word[i])} << (8 * (i % 8));
  }
  const std::uint64_t inner = Fold(halves[0] ^ Mix64(seed, 1), halves[1] ^ Mix64(seed, 2));
  return Fold(inner ^ word.size(), Mix64(seed, 3));
}

ShingleSet Oracle(std::string_view text, int ngram_size, std::uint64_t seed) {
  CanonicalText canonical;
  Canonicalize(text, canonical);
  std::set<std::uint32_t> shingles;
  const std::size_t words = canonical.words().size();
  for (std::size_t first = 0; first < words; ++first) {
    std::uint64_t gram = HashOfWord(canonical.word(first), seed);
    for (std::size_t n = 1; n <= static_cast<std::size_t>(ngram_size) && first + n <= words; ++n) {
      if (n > 1) gram = Mix64(gram, HashOfWord(canonical.word(first + n - 1), seed));
      shingles.insert(static_cast<std::uint32_t>(gram >> 32));
    }
  }
  return {shingles.begin(), shingles.end()};
}

TEST(Shingle, KnownAnswers) {
  // The vectors of docs/formats.md: they never change.
  EXPECT_THAT(Of("dam", 2, 0), testing::ElementsAre(0xc725b47d));
  EXPECT_THAT(Of("Dam breaks", 2, 0), testing::ElementsAre(0xc725b47d, 0xcd3e9893, 0xf41041f3));
  EXPECT_THAT(Of("Dam breaks", 2, 0x0123456789abcdef),
              testing::ElementsAre(0x785de298, 0x99dfa022, 0xefbe1858));
  EXPECT_THAT(
      Of("Dam breaks: dam breaks", 3, 1),
      testing::ElementsAre(0x08aa1bda, 0x1aec2b4c, 0x28869029, 0x61ecfc2b, 0x785e9328, 0x90365c68));
  EXPECT_THAT(Of("新聞 Dam", 2, 7),
              testing::ElementsAre(0x0b3231a3, 0x1357272f, 0x199bd8ea, 0x50160229, 0x58d2beaa));
  EXPECT_THAT(Of("Intergovernmental counterrevolution", 2, 0),
              testing::ElementsAre(0x0ed5ab69, 0x898e37dd, 0xe3f532d3));
}

TEST(Shingle, EqualsItsDefinition) {
  RandomText random(1);
  for (int i = 0; i < 3'000; ++i) {
    const std::string text = random.Ascii("abcdefgh ", 10 << random.Below(6));
    const int ngram_size = 1 + static_cast<int>(random.Below(8));
    ASSERT_EQ(Of(text, ngram_size, i), Oracle(text, ngram_size, i)) << text;
  }
}

TEST(Shingle, OfNoWordsIsEmptyAndOfOneIsNot) {
  EXPECT_TRUE(Of("").empty());
  EXPECT_TRUE(Of("?!").empty());
  EXPECT_EQ(Of("x").size(), 1u);
  EXPECT_EQ(Of("x", 8).size(), 1u);
  EXPECT_EQ(Of("x x x", 1).size(), 1u);
}

TEST(Shingle, DependsOnOrderAndSeed) {
  EXPECT_NE(Of("man bites dog"), Of("dog bites man"));
  EXPECT_EQ(Of("man bites dog", 1), Of("dog bites man", 1));
  EXPECT_NE(Of("man", 1, 1), Of("man", 1, 2));
}

TEST(SortUnique, EqualsStdSort) {
  RandomText random(2);
  for (int i = 0; i < 4'000; ++i) {
    std::vector<std::uint32_t> values(random.Below(i % 10 == 0 ? 3'000 : 100));
    const std::uint32_t spread = random.Below(4);
    for (std::uint32_t& v : values) {
      v = random.Below(0xffffffff);
      if (spread == 0) v %= 50;          // all in one bucket, many repeated
      if (spread == 1) v |= 0xffff0000;  // all in the last bucket
      if (spread == 2) v &= 0x80000003;  // few values
    }
    std::vector<std::uint32_t> expected = values;
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    SortUnique(values);
    ASSERT_EQ(values, expected);
  }
}

}  // namespace
}  // namespace samestory
