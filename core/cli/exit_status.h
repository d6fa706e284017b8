#ifndef SAMESTORY_CLI_EXIT_STATUS_H_
#define SAMESTORY_CLI_EXIT_STATUS_H_

namespace samestory::cli {

/// What the program says by its exit status.
enum ExitStatus : int {
  kDone = 0,
  kFailed = 1,      ///< a run-time failure; under --strict also a bad record
  kWrongUsage = 2,
  kSkippedBad = 3,  ///< done, but bad records were skipped
};

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_EXIT_STATUS_H_
