#ifndef SAMESTORY_ENGINE_STORY_BOUNDS_H_
#define SAMESTORY_ENGINE_STORY_BOUNDS_H_

#include <algorithm>
#include <cstddef>

namespace samestory {

/// Stories looked at for one item, and members checked before a story is merged into
/// another.
inline constexpr std::size_t kMaxStories = 8;
inline constexpr std::size_t kMaxMergedMembers = 64;

/// Jaccard to a story's anchor from which it holds an item: two links of t each are at
/// least 2 t - 1 alike (Jaccard distance is a metric), so no chain leads further away.
inline double LeastHeldJaccard(double threshold) { return std::max(0.0, 2 * threshold - 1); }

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_STORY_BOUNDS_H_
