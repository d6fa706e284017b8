#ifndef SAMESTORY_CLI_BENCH_PROGRAM_H_
#define SAMESTORY_CLI_BENCH_PROGRAM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace samestory::cli {

/// What a process of its own took.
struct ProgramRun {
  double wall = 0;               ///< seconds
  double cpu = 0;                ///< seconds of all its threads, the system's work for it too
  std::uint64_t peak_bytes = 0;  ///< most memory that it held; never less than its starter did
};

/// Runs this very program with `arguments`, its output thrown away, what it says on
/// standard error too unless it `may_speak`, and waits for it.
/// kUnknown where it ends with a status other than 0 or 3 (bad records were skipped).
absl::StatusOr<ProgramRun> RunThisProgram(const std::vector<std::string>& arguments,
                                          bool may_speak);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_BENCH_PROGRAM_H_
