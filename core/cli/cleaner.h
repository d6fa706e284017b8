#ifndef SAMESTORY_CLI_CLEANER_H_
#define SAMESTORY_CLI_CLEANER_H_

#include <unistd.h>

#include <cstdint>
#include <chrono>
#include <deque>
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

  /// Nothing of `out` may be written before it is committed. Without `wait` that may take
  /// until after the next call.
  virtual absl::Status Decide(std::span<const Record> records, bool wait,
                              std::vector<Decision>& out) = 0;
  /// What has been decided, and how much of it is committed, counted alike.
  virtual std::uint64_t decided() const { return 0; }
  virtual std::uint64_t committed() const { return 0; }
  /// Waits until committed() is at least `count`; the error where it never will be.
  virtual absl::Status WaitForCommit(std::uint64_t count) {
    static_cast<void>(count);
    return absl::OkStatus();
  }

  /// Whether Rest is due, before which the results of all that was decided must be written.
  virtual bool RestIsDue() const { return false; }
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

  /// What a batch gives, until it is committed.
  struct Answers {
    std::string text;
    EventLog::Added events;
    std::uint64_t commits = 0;  // Decisions::decided() after it
  };

  absl::Status FollowInputs();
  absl::Status TakeGathered();
  absl::Status Take(Batch& batch);
  void Hold(const Batch& batch);
  absl::Status WriteHeld(bool all);
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
  std::deque<Answers> held_;
  std::size_t held_bytes_ = 0;
  RunCounts counts_;
  Clock::time_point start_ = Clock::now(), last_line_ = start_;
  std::uint64_t last_records_ = 0;  // at the last line of metrics
};

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_CLEANER_H_
