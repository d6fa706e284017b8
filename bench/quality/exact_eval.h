#ifndef SAMESTORY_BENCH_QUALITY_EXACT_EVAL_H_
#define SAMESTORY_BENCH_QUALITY_EXACT_EVAL_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/exact_truth.h"

namespace samestory::quality {

/// How far `cluster --match jaccard` agrees with exact Jaccard on real texts mixed
/// with variants of them.
struct ExactRow {
  std::string corpus;
  std::size_t records = 0;
  double candidates = 0;  ///< a record
  cli::Agreement agreement;
};

/// Headlines and snippets, `records` each.
absl::StatusOr<std::vector<ExactRow>> EvaluateExact(const std::string& data_dir,
                                                    std::size_t records);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_EXACT_EVAL_H_
