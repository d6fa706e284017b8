#include <cstdio>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "cli/console.h"
#include "cli/event_replay.h"
#include "cli/exit_status.h"
#include "cli/state.h"
#include "store/repair.h"
#include "store/verify.h"

namespace samestory::cli {
namespace {

// The log tells of the same living stories, and every living item stands in the story that the log
// put it into.
void CompareStories(const std::string& path, const ReplayedStories& replayed,
                    store::VerifyReport& report) {
  const Engine& engine = *report.loaded->engine;
  if (replayed.stories.size() != engine.stats().stories) {
    report.problems.push_back(absl::StrCat(path, ": tells of ", replayed.stories.size(),
                                           " living stories, but the state has ",
                                           engine.stats().stories));
  }
  absl::flat_hash_map<StoryId, absl::flat_hash_set<std::string_view>> members;
  for (const auto& [story, ids] : replayed.stories) {
    for (const std::string& id : ids) members[story].insert(id);
  }
  std::uint64_t misplaced = 0;
  engine.ForEachItem([&](const LivingItem& item) {
    const auto story = members.find(item.story + report.loaded->counter->story_base);
    misplaced += story == members.end() || !story->second.contains(item.id);
  });
  if (misplaced > 0) {
    report.problems.push_back(
        absl::StrCat(path, ": puts ", misplaced, " items into other stories than the state does"));
  }
}

// Whether the event log and the state tell of the same stories.
void CheckEvents(const std::string& path, store::VerifyReport& report) {
  if (!report.loaded) return;
  const std::uint64_t committed = report.loaded->counter->events;
  const absl::StatusOr<ReplayedStories> replayed = ReplayEvents(path);
  if (!replayed.ok()) {
    report.problems.emplace_back(replayed.status().message());
    return;
  }
  const std::uint64_t first_told = report.loaded->snapshot_events;
  // What a run that was cut short did not write any more, the next one writes.
  const bool will_be_written = report.run_open && replayed->events >= first_told;
  if (replayed->events > committed && !report.run_open) {
    report.problems.push_back(absl::StrCat(path, ": holds ", replayed->events,
                                           " events, but the state knows of ", committed));
  } else if (replayed->events < committed && !will_be_written) {
    report.problems.push_back(absl::StrCat(path, ": ends with event ", replayed->events,
                                           ", but the state knows of ", committed));
  } else if (replayed->events == committed) {
    CompareStories(path, *replayed, report);
  }
}

int RunRepair(const StateFlags& flags, Console& console) {
  const absl::StatusOr<store::RepairReport> repaired =
      store::Repair(flags.state, flags.common.options);
  if (!repaired.ok()) {
    console.Error(std::string(repaired.status().message()));
    return kFailed;
  }
  for (const std::string& lost : repaired->lost) console.Warning("lost: " + lost);
  std::printf("repaired; the damaged file is kept as %s\n", repaired->damaged_file.c_str());
  return std::fflush(stdout) == 0 ? kDone : kFailed;
}

}  // namespace

int RunStateVerify(const StateFlags& flags) {
  Console console(flags.common.quiet, false);
  store::VerifyReport report = store::Verify(flags.state, flags.common.options);
  if (!flags.events.empty()) CheckEvents(flags.events, report);
  for (const std::string& problem : report.problems) console.Error(problem);
  if (!report.problems.empty()) return flags.repair ? RunRepair(flags, console) : kFailed;
  std::printf("whole: %llu records, %llu living stories, %llu events%s\n",
              static_cast<unsigned long long>(report.loaded->records),
              static_cast<unsigned long long>(report.loaded->engine->stats().stories),
              static_cast<unsigned long long>(report.loaded->counter->events),
              report.run_open ? "; a run is under way or was cut short" : "");
  return std::fflush(stdout) == 0 ? kDone : kFailed;
}

}  // namespace samestory::cli
