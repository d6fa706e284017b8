#ifndef SAMESTORY_CLI_READ_AHEAD_H_
#define SAMESTORY_CLI_READ_AHEAD_H_

#include <cstddef>
#include <functional>

#include "absl/status/status.h"
#include "cli/inputs.h"

namespace samestory::cli {

/// ReadBatches, with the reading and parsing done by a thread of its own, some batches
/// ahead of `take`, which is called on the caller's thread. `console` belongs to the
/// reading until the call returns.
absl::Status ReadBatchesAhead(const CommonFlags& flags, std::size_t max, Console& console,
                              const std::function<absl::Status(Batch&)>& take);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_READ_AHEAD_H_
