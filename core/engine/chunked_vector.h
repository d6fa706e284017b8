#ifndef SAMESTORY_ENGINE_CHUNKED_VECTOR_H_
#define SAMESTORY_ENGINE_CHUNKED_VECTOR_H_

#include <cstddef>
#include <memory>
#include <type_traits>
#include <vector>

namespace samestory {

/// An array of plain values that grows without moving what it holds: what it takes is at
/// most one chunk above what is in it, also while it grows.
template <typename T>
class ChunkedVector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  void push_back(T value) {
    if (size_ % kChunk == 0) chunks_.push_back(std::make_unique_for_overwrite<T[]>(kChunk));
    chunks_.back()[size_++ % kChunk] = value;
  }

  T& operator[](std::size_t i) { return chunks_[i / kChunk][i % kChunk]; }
  const T& operator[](std::size_t i) const { return chunks_[i / kChunk][i % kChunk]; }

  const T& back() const { return (*this)[size_ - 1]; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  /// Gives everything back.
  void Free() {
    std::vector<std::unique_ptr<T[]>>().swap(chunks_);
    size_ = 0;
  }

  std::size_t MemoryBytes() const { return chunks_.size() * kChunk * sizeof(T); }

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 14;

  std::vector<std::unique_ptr<T[]>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_CHUNKED_VECTOR_H_
