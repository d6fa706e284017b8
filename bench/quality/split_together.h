#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_TOGETHER_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_TOGETHER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "split/features.h"
#include "split/frame.h"
#include "split_metrics.h"

namespace samestory::quality {

/// Both models of the split, fitted on the same pages.
struct SplitModels {
  FrameModel frame;
  CutFeatures cuts{};
};

/// The lines of a page that the frame takes, or the cut of the tail behind what the frame keeps:
/// SplitPage over text alone and no other pages, with these models.
std::vector<bool> SplitLinesWith(const LabelledPage& page, const SplitModels& models);

/// One row a set: each page judged by the models of its fold. Frame and cut have the same folds.
absl::StatusOr<std::vector<SplitRow>> MeasureTogether(const std::string& data_dir,
                                                      const std::vector<SplitModels>& folds);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_TOGETHER_H_
