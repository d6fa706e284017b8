#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "samestory/minhash.h"

namespace samestory {
namespace {

// Two random sets of `size` shingles, about `jaccard` alike.
struct Pair {
  std::vector<std::uint32_t> a, b;
  double jaccard;
};

Pair RandomPair(int size, double jaccard, std::mt19937_64& random) {
  const int wanted = static_cast<int>(std::lround(2 * size * jaccard / (1 + jaccard)));
  const int shared = std::clamp(wanted, 1, size - 1);
  Pair pair;
  for (int i = 0; i < size; ++i) {
    pair.a.push_back(static_cast<std::uint32_t>(random()));
    pair.b.push_back(i < shared ? pair.a.back() : static_cast<std::uint32_t>(random()));
  }
  pair.jaccard = static_cast<double>(shared) / (2 * size - shared);
  return pair;
}

class AccuracyTest : public ::testing::TestWithParam<int> {};

// Over 10,000 pairs of one size, Jaccard from .1 to .9 and 20 seeds: no bias, and the error that
// independent permutations have. Permutations that depend on each other, or too little on the
// seed, fail the second.
TEST_P(AccuracyTest, EstimateIsUnbiasedWithTheErrorOfIndependentPermutations) {
  constexpr int kNumPerm = 128, kSeeds = 20, kPairs = 100;
  double bias = 0, squares = 0, expected_squares = 0;
  int pairs = 0;
  std::mt19937_64 random(static_cast<std::uint64_t>(GetParam()));
  Signature a(kNumPerm), b(kNumPerm);
  for (int seed = 0; seed < kSeeds; ++seed) {
    const MinHasher hasher = *MinHasher::Create(kNumPerm, static_cast<std::uint64_t>(seed));
    for (const double jaccard : {0.1, 0.3, 0.5, 0.7, 0.9}) {
      for (int i = 0; i < kPairs; ++i, ++pairs) {
        const Pair pair = RandomPair(GetParam(), jaccard, random);
        hasher.Sign(pair.a, a);
        hasher.Sign(pair.b, b);
        const double error = EstimateJaccard(a, b) - pair.jaccard;
        bias += error;
        squares += error * error;
        expected_squares += pair.jaccard * (1 - pair.jaccard) / kNumPerm;
      }
    }
  }
  ASSERT_EQ(pairs, 10'000);
  EXPECT_LT(std::abs(bias / pairs), 0.002);
  EXPECT_NEAR(std::sqrt(squares / expected_squares), 1, 0.1);
}

INSTANTIATE_TEST_SUITE_P(SetSizes, AccuracyTest,
                         ::testing::Values(3, 5, 10, 20, 40, 80, 200, 600, 2000));

}  // namespace
}  // namespace samestory
