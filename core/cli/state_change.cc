// The commands that change a state: compact, forget.
#include <cstdio>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/console.h"
#include "cli/event_log.h"
#include "cli/exit_status.h"
#include "cli/preference.h"
#include "cli/state.h"
#include "store/state.h"

namespace samestory::cli {
namespace {

// Opens the state with its event log, if one was named, and has `work` done on both.
absl::Status WithState(const StateFlags& flags,
                       const std::function<absl::Status(store::State&, EventLog*)>& work) {
  store::StateOptions options;
  options.engine = flags.common.options;
  options.make = false;
  std::unique_ptr<EventLog> events;
  store::EventListener listener;
  if (!flags.events.empty()) {
    absl::StatusOr<std::unique_ptr<EventLog>> opened = EventLog::Open(flags.events);
    if (!opened.ok()) return opened.status();
    events = *std::move(opened);
    listener = [&events](std::uint64_t number, const StoryEvent& event) {
      events->Add(number, event);
    };
  }
  absl::StatusOr<std::unique_ptr<store::State>> state =
      store::State::Open(flags.state, options, std::move(listener));
  if (!state.ok()) return state.status();
  if (events == nullptr && (*state)->HasEventLog()) {
    return absl::FailedPreconditionError(
        flags.state + ": keeps an event log, which has to go on; name it with --events FILE");
  }
  if (events != nullptr) {
    if (absl::Status status = events->Align((*state)->events()); !status.ok()) return status;
    if (absl::Status status = events->Sync(); !status.ok()) return status;
  }
  return work(**state, events.get());
}

int Report(const absl::Status& status, const StateFlags& flags) {
  if (status.ok()) return kDone;
  Console(flags.common.quiet, false).Error(std::string(status.message()));
  return absl::IsFailedPrecondition(status) ? kWrongUsage : kFailed;
}

// In what --prefer knows; the rewriting of the file that follows takes the last of it.
absl::Status ForgetCopy(const std::string& token, store::State& state) {
  const absl::StatusOr<std::string> note = state.Note(kCopiesNote);
  if (!note.ok() || note->empty()) return note.status();
  const absl::StatusOr<std::string> rest = Preference::WithoutItem(*note, token);
  return rest.ok() ? state.SetNote(kCopiesNote, *rest) : rest.status();
}

// The sources of the living items whose id is `token`; "" is an unnamed one.
std::set<std::string> SourcesOf(const std::string& token, const store::State& state) {
  std::set<std::string> names;
  state.engine().ForEachItem([&](const LivingItem& item) {
    if (item.id == token) names.emplace(state.sources().Name(item.source_key));
  });
  return names;
}

// The source that is meant by `flags`: the one that was named, else the only one that has `token`.
// Of several the unnamed one is meant, if it is among them.
absl::StatusOr<std::string> SourceFor(const StateFlags& flags, const std::string& token,
                                      const store::State& state) {
  if (!flags.source.empty()) return flags.source;
  const std::set<std::string> names = SourcesOf(token, state);
  if (names.empty() || names.contains("")) return std::string();
  if (names.size() == 1) return *names.begin();
  return absl::FailedPreconditionError(
      absl::StrCat(flags.state, ": the item ", token, " is one of '", absl::StrJoin(names, "', '"),
                   "'; --source names one"));
}

absl::Status ForgetId(const StateFlags& flags, const std::string& id, store::State& state,
                      EventLog* events) {
  const auto write_events = [events] {
    if (events == nullptr) return absl::OkStatus();
    absl::Status status = events->Write();
    return status.ok() ? events->Sync() : status;
  };
  for (const std::string& token : IdTokens(id)) {
    const absl::StatusOr<std::string> source = SourceFor(flags, token, state);
    if (!source.ok()) return source.status();
    absl::Status status = ForgetCopy(token, state);
    if (status.ok()) status = state.Forget(*source, token, write_events);
    if (!absl::IsNotFound(status)) return status;
  }
  return absl::NotFoundError(
      absl::StrCat(flags.state, ": knows no item '", id, "'",
                   flags.source.empty() ? "; one that left the window is found with its --source"
                                        : " of source '" + flags.source + "'"));
}

}  // namespace

int RunStateCompact(const StateFlags& flags) {
  return Report(WithState(flags, [](store::State& state, EventLog*) { return state.Compact(); }),
                flags);
}

int RunStateForget(const StateFlags& flags) {
  return Report(WithState(flags,
                          [&](store::State& state, EventLog* events) -> absl::Status {
                            for (const std::string& id : flags.ids) {
                              absl::Status status = ForgetId(flags, id, state, events);
                              if (!status.ok()) return status;
                            }
                            return absl::OkStatus();
                          }),
                flags);
}

}  // namespace samestory::cli
