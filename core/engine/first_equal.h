#ifndef SAMESTORY_ENGINE_FIRST_EQUAL_H_
#define SAMESTORY_ENGINE_FIRST_EQUAL_H_

#include <cstdint>
#include <span>
#include <vector>

#include "engine/chunked_vector.h"
#include "engine/parallel.h"

namespace samestory {

/// Hashes of the content of records, in the order of their ranks.
struct RankedContents {
  const ChunkedVector<std::uint64_t>* of_record;
  std::span<const std::uint32_t> record_of_rank;  ///< empty: as they are stored

  std::uint64_t operator[](std::size_t rank) const {
    return (*of_record)[record_of_rank.empty() ? rank : record_of_rank[rank]];
  }
  std::size_t size() const { return of_record->size(); }
};

/// For each rank the smallest with the same content; itself where that is 0. In linear time and
/// 12 bytes a record; the same with any number of workers.
std::vector<std::uint32_t> FindFirstEqual(const RankedContents& contents, WorkerPool& workers);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_FIRST_EQUAL_H_
