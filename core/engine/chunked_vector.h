#ifndef SAMESTORY_ENGINE_CHUNKED_VECTOR_H_
#define SAMESTORY_ENGINE_CHUNKED_VECTOR_H_

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

#include "base/page_stock.h"

namespace samestory {

/// An array of plain values that grows without moving what it holds. Its chunks come one by one as
/// long as they are few, then, where it has a stock, in huge pages: what it takes is at most one of
/// these above what is in it, also while it grows.
template <typename T>
class ChunkedVector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  /// `pages`, when given, must outlive the array.
  explicit ChunkedVector(internal::PageStock* pages = nullptr) : stock_(pages) {}

  void push_back(T value) {
    if (size_ % kChunk == 0) AddChunk();
    chunks_.back()[size_++ % kChunk] = value;
  }

  T& operator[](std::size_t i) { return chunks_[i / kChunk][i % kChunk]; }
  const T& operator[](std::size_t i) const { return chunks_[i / kChunk][i % kChunk]; }

  const T& back() const { return (*this)[size_ - 1]; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  /// Gives everything back.
  void Free() { *this = ChunkedVector(stock_); }

  std::size_t MemoryBytes() const {
    return small_.size() * kChunk * sizeof(T) + pages_.size() * internal::kHugePage;
  }

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 14;
  static constexpr std::size_t kPageChunks = internal::kHugePage / (kChunk * sizeof(T));
  static_assert(kPageChunks > 0);

  void AddChunk() {
    if (stock_ == nullptr || chunks_.size() < kPageChunks) {
      small_.push_back(std::make_unique_for_overwrite<T[]>(kChunk));
      chunks_.push_back(small_.back().get());
      return;
    }
    const std::size_t place = chunks_.size() % kPageChunks;
    if (place == 0) {
      pages_.push_back(stock_->Take());
      if (pages_.back() == nullptr) throw std::bad_alloc();
    }
    chunks_.push_back(reinterpret_cast<T*>(pages_.back().get()) + place * kChunk);
  }

  internal::PageStock* stock_;
  std::vector<T*> chunks_;
  std::vector<std::unique_ptr<T[]>> small_;       // the first of them, or all
  std::vector<internal::PageStock::Page> pages_;  // in which the others lie
  std::size_t size_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_CHUNKED_VECTOR_H_
