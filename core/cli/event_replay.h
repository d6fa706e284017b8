#ifndef SAMESTORY_CLI_EVENT_REPLAY_H_
#define SAMESTORY_CLI_EVENT_REPLAY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "samestory/engine.h"

namespace samestory::cli {

/// The stories that an event log tells of.
struct ReplayedStories {
  std::uint64_t events = 0;
  /// Every living story with the ids of all items that ever joined it, in order.
  absl::flat_hash_map<StoryId, std::vector<std::string>> stories;
  bool torn = false;  ///< the last line is not whole
};

/// Replays the event log `path` up to event `until`. kDataLoss naming the first line that
/// is no event, is out of its order, or tells of a story that does not live.
absl::StatusOr<ReplayedStories> ReplayEvents(const std::string& path,
                                             std::uint64_t until = ~std::uint64_t{0});

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_EVENT_REPLAY_H_
