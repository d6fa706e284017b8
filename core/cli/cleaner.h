#ifndef SAMESTORY_CLI_CLEANER_H_
#define SAMESTORY_CLI_CLEANER_H_

#include <unistd.h>

#include <cstdint>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/decision_line.h"
#include "cli/event_log.h"
#include "cli/flags.h"
#include "cli/follow.h"
#include "cli/inputs.h"
#include "cli/metrics.h"
#include "cli/preference.h"
#include "cli/river.h"
#include "cli/stop_signals.h"
#include "io/writer.h"
#include "samestory/engine.h"
#include "store/state.h"

namespace samestory::cli {

struct CleanFlags {
  CommonFlags common;
  RiverFlags river;
  std::string events;
  bool drop[std::size(kRelations)] = {};
  std::string state;
  store::StateOptions state_options;  ///< but for the engine's, which are in `common`
  PreferenceOptions preference;       ///< but for the window
  FollowFlags follow;
  std::optional<bool> wall_clock;     ///< records are seen now; absent: where inputs are followed
  std::int64_t stats_every = 0;       ///< seconds; 0: no lines of metrics
  std::string metrics_file;
};

/// What decides: an engine in memory or a durable state.
class Decisions {
 public:
  virtual ~Decisions() = default;
  virtual absl::Status Decide(std::span<const Record> records, std::vector<Decision>& out) = 0;
  /// After the results of Decide are written.
  virtual absl::Status Rest() { return absl::OkStatus(); }
  /// What the run before noted at its end; empty: nothing.
  virtual absl::StatusOr<std::string> Note() const { return std::string(); }
  /// The end of the run, everything written. `note`: for the next one, which may be empty.
  virtual absl::Status Close(const std::string& note) {
    static_cast<void>(note);
    return absl::OkStatus();
  }
  virtual EngineStats stats() const = 0;
};

/// As the flags say. `events` may be null; it is aligned with the state.
absl::StatusOr<std::unique_ptr<Decisions>> OpenDecisions(const CleanFlags& flags,
                                                         Console& console, EventLog* events);

/// The run of `clean`: batches in, decisions out, events beside them.
class Cleaner {
 public:
  /// `events` and `follower` may be null.
  Cleaner(const CleanFlags& flags, Console& console, StopSignals& stop, Decisions& decisions,
          EventLog* events, Follower* follower);

  /// Takes up what the run before knew. An error that ends the run.
  absl::Status Prepare();

  /// Reads and decides to the end of the input, or to a signal. Returns the exit status.
  int Run();

  /// Ends the run where it stands; busy() of the signals must be held.
  int Finish();

  /// Says how the run stands, on standard error and in the metrics file, as far as the
  /// flags ask for either; busy() of the signals must be held.
  void Report(bool line);

 private:
  using Clock = std::chrono::steady_clock;

  absl::Status FollowInputs();
  absl::Status TakeGathered();
  absl::Status Take(Batch& batch);
  absl::Status Write(const Batch& batch);
  void Count(const Record& record, const Decision& decision, bool drop);
  absl::Status Flush();
  RunGauges Gauges() const;
  std::string CopiesNote() const;
  int Fail(const absl::Status& status);

  const CleanFlags& flags_;
  Console& console_;
  StopSignals& stop_;
  Decisions& decisions_;
  EventLog* events_;
  Follower* follower_;
  bool wall_clock_;
  io::OutputFile out_{STDOUT_FILENO, "standard output"};
  River river_;
  Preference preference_;
  std::vector<Decision> decided_;
  std::vector<bool> drops_;
  std::vector<Choice> choices_;
  RunCounts counts_;
  Clock::time_point start_ = Clock::now(), last_line_ = start_;
  std::uint64_t last_records_ = 0;  // at the last line of metrics
};

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_CLEANER_H_
