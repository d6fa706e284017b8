#ifndef SAMESTORY_BASE_HUGE_MEMORY_H_
#define SAMESTORY_BASE_HUGE_MEMORY_H_

#include <cstddef>
#include <memory>
#include <new>

namespace samestory::internal {

/// Size and alignment of a huge page.
inline constexpr std::size_t kHugePage = std::size_t{2} << 20;

/// `bytes` zero bytes (a multiple of kHugePage), aligned to kHugePage, on huge pages
/// where the system grants them. nullptr where memory runs out. Any huge page of it
/// may be freed by itself.
void* AllocateHuge(std::size_t bytes);

/// Frees memory from AllocateHuge.
void FreeHuge(void* memory, std::size_t bytes);

/// An array of plain values on huge pages, all zero at first.
template <typename T>
class HugeArray {
 public:
  HugeArray() = default;
  /// Null data where memory runs out.
  explicit HugeArray(std::size_t count)
      : bytes_((count * sizeof(T) + kHugePage - 1) / kHugePage * kHugePage),
        data_(static_cast<T*>(AllocateHuge(bytes_)), {bytes_}) {}

  T* data() const { return data_.get(); }
  std::size_t bytes() const { return bytes_; }

 private:
  struct Free {
    std::size_t bytes;
    void operator()(T* data) const { FreeHuge(data, bytes); }
  };
  std::size_t bytes_ = 0;
  std::unique_ptr<T, Free> data_{nullptr, {0}};
};

/// For a container whose large blocks are to lie on huge pages; smaller ones are as ever.
template <typename T>
struct HugeAllocator {
  using value_type = T;
  HugeAllocator() = default;
  template <typename U>
  HugeAllocator(const HugeAllocator<U>&) {}  // as allocators convert, NOLINT

  T* allocate(std::size_t count) {
    if (BytesOf(count) == 0) return std::allocator<T>().allocate(count);
    void* const memory = AllocateHuge(BytesOf(count));
    if (memory == nullptr) throw std::bad_alloc();
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) {
    if (BytesOf(count) == 0) return std::allocator<T>().deallocate(memory, count);
    FreeHuge(memory, BytesOf(count));
  }
  friend bool operator==(HugeAllocator, HugeAllocator) { return true; }

 private:
  // Of so many values: whole huge pages, or 0 where they do not fill one.
  static std::size_t BytesOf(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    return bytes < kHugePage ? 0 : (bytes + kHugePage - 1) / kHugePage * kHugePage;
  }
};

}  // namespace samestory::internal

#endif  // SAMESTORY_BASE_HUGE_MEMORY_H_
