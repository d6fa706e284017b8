// Every instruction set that this machine has gives the same bytes.
#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "random_text.h"
#include "text/canonicalizer.h"
#include "text/sort_unique.h"
#include "text/word_hashes.h"

namespace samestory {
namespace {

class Targets : public testing::TestWithParam<std::int64_t> {
 protected:
  void SetUp() override { hwy::SetSupportedTargetsForTest(GetParam()); }
  void TearDown() override { hwy::SetSupportedTargetsForTest(0); }
};

TEST_P(Targets, CanonicalTextIsThatOfTheScalarPath) {
  RandomText random(1);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = random.Ascii("abCD 1.,:-'\"(?!/<&", 150) + random.Unicode(3);
    CanonicalText vector, scalar;
    Canonicalizer::Run(text, 4096, Canonicalizer::Path::kVector, vector);
    Canonicalizer::Run(text, 4096, Canonicalizer::Path::kScalar, scalar);
    ASSERT_EQ(vector.text(), scalar.text());
    WordHashes hashes, expected;
    HashWords(text, 4096, 1, hashes);
    HashWords(scalar, 1, expected);
    ASSERT_EQ(hashes, expected) << text;
    for (std::size_t w = 0; w < scalar.words().size(); ++w) {
      ASSERT_EQ(vector.words()[w].flags, scalar.words()[w].flags) << text;
    }
  }
}

TEST_P(Targets, SortUniqueIsThatOfTheStandardLibrary) {
  RandomText random(2);
  for (int i = 0; i < 2'000; ++i) {
    std::vector<std::uint32_t> values(random.Below(140));
    for (std::uint32_t& v : values) v = random.Below(0xffffffff) >> (i % 3 == 0 ? 26 : 0);
    std::vector<std::uint32_t> expected = values;
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    SortUnique(values);
    ASSERT_EQ(values, expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Here, Targets, testing::ValuesIn(hwy::SupportedAndGeneratedTargets()),
                         [](const auto& info) { return std::string(hwy::TargetName(info.param)); });

}  // namespace
}  // namespace samestory
