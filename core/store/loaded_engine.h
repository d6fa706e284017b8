#ifndef SAMESTORY_STORE_LOADED_ENGINE_H_
#define SAMESTORY_STORE_LOADED_ENGINE_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "samestory/engine.h"
#include "store/meta.h"
#include "store/sections.h"
#include "store/sqlite.h"

namespace samestory::store {

/// Hears of every event with its running number, from 1 over the life of the state.
using EventListener = std::function<void(std::uint64_t number, const StoryEvent& event)>;

/// Numbers the events of an engine.
class EventCounter {
 public:
  explicit EventCounter(EventListener listener) : listener_(std::move(listener)) {}

  /// Listens to `engine`, which must not outlive the counter.
  void Attach(Engine& engine);

  std::uint64_t events = 0;      ///< so far
  std::uint64_t story_base = 0;  ///< added to the engine's story ids

 private:
  EventListener listener_;
};

/// The engine as a state holds it.
struct LoadedEngine {
  std::unique_ptr<EventCounter> counter;  ///< outlives the engine
  std::unique_ptr<Engine> engine;
  Manifest manifest;                  ///< of the snapshot that it was loaded from
  std::uint64_t snapshot_events = 0;  ///< before the snapshot
  std::uint64_t records = 0;          ///< decided in all
  std::uint64_t log_records = 0;      ///< of them after the snapshot
  std::uint64_t log_bytes = 0;        ///< that those take in the log

  /// Turns the engine's story ids into those of the state, which go on after a repair
  /// that had to begin with an empty engine.
  void Number(Decision& decision) const;
};

/// Loads the snapshot and redoes the log after it, in the caller's transaction or one
/// of its own. `listener` hears the events of what is redone. kDataLoss, naming the row
/// or section, where something is damaged, or where a redone decision differs from the
/// logged one.
absl::StatusOr<LoadedEngine> LoadEngine(Database& database, const Meta& meta,
                                        const Options& options, EventListener listener);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_LOADED_ENGINE_H_
