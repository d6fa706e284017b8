#include "cli/cleaner.h"

#include <ctime>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/exit_status.h"

namespace samestory::cli {
namespace {

// Records decided at once where the input has as many ready; results are written behind each batch.
constexpr std::size_t kBatch = 1024;

// Results that wait for the commit of their batches.
constexpr std::size_t kMostHeldBytes = 4 << 20;

PreferenceOptions WithWindow(const CleanFlags& flags) {
  PreferenceOptions options = flags.preference;
  options.window_seconds = flags.common.options.window_seconds;
  return options;
}

}  // namespace

Cleaner::Cleaner(const CleanFlags& flags, Console& console, StopSignals& stop,
                 Decisions& decisions, EventLog* events, Follower* follower)
    : flags_(flags),
      console_(console),
      stop_(stop),
      decisions_(decisions),
      events_(events),
      follower_(follower),
      wall_clock_(flags.wall_clock.value_or(follower != nullptr)),
      river_(flags.river, flags.common.format),
      preference_(WithWindow(flags)) {}

absl::Status Cleaner::Prepare() {
  if (flags_.preference.rule == PreferenceOptions::Rule::kFirst) return absl::OkStatus();
  const absl::StatusOr<std::string> note = decisions_.Note();
  if (!note.ok()) return note.status();
  if (note->empty()) return absl::OkStatus();
  const absl::StatusOr<bool> known = preference_.Load(*note);
  if (!known.ok()) {
    return absl::DataLossError(absl::StrCat(flags_.state, ": what is noted of copies ",
                                            std::string(known.status().message())));
  }
  if (!*known) {
    console_.Warning(flags_.state + ": the run before had another --prefer or --window: copies that "
                                    "came before are not known");
  }
  return absl::OkStatus();
}

int Cleaner::Run() {
  absl::Status status =
      follower_ != nullptr
          ? FollowInputs()
          : ReadBatches(flags_.common, kBatch, console_, [this](Batch& batch) {
              const std::lock_guard<std::mutex> held(stop_.busy());
              if (stop_.requested()) return absl::CancelledError("stopped by a signal");
              return Take(batch);
            });
  const std::lock_guard<std::mutex> held(stop_.busy());
  stop_.Leave();
  if (status.ok() || absl::IsCancelled(status)) return Finish();
  // What was decided before an error is good and is written.
  Flush().IgnoreError();
  return Fail(status);
}

absl::Status Cleaner::FollowInputs() {
  while (true) {
    {
      const std::lock_guard<std::mutex> held(stop_.busy());
      if (stop_.requested()) return absl::CancelledError("stopped by a signal");
      const absl::StatusOr<bool> due = follower_->Gather(kBatch);
      if (!due.ok()) return due.status();
      if (console_.MustStop()) return BadRecordError();
      if (*due) {
        if (absl::Status status = TakeGathered(); !status.ok()) return status;
        follower_->Clear();
      }
      if (follower_->ended()) return absl::OkStatus();
    }
    if (follower_->idle()) follower_->Wait();
  }
}

absl::Status Cleaner::TakeGathered() {
  Batch& batch = follower_->Gathered();
  return batch.records.empty() ? absl::OkStatus() : Take(batch);
}

int Cleaner::Finish() {
  absl::Status status = follower_ != nullptr ? TakeGathered() : absl::OkStatus();
  if (status.ok()) status = WriteHeld(/*all=*/true);
  if (status.ok()) {
    std::string end;
    river_.End(end);
    status = out_.Write(end);
  }
  if (status.ok()) status = out_.Flush();
  if (status.ok()) status = decisions_.Close(CopiesNote());
  if (status.ok() && follower_ != nullptr) status = follower_->Remember();
  if (!status.ok()) return Fail(status);
  Report(false);
  console_.Summary(counts_.records(), decisions_.stats(), counts_.dropped_in_all());
  return console_.ExitStatus();
}

std::string Cleaner::CopiesNote() const {
  return flags_.preference.rule == PreferenceOptions::Rule::kFirst ? "" : preference_.Save();
}

int Cleaner::Fail(const absl::Status& status) {
  console_.Error(std::string(status.message()));
  return kFailed;
}

absl::Status Cleaner::Take(Batch& batch) {
  if (wall_clock_) {
    const auto now = static_cast<std::int64_t>(std::time(nullptr));
    for (Record& record : batch.views) record.seen = now;
  }
  const bool at_once = !batch.more_at_once;
  const Clock::time_point begin = Clock::now();
  const absl::Status decided = decisions_.Decide(batch.views, at_once, decided_);
  counts_.decide_seconds += std::chrono::duration<double>(Clock::now() - begin).count();
  ++counts_.batches;
  Hold(batch);
  // What was not committed did not happen. A run that ends so writes no more events: those of what
  // was committed are told again by the state.
  if (!decided.ok()) held_.back().events = {};
  const bool rest = decided.ok() && decisions_.RestIsDue();
  absl::Status status = WriteHeld(at_once || rest || !decided.ok());
  if (status.ok()) status = decided;
  if (status.ok() && at_once) status = out_.Flush();
  return status.ok() && rest ? decisions_.Rest() : status;
}

// Takes down what the batch gives, to be written when it is committed.
void Cleaner::Hold(const Batch& batch) {
  drops_.clear();
  for (const Decision& decision : decided_) {
    drops_.push_back(flags_.drop[static_cast<int>(decision.relation)]);
  }
  preference_.Choose(batch.views, decided_, drops_, choices_);
  Answers& answers = held_.emplace_back();
  for (std::size_t i = 0; i < decided_.size(); ++i) {
    Count(batch.views[i], decided_[i], choices_[i].drop);
    river_.Write(batch.records[i], batch.views[i], decided_[i], choices_[i], answers.text);
  }
  if (events_ != nullptr) answers.events = events_->Take();
  answers.commits = decisions_.decided();
  held_bytes_ += answers.text.size() + answers.events.text.size();
}

// Writes what is committed; waits for all, or for as much as there is too much of.
absl::Status Cleaner::WriteHeld(bool all) {
  while (!held_.empty()) {
    const Answers& next = held_.front();
    const bool wait = all || held_bytes_ > kMostHeldBytes;
    if (!wait && decisions_.committed() < next.commits) break;
    absl::Status status = decisions_.WaitForCommit(next.commits);
    // Events first: a decision that can be read has its events on record.
    if (status.ok() && events_ != nullptr) status = events_->Write(next.events);
    if (status.ok()) status = out_.Write(next.text);
    held_bytes_ -= next.text.size() + next.events.text.size();
    held_.pop_front();
    if (status.ok()) continue;
    held_.clear();
    return status;
  }
  return absl::OkStatus();
}

absl::Status Cleaner::Flush() {
  absl::Status status = WriteHeld(/*all=*/true);
  return status.ok() ? out_.Flush() : status;
}

void Cleaner::Count(const Record& record, const Decision& decision, bool drop) {
  ++(drop ? counts_.dropped : counts_.kept)[static_cast<int>(decision.relation)];
  if (record.published) counts_.last_published = record.published;
}

RunGauges Cleaner::Gauges() const {
  RunGauges gauges;
  gauges.engine = decisions_.stats();
  gauges.resident_bytes = ResidentBytes();
  if (!flags_.state.empty()) gauges.state_bytes = DirectoryBytes(flags_.state);
  gauges.uptime_seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  gauges.now = static_cast<std::int64_t>(std::time(nullptr));
  return gauges;
}

void Cleaner::Report(bool line) {
  if (!line && flags_.metrics_file.empty()) return;
  counts_.bad = console_.bad();
  const RunGauges gauges = Gauges();
  if (line) {
    const Clock::time_point now = Clock::now();
    const double seconds =
        std::chrono::duration<double>(now - std::exchange(last_line_, now)).count();
    const std::uint64_t fresh =
        counts_.records() - std::exchange(last_records_, counts_.records());
    console_.Metrics(MetricsLine(counts_, gauges, fresh, seconds));
  }
  if (flags_.metrics_file.empty()) return;
  // Metrics are no reason to end a run.
  const absl::Status status =
      ReplaceFile(flags_.metrics_file, PrometheusText(counts_, gauges));
  if (!status.ok()) console_.Warning(std::string(status.message()));
}

}  // namespace samestory::cli
