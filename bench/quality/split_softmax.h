#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_SOFTMAX_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_SOFTMAX_H_

#include <array>
#include <cstddef>
#include <vector>

#include "split/features.h"

namespace samestory::quality {

/// A page for training: one of its cuts, or none, is right.
struct CutExample {
  CutTable cuts;
  std::size_t right = 0;  ///< index into cuts.rows; their number for "no cut"
  double weight = 1;
};

struct CutFit {
  CutFeatures weights{};
  double loss = 0;  ///< mean negative log-likelihood, without the penalty
  int iterations = 0;
};

/// Features of which `free` is false keep the weight in `start`.
using FreeFeatures = std::array<bool, kNumCutFeatures>;

/// Maximises the weighted log-likelihood of the right cuts under a softmax over all cuts of each
/// page, less `l2` times the squared weights in units of each feature's spread. Newton's method
/// from `start`; deterministic. `skip` says which examples are left out (empty: none).
CutFit FitCuts(const std::vector<CutExample>& examples, const std::vector<bool>& skip,
               const FreeFeatures& free, const CutFeatures& start, double l2);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_SOFTMAX_H_
