#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/cleaner.h"
#include "cli/heap.h"

namespace samestory::cli {
namespace {

class EngineDecisions final : public Decisions {
 public:
  EngineDecisions(std::unique_ptr<Engine> engine, EventLog* events) : engine_(std::move(engine)) {
    if (events == nullptr) return;
    number_ = events->last();
    engine_->SetListener(
        [this, events](const StoryEvent& event) { events->Add(++number_, event); });
  }

  absl::Status Decide(std::span<const Record> records, bool, std::vector<Decision>& out) override {
    return engine_->AddBatch(records, out);
  }
  EngineStats stats() const override { return engine_->stats(); }

 private:
  std::unique_ptr<Engine> engine_;
  std::uint64_t number_ = 0;
};

class StateDecisions final : public Decisions {
 public:
  StateDecisions(std::unique_ptr<store::State> state, EventLog* events, bool sync)
      : state_(std::move(state)), events_(events), sync_(sync) {}

  absl::Status Decide(std::span<const Record> records, bool wait,
                      std::vector<Decision>& out) override {
    return wait || sync_ ? state_->AddBatch(records, out) : state_->Decide(records, out);
  }
  std::uint64_t decided() const override { return state_->decided(); }
  std::uint64_t committed() const override { return state_->committed(); }
  absl::Status WaitForCommit(std::uint64_t count) override { return state_->WaitForCommit(count); }

  bool RestIsDue() const override { return sync_ || state_->SnapshotDue(); }

  absl::Status Rest() override {
    if (absl::Status status = SyncEvents(); !status.ok()) return status;
    if (!state_->SnapshotDue()) return absl::OkStatus();
    absl::Status status = state_->SaveSnapshot();
    GiveBackFreePages();
    return status;
  }

  absl::StatusOr<std::string> Note() const override { return state_->Note(kCopiesNote); }

  absl::Status Close(const std::string& note) override {
    if (absl::Status status = SyncEvents(); !status.ok()) return status;
    final_stats_ = state_->engine().stats();
    return state_->Close({{std::string(kCopiesNote), note}});
  }

  EngineStats stats() const override {
    return final_stats_ ? *final_stats_ : state_->engine().stats();
  }

 private:
  absl::Status SyncEvents() { return events_ == nullptr ? absl::OkStatus() : events_->Sync(); }

  std::unique_ptr<store::State> state_;
  EventLog* events_;
  bool sync_;  // every batch is on the disk before the next one is decided
  std::optional<EngineStats> final_stats_;  // once closed
};

absl::StatusOr<std::unique_ptr<Decisions>> OpenState(const CleanFlags& flags, Console& console,
                                                     EventLog* events) {
  if (events != nullptr && events->is_stream()) {
    return absl::InvalidArgumentError(flags.events +
                                      ": the event log of a state must be a regular file");
  }
  store::StateOptions options = flags.state_options;
  options.engine = flags.common.options;
  store::EventListener listener;
  if (events != nullptr) {
    listener = [events](std::uint64_t number, const StoryEvent& event) {
      events->Add(number, event);
    };
  }
  absl::StatusOr<std::unique_ptr<store::State>> state =
      store::State::Open(flags.state, options, std::move(listener));
  if (!state.ok()) return state.status();
  absl::Status status;
  if (events != nullptr) {
    if (!(*state)->HasEventLog() && (*state)->snapshot_events() > 0 && events->last() == 0) {
      return absl::FailedPreconditionError(absl::StrCat(
          flags.state, ": was begun without --events, and its first ",
          (*state)->snapshot_events(), " events are not to be had any more: 'samestory state "
          "export' gives the stories as they are; for an event log begin a new state"));
    }
    status = events->Align((*state)->events());
    if (status.ok()) status = (*state)->NoteEventLog();
  } else if ((*state)->HasEventLog()) {
    console.Warning(absl::StrCat(flags.state, ": was run with --events before; the events of this "
                                              "run will be missing in that file"));
  }
  if (!status.ok()) return status;
  if ((*state)->replaying()) {
    console.Warning(absl::StrCat(
        flags.state, ": ", flags.state_options.replay == store::Replay::kAlways
                               ? "answers of the last run are given again"
                               : "the last run did not come to its end: what it decided is given "
                                 "again as it was"));
  }
  return std::make_unique<StateDecisions>(*std::move(state), events,
                                          options.sync == store::Sync::kFull);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Decisions>> OpenDecisions(const CleanFlags& flags,
                                                         Console& console, EventLog* events) {
  if (!flags.state.empty()) return OpenState(flags, console, events);
  absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::Create(flags.common.options);
  if (!engine.ok()) return engine.status();
  if (events != nullptr) {
    // Without a state story ids begin anew, so that a second run would tell of other stories by
    // the names of the first.
    if (events->last() > 0) {
      return absl::FailedPreconditionError(absl::StrCat(
          flags.events, ": holds ", events->last(),
          " events of another run; name a new file, or keep a --state, whose event log goes on"));
    }
    if (absl::Status status = events->Align(events->last()); !status.ok()) return status;
  }
  return std::make_unique<EngineDecisions>(*std::move(engine), events);
}

}  // namespace samestory::cli
