#ifndef SAMESTORY_INDEX_HUGE_MEMORY_H_
#define SAMESTORY_INDEX_HUGE_MEMORY_H_

#include <cstddef>

namespace samestory::internal {

/// Size and alignment of a huge page.
inline constexpr std::size_t kHugePage = std::size_t{2} << 20;

/// `bytes` zero bytes (a multiple of kHugePage), aligned to kHugePage, on huge pages
/// where the system grants them. nullptr where memory runs out. Any huge page of it
/// may be freed by itself.
void* AllocateHuge(std::size_t bytes);

/// Frees memory from AllocateHuge.
void FreeHuge(void* memory, std::size_t bytes);

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_HUGE_MEMORY_H_
