#ifndef SAMESTORY_CLI_BENCH_LIMITS_H_
#define SAMESTORY_CLI_BENCH_LIMITS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "io/reader.h"

namespace samestory::cli {

/// CPU seconds of the calling thread so far: what another program takes of the core
/// does not count.
double ThreadSeconds();

/// Runs `work` and adds what it took to `seconds`.
template <typename Work>
void Time(double& seconds, Work work) {
  const double start = ThreadSeconds();
  work();
  seconds += ThreadSeconds() - start;
}

/// What this machine can do with the bytes of an input at most: CPU seconds of one
/// thread for each.
struct InputLimits {
  double read = 0;   ///< to copy the file out of the system's cache, as it is on disk
  double parse = 0;  ///< simdjson on demand over its records: the text fields and the id
  double hash = 0;   ///< XXH3 of the text of every record
};

/// Of `records`, which were read from `path`. kUnavailable where the file cannot be read.
absl::StatusOr<InputLimits> MeasureInputLimits(const std::string& path,
                                               const std::vector<io::InputRecord>& records);

/// What its memory can do: CPU nanoseconds of one thread.
struct MemoryLimits {
  double sequential_byte = 0;  ///< to read a byte of a stretch far beyond the caches
  double random_line = 0;      ///< to read a random cache line of it, 16 on their way at a time
};

/// Over `bytes` of memory, on huge pages where the system grants them.
/// kResourceExhausted where there is not so much.
absl::StatusOr<MemoryLimits> MeasureMemoryLimits(std::size_t bytes = std::size_t{512} << 20);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_BENCH_LIMITS_H_
