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

}  // namespace samestory

#endif  // SAMESTORY_TEXT_SORT_UNIQUE_H_
