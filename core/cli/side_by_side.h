#ifndef SAMESTORY_CLI_SIDE_BY_SIDE_H_
#define SAMESTORY_CLI_SIDE_BY_SIDE_H_

#include <functional>

#include "absl/status/status.h"
#include "cli/inputs.h"
#include "samestory/engine.h"

namespace samestory::cli {

/// What is done with each batch.
struct BatchWork {
  /// May run side by side for several batches.
  std::function<void(const Batch&, PreparedRecords&)> prepare;
  /// Runs for one batch at a time, in the order of the input, with what was prepared.
  std::function<absl::Status(const Batch&, PreparedRecords&)> take;
};

/// ReadBatches by `threads` threads (1 or more), of which the calling one is one: each reads a
/// batch while no other reads, prepares it, and takes what is next to be taken. No more threads
/// than that ever wish to run, so none holds up another's work by its own.
absl::Status ReadSideBySide(BatchReader& reader, int threads, const BatchWork& work);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_SIDE_BY_SIDE_H_
