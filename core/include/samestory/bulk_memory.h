#ifndef SAMESTORY_BULK_MEMORY_H_
#define SAMESTORY_BULK_MEMORY_H_

#include <cstddef>

namespace samestory {

/// Where a batch run keeps what is large and seldom touched, so that the caller can let
/// it lie on disk.
class BulkMemory {
 public:
  virtual ~BulkMemory() = default;

  /// `bytes`, a multiple of 1 MiB, for as long as this lives, aligned to 64; null where
  /// there are no more. Calls may come from several threads at once.
  virtual void* Allocate(std::size_t bytes) = 0;

  /// A hint, from any thread: nothing of what was allocated is needed just now, so it
  /// may leave the main memory, and comes back when it is touched.
  virtual void Rest() = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_BULK_MEMORY_H_
