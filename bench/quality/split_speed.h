#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_SPEED_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_SPEED_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace samestory::quality {

/// What SplitPage and PageCorpus::Add get through in a second of one processor, both alone and
/// against a corpus of the set's own pages.
struct SplitSpeed {
  std::string set;
  double pages = 0, lines = 0;                          ///< split, text alone
  double pages_with_corpus = 0, lines_with_corpus = 0;  ///< split
  double lines_added = 0;                               ///< remembered
};

/// On every labelled set of `data_dir`, three times over; some seconds.
absl::StatusOr<std::vector<SplitSpeed>> MeasureSplitSpeed(const std::string& data_dir);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_SPEED_H_
