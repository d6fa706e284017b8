#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <random>
#include <set>
#include <vector>

#include "match/word_match.h"
#include "samestory/match.h"

namespace samestory {
namespace {

using Values = std::vector<std::uint32_t>;

std::size_t Oracle(const Values& a, const Values& b) {
  Values shared;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(shared));
  return shared.size();
}

// A sorted set of `size` values below `range`, by the way of both ends of the range.
Values RandomSet(std::mt19937_64& random, std::size_t size, std::uint32_t range) {
  std::set<std::uint32_t> values;
  while (values.size() < std::min<std::size_t>(size, range)) {
    const auto value = static_cast<std::uint32_t>(random() % range);
    values.insert((random() & 1) != 0 ? value : 0xffffffffu - value);
  }
  return {values.begin(), values.end()};
}

// Runs the test body once for every instruction set that this machine has.
class EveryTarget : public testing::TestWithParam<std::int64_t> {
 protected:
  void SetUp() override { hwy::SetSupportedTargetsForTest(GetParam()); }
  void TearDown() override { hwy::SetSupportedTargetsForTest(0); }
};

std::vector<std::int64_t> Targets() {
  std::vector<std::int64_t> targets;
  for (std::int64_t rest = hwy::SupportedTargets(); rest != 0; rest &= rest - 1) {
    targets.push_back(rest & -rest);
  }
  return targets;
}

TEST_P(EveryTarget, IntersectionIsThatOfTheStandardLibrary) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 4000; ++round) {
    const std::size_t size_a = random() % 70, size_b = random() % 70;
    const std::uint32_t range = round % 3 == 0 ? 80 : round % 3 == 1 ? 300 : 1u << 31;
    const Values a = RandomSet(random, size_a, range), b = RandomSet(random, size_b, range);
    ASSERT_EQ(IntersectionSize(a, b), Oracle(a, b)) << size_a << " and " << size_b;
    ASSERT_EQ(IntersectionSize(b, a), Oracle(a, b));
    ASSERT_EQ(IntersectionSize(a, a), a.size());
  }
}

TEST_P(EveryTarget, SetsOfVeryUnequalSizeGallop) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 300; ++round) {
    const Values a = RandomSet(random, 1 + random() % 8, 5000);
    const Values b = RandomSet(random, 300 + random() % 3000, 5000);
    ASSERT_EQ(IntersectionSize(a, b), Oracle(a, b));
    ASSERT_EQ(IntersectionSize(b, a), Oracle(a, b));
  }
}

TEST_P(EveryTarget, MatchWordsComparesEveryPair) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 500; ++round) {
    Values a(random() % 65), b(random() % 65);
    for (auto& value : a) value = static_cast<std::uint32_t>(random() % 20);
    for (auto& value : b) value = static_cast<std::uint32_t>(random() % 20);
    std::vector<std::uint64_t> equal(a.size(), ~std::uint64_t{0});
    Values readable = b;
    readable.resize((b.size() + kMatchStep - 1) / kMatchStep * kMatchStep, 7);
    const WordMates mates =
        MatchWords(a, std::span<const std::uint32_t>(readable).first(b.size()), equal.data());
    WordMask in_a = 0, in_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (equal[i] != 0) in_a |= WordMask{1} << i;
      in_b |= equal[i];
    }
    ASSERT_EQ(mates.a, in_a);
    ASSERT_EQ(mates.b, in_b);
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t j = 0; j < 64; ++j) {
        ASSERT_EQ((equal[i] >> j & 1) != 0, j < b.size() && a[i] == b[j]);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, EveryTarget, testing::ValuesIn(Targets()));

TEST(Sets, EmptyTextsAreNotAlike) {
  const Values none, some = {1, 2, 3};
  EXPECT_EQ(Jaccard(none, none), 0);
  EXPECT_EQ(Jaccard(none, some), 0);
  EXPECT_EQ(Containment(none, some), 0);
  EXPECT_EQ(Containment(some, none), 0);
}

TEST(Sets, JaccardAndContainment) {
  const Values a = {1, 2, 3, 4}, b = {3, 4, 5, 6, 7, 8};
  EXPECT_DOUBLE_EQ(Jaccard(a, b), 2.0 / 8);
  EXPECT_DOUBLE_EQ(Jaccard(b, a), 2.0 / 8);
  EXPECT_DOUBLE_EQ(Containment(a, b), 2.0 / 4);
  EXPECT_DOUBLE_EQ(Containment(b, a), 2.0 / 6);
}

}  // namespace
}  // namespace samestory
