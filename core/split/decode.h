#ifndef SAMESTORY_SPLIT_DECODE_H_
#define SAMESTORY_SPLIT_DECODE_H_

#include <cstddef>
#include <span>
#include <vector>

#include "samestory/split.h"
#include "split/features.h"

namespace samestory {

/// When a page is cut: where the probability that its last unit is behind a cut passes `any`, and
/// then before the first unit whose own passes `share` of that.
struct CutThresholds {
  double any = 0.75;
  double share = 0.5;
};

CutThresholds ThresholdsOf(SplitStance stance);

/// Log-odds of each cut of `table` against no cut; -infinity where none is allowed.
std::vector<double> ScoreCuts(const CutTable& table, const CutFeatures& weights);

/// For each of `units` units the probability that it stands behind the cut; never falls from one
/// unit to the next. `scores` are those of the cuts before units first, first + 1, ...
std::vector<double> BehindCut(std::span<const double> scores, std::size_t first, std::size_t units);

/// The unit before which the page is cut, or the number of units where it is left whole.
std::size_t ChooseCut(std::span<const double> behind, CutThresholds thresholds);

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_DECODE_H_
