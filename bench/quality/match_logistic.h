#ifndef SAMESTORY_BENCH_QUALITY_MATCH_LOGISTIC_H_
#define SAMESTORY_BENCH_QUALITY_MATCH_LOGISTIC_H_

#include <cstddef>
#include <vector>

namespace samestory::quality {

/// Which values a weight may take.
struct WeightBounds {
  double low = 0, high = 0;  ///< both 0: the feature is left out
};

/// One row of a training set.
struct LogisticRow {
  std::vector<double> x;
  bool y = false;
  double weight = 1;
  double offset = 0;  ///< log-odds known beforehand
};

struct LogisticModel {
  double bias = 0;
  std::vector<double> weight;
};

/// Minimises the weighted log loss plus l2 / 2 times the sum of squared weights (of
/// features scaled to unit variance), within the bounds: cyclic coordinate descent,
/// one clipped Newton step a coordinate, 300 rounds. Deterministic.
LogisticModel FitLogistic(const std::vector<LogisticRow>& rows,
                          const std::vector<WeightBounds>& bounds, double l2, bool fit_bias = true);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_MATCH_LOGISTIC_H_
