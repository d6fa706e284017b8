#ifndef SAMESTORY_CLI_BENCH_RUN_H_
#define SAMESTORY_CLI_BENCH_RUN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/bench_report.h"
#include "cli/flags.h"

namespace samestory::cli {

/// What `samestory bench` was asked for.
struct BenchFlags {
  CommonFlags common;                  ///< with one file
  std::vector<std::string> arguments;  ///< of `cluster`, as they were given; the file apart
  std::size_t sample = 5000;           ///< records of which the exact neighbours are taken
  int repeats = 3;                     ///< runs of the whole program; the fastest counts
  bool json = false;                   ///< the report as JSON
  std::string json_file;               ///< written beside it; empty: none
};

/// Runs this program's `cluster` over the file, then every stage by itself, and fills all
/// of `report` that is measured. The run of `cluster` tells of bad records.
absl::Status MeasureBench(const BenchFlags& flags, BenchReport& report);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_BENCH_RUN_H_
