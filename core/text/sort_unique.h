#ifndef SAMESTORY_TEXT_SORT_UNIQUE_H_
#define SAMESTORY_TEXT_SORT_UNIQUE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace samestory {

/// Sorts `values` and drops repetitions. Made for small sets of hashes: up to 128
/// values are ranked by comparing all with all in vectors; more, spread evenly, are
/// placed by their leading bits in linear time, and others cost O(n log n).
/// Allocates only while a thread's largest set grows.
void SortUnique(std::vector<std::uint32_t>& values);

/// Places that RankAll reads and writes behind the values.
inline constexpr std::size_t kRankRoom = 32;

/// Writes to ranks[i] how many of the `count` values are smaller than values[i], and returns the
/// sum of the ranks: count (count - 1) / 2 where all values differ. Both arrays have kRankRoom
/// places more. O(count^2), in vectors: for up to some hundred values.
std::size_t RankAll(std::uint32_t* values, std::size_t count, std::uint32_t* ranks);

}  // namespace samestory

#endif  // SAMESTORY_TEXT_SORT_UNIQUE_H_
