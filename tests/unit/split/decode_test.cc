#include "split/decode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace samestory {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

TEST(BehindCut, SumsTheSoftmaxOfTheCuts) {
  // Cuts before units 2 and 3 with odds 3 and 4 against no cut: 8 in all.
  const std::vector<double> scores = {std::log(3.0), std::log(4.0)};
  EXPECT_THAT(BehindCut(scores, 2, 4),
              ElementsAre(0, 0, DoubleNear(3.0 / 8, 1e-12), DoubleNear(7.0 / 8, 1e-12)));
}

TEST(BehindCut, IsCertainOfTheStoryWhereNoCutIsAllowed) {
  const double never = -std::numeric_limits<double>::infinity();
  EXPECT_THAT(BehindCut(std::vector<double>{never, never}, 1, 3), ElementsAre(0, 0, 0));
  EXPECT_THAT(BehindCut({}, 0, 1), ElementsAre(0));
  EXPECT_TRUE(BehindCut({}, 0, 0).empty());
}

TEST(BehindCut, StandsLargeScores) {
  const auto behind = BehindCut(std::vector<double>{-900, 800, 801}, 1, 4);
  EXPECT_NEAR(behind[1], 0, 1e-9);
  EXPECT_NEAR(behind[2], 1 / (1 + std::exp(1.0)), 1e-9);
  EXPECT_NEAR(behind[3], 1, 1e-9);
}

TEST(ChooseCut, AsksForTheWholeFirst) {
  const CutThresholds thresholds{.any = 0.75, .share = 0.65};
  EXPECT_EQ(ChooseCut(std::vector<double>{0, 0.3, 0.75}, thresholds), 3u);
  EXPECT_EQ(ChooseCut(std::vector<double>{0, 0.3, 0.8}, thresholds), 2u);
  EXPECT_EQ(ChooseCut(std::vector<double>{0, 0.6, 0.8}, thresholds), 1u);
  EXPECT_EQ(ChooseCut({}, thresholds), 0u);
}

TEST(ChooseCut, NeverCutsMoreWhenSafer) {
  const std::vector<double> behind = {0, 0.1, 0.45, 0.52, 0.6, 0.7, 0.86, 0.93};
  const auto cut = [&](SplitStance stance) { return ChooseCut(behind, ThresholdsOf(stance)); };
  EXPECT_LE(cut(SplitStance::kEager), cut(SplitStance::kBalanced));
  EXPECT_LE(cut(SplitStance::kBalanced), cut(SplitStance::kSafe));
}

TEST(ScoreCuts, IsTheWeightedSumWhereACutIsAllowed) {
  CutTable table;
  table.first = 1;
  table.rows.resize(2);
  table.rows[0][kCut] = table.rows[1][kCut] = 1;
  table.rows[1][kOpenEnds] = 2;
  table.allowed = {false, true};
  CutFeatures weights{};
  weights[kCut] = -1;
  weights[kOpenEnds] = 3;
  const auto scores = ScoreCuts(table, weights);
  EXPECT_EQ(scores[0], -std::numeric_limits<double>::infinity());
  EXPECT_DOUBLE_EQ(scores[1], 5);
}

}  // namespace
}  // namespace samestory
