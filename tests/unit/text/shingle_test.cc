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
ShingleSet Oracle(std::string_view text, int ngram_size, std::uint64_t seed) {
  CanonicalText canonical;
  Canonicalize(text, canonical);
  std::set<std::uint32_t> shingles;
  const std::size_t words = canonical.words().size();
  for (std::size_t first = 0; first < words; ++first) {
    std::uint64_t gram = Hash64(canonical.word(first), seed);
    for (std::size_t n = 1; n <= static_cast<std::size_t>(ngram_size) && first + n <= words; ++n) {
      if (n > 1) gram = Mix64(gram, Hash64(canonical.word(first + n - 1), seed));
      shingles.insert(static_cast<std::uint32_t>(gram >> 32));
    }
  }
  return {shingles.begin(), shingles.end()};
}

TEST(Shingle, KnownAnswers) {
  // The vectors of docs/formats.md: they never change.
  EXPECT_THAT(Of("dam", 2, 0), testing::ElementsAre(0x6900ca5e));
  EXPECT_THAT(Of("Dam breaks", 2, 0), testing::ElementsAre(0x67f81377, 0x6900ca5e, 0xd553e7e6));
  EXPECT_THAT(Of("Dam breaks", 2, 0x0123456789abcdef),
              testing::ElementsAre(0x4104ef11, 0x575a329f, 0x81361089));
  EXPECT_THAT(
      Of("Dam breaks: dam breaks", 3, 1),
      testing::ElementsAre(0x01b16e0d, 0x120cce05, 0x2a14f774, 0x3fef5592, 0x4a93066e, 0x82d05912));
  EXPECT_THAT(Of("新聞 Dam", 2, 7),
              testing::ElementsAre(0x01c0300f, 0x322ec29c, 0x38a9d349, 0x40f03e6d, 0xd1242d35));
}

TEST(Shingle, EqualsItsDefinition) {
  RandomText random(1);
  for (int i = 0; i < 3'000; ++i) {
    const std::string text = random.Ascii("ab c d", 10 << random.Below(6));
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
