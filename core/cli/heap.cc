#include "cli/heap.h"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

namespace samestory::cli {

void GiveBackLargeBlocks() {
#ifdef M_MMAP_THRESHOLD
  ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 8 << 20);
#endif
}

void GiveBackFreePages() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace samestory::cli
