#ifndef SAMESTORY_ENGINE_JACCARD_JOIN_H_
#define SAMESTORY_ENGINE_JACCARD_JOIN_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "absl/status/status.h"
#include "base/page_stock.h"
#include "engine/parallel.h"
#include "engine/shingle_store.h"
#include "samestory/bulk_memory.h"

namespace samestory {

/// Two sets whose Jaccard is at or above the threshold, by rank; `older` is the smaller.
struct JaccardLink {
  std::uint32_t newer, older;
  double jaccard;
};

/// The sets of a join, in the order of their ranks.
struct RankedSets {
  const ShingleStore* store;
  std::span<const std::uint32_t> record_of_rank;  ///< empty: as they are stored
  std::span<const std::uint32_t> first_equal;     ///< of a rank; itself where there is none before

  std::size_t record(std::size_t rank) const {
    return record_of_rank.empty() ? rank : record_of_rank[rank];
  }
  /// As ShingleStore::Read.
  std::span<const std::uint32_t> Read(std::size_t rank, ShingleSet& room) const {
    return store->Read(record(rank), room);
  }
  std::size_t size() const { return first_equal.size(); }
};

struct JoinOptions {
  double threshold = 0.7;
  /// Earlier sets that one shingle leads to, up to which all are looked at; beyond, a few
  /// of the first and of the last. Of a set's shingles that lead to several times as many, only
  /// the two rarest are taken. Bounds the cost where many sets share their rarest shingles. Below
  /// 65,535. 0: no bound, so that no pair is missed.
  std::size_t max_hits = 128;
  BulkMemory* bulk = nullptr;            ///< for the work, when given
  internal::PageStock* pages = nullptr;  ///< else for the work, when given
};

/// Passes to `take` every pair of sets that are not marked as equal to an earlier one, with
/// a Jaccard at or above the threshold, ascending by (newer, older): a self-join by prefix
/// filter over partitions of the shingles' values, each of which fits into the cache. `take`
/// gets all links whose newer set is below `end` and was not below the `end` before, and may
/// reorder them. What `max_hits` leaves out aside, all pairs are found. Adds the pairs
/// compared to `compared`. The result does not depend on the number of workers.
/// kResourceExhausted where memory runs out.
using TakeLinks = std::function<void(std::size_t end, std::span<JaccardLink> links)>;
absl::Status JoinSets(const RankedSets& sets, const JoinOptions& options, WorkerPool& workers,
                      std::uint64_t& compared, const TakeLinks& take);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_JACCARD_JOIN_H_
