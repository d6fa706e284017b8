#ifndef SAMESTORY_BASE_PAGE_STOCK_H_
#define SAMESTORY_BASE_PAGE_STOCK_H_

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "base/huge_memory.h"

namespace samestory::internal {

/// Huge pages that go from one use to the next without going back to the system, which would clear
/// them again. Thread-safe.
class PageStock {
 public:
  struct Return {
    PageStock* stock = nullptr;
    void operator()(std::byte* page) const { stock->GiveBack(page); }
  };
  /// kHugePage bytes, given back when it is destroyed, before the stock.
  using Page = std::unique_ptr<std::byte, Return>;

  PageStock() = default;
  PageStock(const PageStock&) = delete;
  PageStock& operator=(const PageStock&) = delete;
  ~PageStock() { Clear(); }

  /// A page of undefined contents; null where memory runs out.
  Page Take();

  /// Frees the pages that are not in use, but for so many.
  void Keep(std::size_t pages);
  void Clear() { Keep(0); }

 private:
  void GiveBack(std::byte* page);

  std::mutex mutex_;
  std::vector<std::byte*> free_;
};

}  // namespace samestory::internal

#endif  // SAMESTORY_BASE_PAGE_STOCK_H_
