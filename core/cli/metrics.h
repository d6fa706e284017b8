#ifndef SAMESTORY_CLI_METRICS_H_
#define SAMESTORY_CLI_METRICS_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "cli/decision_line.h"
#include "samestory/engine.h"

namespace samestory::cli {

/// What a run of `clean` counts of itself since it began.
struct RunCounts {
  std::uint64_t kept[std::size(kRelations)] = {};     ///< by relation
  std::uint64_t dropped[std::size(kRelations)] = {};  ///< by relation
  std::uint64_t batches = 0;
  double decide_seconds = 0;                   ///< deciding and committing, all batches together
  std::uint64_t bad = 0;                       ///< records that could not be read
  std::optional<std::int64_t> last_published;  ///< of the last record that has a time

  std::uint64_t records() const;
  std::uint64_t dropped_in_all() const;
};

/// The run as it stands now.
struct RunGauges {
  EngineStats engine;
  std::uint64_t resident_bytes = 0;          ///< of the process
  std::optional<std::uint64_t> state_bytes;  ///< files of the state
  double uptime_seconds = 0;
  std::int64_t now = 0;  ///< Unix seconds
};

/// "records 1200 (310/s), kept 900 (new 700, update 200), dropped 300 (exact 300), bad 0,
/// stories 650, memory 64 MiB, state 12 MiB, lag 40 s". The rate is that of `seconds`, in
/// which `fresh` records were decided.
std::string MetricsLine(const RunCounts& counts, const RunGauges& gauges, std::uint64_t fresh,
                        double seconds);

/// The text format of Prometheus, version 0.0.4. docs/running.md lists the metrics.
std::string PrometheusText(const RunCounts& counts, const RunGauges& gauges);

/// Replaces `path` by `text` as a whole: a reader sees the old file or the new one.
absl::Status ReplaceFile(const std::string& path, const std::string& text);

/// Memory of this process in use, in bytes; 0 where the system does not tell.
std::uint64_t ResidentBytes();

/// Bytes of the files in `directory`.
std::uint64_t DirectoryBytes(const std::string& directory);

/// Calls `tick` every `interval` on a thread of its own until it is destroyed.
class Ticker {
 public:
  Ticker(std::chrono::milliseconds interval, std::function<void()> tick);
  ~Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_METRICS_H_
