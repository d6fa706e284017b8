#ifndef SAMESTORY_ENGINE_JACCARD_JOIN_H_
#define SAMESTORY_ENGINE_JACCARD_JOIN_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/parallel.h"
#include "engine/shingle_store.h"

namespace samestory {

/// Two sets whose Jaccard is at or above the threshold, by rank; `older` is the smaller.
struct JaccardLink {
  std::uint32_t newer, older;
  std::uint32_t shared;  ///< shingles in both
};

/// The sets of a join, in the order of their ranks.
struct RankedSets {
  const ShingleStore* store;
  std::span<const std::uint32_t> record_of_rank;  ///< empty: as they are stored
  std::span<const std::uint32_t> first_equal;     ///< of a rank; itself where there is none before

  std::size_t record(std::size_t rank) const {
    return record_of_rank.empty() ? rank : record_of_rank[rank];
  }
  std::span<const std::uint32_t> operator[](std::size_t rank) const {
    return (*store)[record(rank)];
  }
  std::size_t size() const { return first_equal.size(); }
};

struct JoinOptions {
  double threshold = 0.7;
  /// Earlier sets that one shingle of the prefix leads to at most, half of them the first
  /// and half the last: bounds the cost where many sets share their rarest shingles.
  /// 0: all, so that no pair is missed.
  std::size_t max_hits = 32;
};

/// Every pair of sets that are not marked as equal to an earlier one, with a Jaccard at or
/// above the threshold, ascending by (newer, older): a self-join by prefix filter over
/// partitions of the shingles' values, each of which fits into the cache. What `max_hits`
/// leaves out aside, it finds all pairs. Adds the pairs compared to `compared`. The result
/// does not depend on the number of workers. kResourceExhausted where memory runs out.
absl::StatusOr<std::vector<JaccardLink>> JoinSets(const RankedSets& sets, const JoinOptions& options,
                                  WorkerPool& workers, std::uint64_t& compared);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_JACCARD_JOIN_H_
