#ifndef SAMESTORY_BASE_SNAPSHOT_MAPS_H_
#define SAMESTORY_BASE_SNAPSHOT_MAPS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/snapshot_stream.h"

namespace samestory {

/// Writes a hash map whose keys are numbers in the order of its keys, so that equal
/// maps give equal bytes: the number of entries, then each key as 64 bits and what
/// `put(value)` writes.
template <typename Map, typename Put>
void SaveMap(const Map& map, SnapshotWriter& out, Put put) {
  std::vector<typename Map::key_type> keys;
  keys.reserve(map.size());
  for (const auto& entry : map) keys.push_back(entry.first);
  std::sort(keys.begin(), keys.end());
  out.U64(keys.size());
  for (const auto key : keys) {
    out.U64(key);
    put(map.find(key)->second);
  }
}

/// Replaces `map` by what SaveMap wrote; `get(value)` reads a value.
template <typename Map, typename Get>
void LoadMap(Map& map, SnapshotReader& in, Get get) {
  map.clear();
  for (std::uint64_t left = in.U64(); left > 0 && in.ok(); --left) {
    const auto key = static_cast<typename Map::key_type>(in.U64());
    get(map[key]);
  }
}

}  // namespace samestory

#endif  // SAMESTORY_BASE_SNAPSHOT_MAPS_H_
