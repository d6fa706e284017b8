#ifndef SAMESTORY_TEXT_SORT_UNIQUE_H_
#define SAMESTORY_TEXT_SORT_UNIQUE_H_

#include <cstdint>
#include <vector>

namespace samestory {

/// Sorts `values` and drops repetitions. Made for hashes: values spread evenly are
/// placed by their leading bits in linear time; others cost O(n log n). Allocates
/// only while a thread's largest set grows.
void SortUnique(std::vector<std::uint32_t>& values);

}  // namespace samestory

#endif  // SAMESTORY_TEXT_SORT_UNIQUE_H_
