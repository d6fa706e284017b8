#ifndef SAMESTORY_CLI_BENCH_REPORT_H_
#define SAMESTORY_CLI_BENCH_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/bench_program.h"
#include "cli/exact_truth.h"

namespace samestory::cli {

/// One stage and the physical limit that it is held against.
struct BenchStage {
  std::string name;
  double seconds = 0;        ///< CPU, for all records
  double limit_seconds = 0;  ///< of the limit for the same input; 0: none is known
  std::string limit;         ///< what the limit is
};

/// A figure of the machine itself.
struct BenchLimit {
  std::string name;
  double value = 0;
  std::string unit;
};

/// All that `samestory bench` found.
struct BenchReport {
  std::string version, machine, target;  ///< instruction set of the kernels
  std::string file, match;
  double threshold = 0;
  int threads = 0;
  std::size_t records = 0;
  std::uint64_t bad = 0;           ///< records that were skipped
  std::uint64_t bytes = 0;         ///< of the records as NDJSON
  std::uint64_t file_bytes = 0;    ///< read, compressed or not
  ProgramRun run;                  ///< of `cluster`, the fastest
  std::uint64_t empty_bytes = 0;   ///< memory of the same program on two records
  std::uint64_t engine_bytes = 0;  ///< of the engine's structures alone
  std::uint64_t stories = 0, candidates = 0;
  std::uint64_t keys = 0, lines = 0;  ///< index keys and cache lines touched, all records
  std::vector<BenchStage> stages;
  std::vector<BenchLimit> limits;
  std::size_t sample = 0;  ///< records whose exact neighbours were taken; 0: no agreement
  Agreement agreement;
};

std::string BenchText(const BenchReport& report);

/// One JSON object in a line.
std::string BenchJson(const BenchReport& report);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_BENCH_REPORT_H_
