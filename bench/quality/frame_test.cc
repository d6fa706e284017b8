// The fit of the frame: its weights, its trees, and the habits of words.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>

#include "frame_boost.h"
#include "frame_counts.h"
#include "frame_logistic.h"
#include "frame_train.h"

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

TEST(FitFrameLogistic, MovesWhatIsFarFromZero) {
  // A feature around 1,000 whose half decides, beside the constant: it is found all the same.
  FrameRows rows{.width = 2, .values = {}};
  std::vector<bool> positive;
  for (int i = 0; i < 4'000; ++i) {
    const bool high = i % 2 == 1;
    rows.values.insert(rows.values.end(), {1, high ? 1'001.0F : 1'000.0F});
    positive.push_back(high ? i % 8 != 1 : i % 8 == 0);  // 3 of 4, and 1 of 4
  }
  const auto weights = FitFrameLogistic(rows, positive, std::vector<float>(4'000, 1), 2, 1e-9);
  EXPECT_NEAR(weights[1], 2 * std::log(3.0), 1e-2);
}

// Two features that tell nothing each by itself: the row is positive where exactly one is high.
struct Crossed {
  FrameRows rows{.width = 2, .values = {}};
  std::vector<bool> positive;
  std::vector<float> weight;
  std::vector<double> log_odds;

  explicit Crossed(int size) {
    std::mt19937 random(1);
    for (int i = 0; i < size; ++i) {
      const float a = static_cast<float>(random() % 100), b = static_cast<float>(random() % 100);
      rows.values.insert(rows.values.end(), {a, b});
      positive.push_back((a > 49) != (b > 49));
    }
    weight.assign(positive.size(), 1);
    log_odds.assign(positive.size(), 0);
  }
  std::vector<FrameTree> Fit(const BoostOptions& options) const {
    return FitFrameTrees(rows, {0, 1}, positive, weight, log_odds, options);
  }
};

constexpr BoostOptions kFewTrees{
    .trees = 30, .rate = 0.5, .least_weight = 5, .share_of_columns = 1};

TEST(FitFrameTrees, FindsWhatNoSumOfFeaturesSays) {
  const Crossed crossed(4'000);
  const auto trees = crossed.Fit(kFewTrees);
  std::size_t right = 0;
  for (std::size_t i = 0; i < crossed.positive.size(); ++i) {
    right += (SumOf(trees, crossed.rows.Row(i)) > 0) == crossed.positive[i];
  }
  EXPECT_GT(right, crossed.positive.size() * 95 / 100);
}

TEST(FitFrameTrees, AddsNothingWhereTheOddsAreRight) {
  Crossed crossed(4'000);
  for (std::size_t i = 0; i < crossed.positive.size(); ++i) {
    crossed.log_odds[i] = crossed.positive[i] ? 12 : -12;
  }
  const auto trees = crossed.Fit(kFewTrees);
  for (std::size_t i = 0; i < 100; ++i) EXPECT_NEAR(SumOf(trees, crossed.rows.Row(i)), 0, 0.01);
}

TEST(FitFrameTrees, LeavesOutRowsWithoutWeight) {
  Crossed crossed(4'000), half(4'000);
  for (std::size_t i = 0; i < half.positive.size(); i += 2) {
    crossed.weight[i] = half.weight[i] = 0;
    half.positive[i] = true;
    half.rows.values[2 * i] = 1'000;
  }
  const auto trees = crossed.Fit(kFewTrees), others = half.Fit(kFewTrees);
  for (std::size_t t = 0; t < trees.size(); ++t) {
    EXPECT_EQ(trees[t].feature, others[t].feature);
    EXPECT_EQ(trees[t].border, others[t].border);
    EXPECT_EQ(trees[t].log_odds, others[t].log_odds);
  }
}

constexpr std::uint32_t kMenu = 1, kSaid = 2, kRare = 3;

FrameCounts CountsOfSites(int sites) {
  FrameCounts counts;
  for (int site = 0; site < sites; ++site) {
    const std::string name = "site" + std::to_string(site);
    const std::uint32_t menu[] = {kMenu}, story[] = {kSaid};
    for (int line = 0; line < 9; ++line) counts.Add(name, site % kFrameFolds, menu, true);
    for (int line = 0; line < 9; ++line) counts.Add(name, site % kFrameFolds, story, false);
  }
  const std::uint32_t rare[] = {kRare};
  counts.Add("site0", 0, rare, true);
  return counts;
}

TEST(FrameCounts, TellWordsOfFramesFromThoseOfStories) {
  const FrameHabits habits = CountsOfSites(20).Without(-1, -1);
  EXPECT_GT(habits.Of(kMenu), 3);
  EXPECT_LT(habits.Of(kSaid), -3);
}

TEST(FrameCounts, LeaveOutWordsOfFewSites) {
  EXPECT_EQ(CountsOfSites(20).Without(-1, -1).Of(kRare), 0);
  EXPECT_EQ(CountsOfSites(7).Without(-1, -1).words(), 0u);
  EXPECT_EQ(CountsOfSites(8).Without(-1, -1).words(), 2u);
}

TEST(FrameCounts, LeaveOutFolds) {
  const FrameCounts counts = CountsOfSites(10);  // two sites a fold
  EXPECT_EQ(counts.Without(0, -1).words(), 2u);
  EXPECT_EQ(counts.Without(0, 0).words(), 2u);
  EXPECT_EQ(counts.Without(0, 1).words(), 0u);
}

}  // namespace
}  // namespace samestory::quality
