#ifndef SAMESTORY_CLI_CONSOLE_H_
#define SAMESTORY_CLI_CONSOLE_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "io/reader.h"
#include "samestory/engine.h"

namespace samestory::cli {

/// What the program says on standard error: bad records, progress, the summary.
class Console {
 public:
  Console(bool quiet, bool strict);

  /// Reports a bad record and counts it. Beyond some hundred they are only counted.
  void BadRecord(const io::BadRecord& bad);

  /// Draws a bar on a terminal, at most some ten times a second. `total` of 0:
  /// unknown.
  void Progress(std::string_view what, std::uint64_t done, std::uint64_t total);

  /// Takes the bar away.
  void EndProgress();

  void Error(std::string_view message);
  /// A line of metrics, which --quiet does not silence: it was asked for.
  void Metrics(std::string_view line);
  void Warning(std::string_view message);

  /// The summary: "records 40, bad 1, stories 23, dropped 9; 1.2M records/s; 31 MiB".
  void Summary(std::uint64_t records, const std::optional<EngineStats>& stats,
               std::uint64_t dropped);

  /// Says that a file could not be read, or not to its end, and goes on with the others.
  void FailedFile(const absl::Status& status);

  void CountRepaired(std::uint64_t repaired) { repaired_ += repaired; }
  /// A record with neither title nor summary nor text.
  void CountEmpty() { ++empty_; }
  std::uint64_t bad() const { return bad_; }

  /// Of a run that came to its end, given what was said: a file failed, bad records, done.
  int ExitStatus() const;
  bool strict() const { return strict_; }

  /// True where a bad record must stop the run.
  bool MustStop() const { return strict_ && bad_ > 0; }

 private:
  using Clock = std::chrono::steady_clock;
  bool quiet_, strict_, terminal_;
  // Metrics are told from a thread of their own.
  std::atomic<bool> bar_drawn_ = false;
  std::atomic<std::uint64_t> bad_ = 0, warned_ = 0;
  std::uint64_t repaired_ = 0, empty_ = 0, failed_files_ = 0;
  Clock::time_point start_, last_draw_;
};

/// Most memory that this process has held, in bytes.
std::uint64_t PeakMemoryBytes();

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_CONSOLE_H_
