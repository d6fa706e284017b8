#include "base/page_stock.h"

namespace samestory::internal {

PageStock::Page PageStock::Take() {
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      std::byte* const page = free_.back();
      free_.pop_back();
      return Page(page, {this});
    }
  }
  return Page(static_cast<std::byte*>(AllocateHuge(kHugePage)), {this});
}

void PageStock::Keep(std::size_t pages) {
  const std::lock_guard lock(mutex_);
  for (; free_.size() > pages; free_.pop_back()) FreeHuge(free_.back(), kHugePage);
}

void PageStock::GiveBack(std::byte* page) {
  const std::lock_guard lock(mutex_);
  free_.push_back(page);
}

}  // namespace samestory::internal
