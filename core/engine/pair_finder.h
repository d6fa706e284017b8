#ifndef SAMESTORY_ENGINE_PAIR_FINDER_H_
#define SAMESTORY_ENGINE_PAIR_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "engine/jaccard_join.h"
#include "engine/partitions.h"

namespace samestory {

/// Pairs (newer, older) of ranks as entries, in partitions of kPairRanks newer ranks each: the sets
/// that are looked at together then fit into a core's cache.
inline constexpr unsigned kPairRankBits = 12;
inline constexpr std::size_t kPairRanks = std::size_t{1} << kPairRankBits;

/// Sorts the pairs of a partition, and leaves one of each.
void SortPairs(std::vector<std::uint64_t>& pairs, std::vector<std::uint64_t>& scratch);

/// The first half of a join: deals to `pairs` those that may be alike, some more than once, by
/// a prefix filter and bit maps of the sets. kResourceExhausted where memory runs out.
absl::Status FindPairs(const RankedSets& sets, const JoinOptions& options, WorkerPool& workers,
                       BlockPool& pool, Partitions& pairs);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_PAIR_FINDER_H_
