#include <gtest/gtest.h>

#include <cmath>

#include "samestory/lsh.h"

namespace samestory {
namespace {

TEST(CandidateProbabilityTest, IsTheSCurve) {
  for (const Banding banding : {Banding{1, 1}, {16, 4}, {20, 3}, {1, 7}, {512, 2}}) {
    for (double j = 0; j <= 1; j += 0.01) {
      const double expected = 1 - std::pow(1 - std::pow(j, banding.rows), banding.bands);
      EXPECT_NEAR(CandidateProbability(banding, j), expected, 1e-12);
    }
    EXPECT_EQ(CandidateProbability(banding, 0), 0);
    EXPECT_EQ(CandidateProbability(banding, 1), 1);
  }
}

TEST(ChooseBandingTest, KeepsItsPromiseWithTheLeastBands) {
  for (double threshold = 0.1; threshold <= 1; threshold += 0.05) {
    for (const double recall : {0.5, 0.9, 0.99, 0.998, 0.99999}) {
      const absl::StatusOr<Banding> chosen = ChooseBanding(threshold, recall);
      ASSERT_TRUE(chosen.ok()) << chosen.status();
      EXPECT_LE(chosen->bands * chosen->rows, 512);
      EXPECT_GE(CandidateProbability(*chosen, threshold), recall);
      if (chosen->bands > 1) {
        EXPECT_LT(CandidateProbability({chosen->bands - 1, chosen->rows}, threshold), recall);
      }
    }
  }
}

TEST(ChooseBandingTest, DefaultsOfTheEngine) {
  const absl::StatusOr<Banding> chosen = ChooseBanding(0.7, 0.998);
  ASSERT_TRUE(chosen.ok());
  EXPECT_EQ(chosen->bands, 23);
  EXPECT_EQ(chosen->rows, 4);
}

TEST(ChooseBandingTest, FewerPermutationsGiveFewerRows) {
  const absl::StatusOr<Banding> chosen = ChooseBanding(0.7, 0.998, 64);
  ASSERT_TRUE(chosen.ok());
  EXPECT_LE(chosen->bands * chosen->rows, 64);
  EXPECT_GE(CandidateProbability(*chosen, 0.7), 0.998);
}

TEST(ChooseBandingTest, RefusesWhatCannotBe) {
  EXPECT_EQ(ChooseBanding(0.01, 0.999, 16).status().code(), absl::StatusCode::kInvalidArgument);
  for (const double threshold : {0.0, -1.0, 1.01, std::nan("")}) {
    EXPECT_EQ(ChooseBanding(threshold, 0.9).status().code(), absl::StatusCode::kInvalidArgument);
  }
  for (const double recall : {0.0, 1.0, std::nan("")}) {
    EXPECT_EQ(ChooseBanding(0.7, recall).status().code(), absl::StatusCode::kInvalidArgument);
  }
  for (const int max_perm : {0, -5}) {
    EXPECT_EQ(ChooseBanding(0.7, 0.9, max_perm).status().code(),
              absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace samestory
