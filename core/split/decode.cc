#include "split/decode.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace samestory {

CutThresholds ThresholdsOf(SplitStance stance) {
  switch (stance) {
    case SplitStance::kSafe:
      return {.any = 0.9, .share = 0.85};
    case SplitStance::kEager:
      return {.any = 0.5, .share = 0.5};
    case SplitStance::kBalanced:
      break;
  }
  return {};
}

std::vector<double> ScoreCuts(const CutTable& table, const CutFeatures& weights) {
  std::vector<double> scores(table.rows.size(), -std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!table.allowed[i]) continue;
    double score = 0;
    for (std::size_t f = 0; f < kNumCutFeatures; ++f) score += weights[f] * table.rows[i][f];
    scores[i] = score;
  }
  return scores;
}

std::vector<double> BehindCut(std::span<const double> scores, std::size_t first,
                              std::size_t units) {
  std::vector<double> behind(units, 0);
  double largest = 0;  // of no cut
  for (const double score : scores) largest = std::max(largest, score);
  double total = std::exp(-largest);
  for (const double score : scores) total += std::exp(score - largest);
  double sum = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    sum += std::exp(scores[i] - largest) / total;
    behind[first + i] = std::min(sum, 1.0);
  }
  return behind;
}

std::size_t ChooseCut(std::span<const double> behind, CutThresholds thresholds) {
  if (behind.empty() || behind.back() <= thresholds.any) return behind.size();
  const double bar = thresholds.share * behind.back();
  return static_cast<std::size_t>(std::upper_bound(behind.begin(), behind.end(), bar) -
                                  behind.begin());
}

}  // namespace samestory
