#ifndef SAMESTORY_INDEX_MEMORY_BUDGET_H_
#define SAMESTORY_INDEX_MEMORY_BUDGET_H_

#include <cstddef>

namespace samestory::internal {

/// Counts the bytes of one index and refuses more than a bound.
class MemoryBudget {
 public:
  /// `max_bytes` 0: no bound.
  explicit MemoryBudget(std::size_t max_bytes) : max_(max_bytes) {}
  MemoryBudget(const MemoryBudget&) = delete;
  MemoryBudget& operator=(const MemoryBudget&) = delete;

  /// False, and nothing counted, where the bound would be passed.
  bool Take(std::size_t bytes) {
    if (max_ != 0 && (bytes > max_ || used_ > max_ - bytes)) return false;
    used_ += bytes;
    return true;
  }

  void Give(std::size_t bytes) { used_ -= bytes; }

  std::size_t used() const { return used_; }

 private:
  std::size_t used_ = 0;
  std::size_t max_;
};

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_MEMORY_BUDGET_H_
