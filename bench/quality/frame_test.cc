// The fit of the frame's weights.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "frame_logistic.h"

namespace samestory::quality {
namespace {

TEST(FitFrameLogistic, FindsTheMaximumOfTheLikelihood) {
  // One constant feature, right in 3 of 4 rows: log-odds ln 3.
  FrameRows rows{.width = 1, .values = {1, 1, 1, 1}};
  const auto weights = FitFrameLogistic(rows, {true, true, true, false}, {1, 1, 1, 1}, 1, 1e-9);
  EXPECT_NEAR(weights[0], std::log(3.0), 1e-3);
}

TEST(FitFrameLogistic, LeavesOutRowsWithoutWeightAndColumnsBeyondTheWidth) {
  FrameRows rows{.width = 2, .values = {1, 5, 1, 5, 1, 5, 1, -5}};
  const auto weights = FitFrameLogistic(rows, {true, true, false, false}, {1, 1, 1, 0}, 1, 1e-9);
  ASSERT_EQ(weights.size(), 1u);
  EXPECT_NEAR(weights[0], std::log(2.0), 1e-3);
}

TEST(FitFrameLogistic, RecoversTheWeightsThatMadeTheRows) {
  std::mt19937 random(1);
  FrameRows rows{.width = 11, .values = {}};
  std::vector<bool> positive;
  for (int i = 0; i < 20'000; ++i) {
    double odds = 0.5;
    rows.values.push_back(1);
    for (int f = 1; f < 11; ++f) {
      const double value = static_cast<double>(random() % 1'000) / 500 - 1;
      rows.values.push_back(static_cast<float>(value));
      odds += (f % 3 - 1) * value;
    }
    positive.push_back(static_cast<double>(random() % 100'000) / 100'000 <
                       1 / (1 + std::exp(-odds)));
  }
  const auto weights = FitFrameLogistic(rows, positive, std::vector<float>(20'000, 1), 11, 1e-7);
  EXPECT_NEAR(weights[0], 0.5, 0.1);
  for (std::size_t f = 1; f < 11; ++f) {
    EXPECT_NEAR(weights[f], static_cast<double>(f % 3) - 1, 0.15) << f;
  }
}

}  // namespace
}  // namespace samestory::quality
