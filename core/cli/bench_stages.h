#ifndef SAMESTORY_CLI_BENCH_STAGES_H_
#define SAMESTORY_CLI_BENCH_STAGES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/exact_truth.h"
#include "samestory/options.h"
#include "samestory/record.h"

namespace samestory::cli {

/// The stages between reading and writing, each run by itself over the same records in one
/// thread, in blocks as the engine does: CPU seconds.
struct StageTimes {
  std::string text_name, keys_name, index_name;
  double text = 0;             ///< canonical text and shingles; of the judge, profiles and keys too
  double keys = 0;             ///< what a record is found by; of the judge it is in `text`
  double index = 0;            ///< look-up and insertion of all keys
  double verify = 0;           ///< exact comparison with every candidate
  std::uint64_t num_keys = 0;  ///< looked up and inserted
  std::uint64_t candidates = 0;     ///< pairs compared
  std::uint64_t shingle_bytes = 0;  ///< of all sets that keys were made of
  std::uint64_t lines = 0;          ///< cache lines touched: one a key, and the blocks compared
};

/// Of the batch run under Match::kJaccard, a join by rarest shingles, as a whole: adding the
/// records beyond their shingles is `keys`, and the join and its decisions, but for the time
/// of comparing as many pairs, are `index`. Fills `sets` with the shingle sets of the records.
absl::StatusOr<StageTimes> MeasureJoinStages(std::span<const Record> records,
                                             const Options& options, ShingleSets& sets);

/// The same by bands of signatures: of the stream, and where a banding was asked for.
absl::StatusOr<StageTimes> MeasureBandingStages(std::span<const Record> records,
                                                const Options& options, ShingleSets& sets);

/// Of Match::kJudge. What a stream teaches is not in it: that is part of the decisions.
absl::StatusOr<StageTimes> MeasureJudgeStages(std::span<const Record> records,
                                              const Options& options);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_BENCH_STAGES_H_
