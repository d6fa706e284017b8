#include "base/huge_memory.h"

#include <sys/mman.h>

#include <cstdint>
#include <limits>

namespace samestory::internal {

void* AllocateHuge(std::size_t bytes) {
  if (bytes > std::numeric_limits<std::size_t>::max() - kHugePage) return nullptr;
  // One huge page more than wanted, so that an aligned stretch lies in it; the rest goes back.
  void* const mapped =
      mmap(nullptr, bytes + kHugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  auto* const begin = static_cast<std::byte*>(mapped);
  const std::size_t misplaced = reinterpret_cast<std::uintptr_t>(mapped) % kHugePage;
  const std::size_t before = misplaced == 0 ? 0 : kHugePage - misplaced;
  if (before != 0) munmap(begin, before);
  munmap(begin + before + bytes, kHugePage - before);
#ifdef MADV_HUGEPAGE
  madvise(begin + before, bytes, MADV_HUGEPAGE);  // a hint: failing costs only speed
#endif
  return begin + before;
}

void FreeHuge(void* memory, std::size_t bytes) { munmap(memory, bytes); }

}  // namespace samestory::internal
