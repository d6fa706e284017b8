#ifndef SAMESTORY_ENGINE_PREFIX_MARKS_H_
#define SAMESTORY_ENGINE_PREFIX_MARKS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/huge_memory.h"
#include "engine/shingle_store.h"

namespace samestory {

/// Marks shingles of sets by their places, in a bit map of five bits for four words of their store:
/// there are at least as many as a set has shingles, packed or not.
class PrefixMarks {
 public:
  /// `store` must outlive the marks, and take no more sets.
  explicit PrefixMarks(const ShingleStore& store)
      : store_(&store), bits_(BitOf(store.num_words()) / 64 + 1) {}

  /// False where memory ran out: nothing can then be marked.
  bool ok() const { return bits_.data() != nullptr; }

  /// Marks the `places` of the i-th set. Different sets may be marked side by side.
  void Mark(std::size_t i, std::span<const std::uint32_t> places) {
    const std::size_t first = BitOf(store_->FirstWord(i));
    for (const std::uint32_t place : places) {
      const std::size_t bit = first + place;
      std::atomic_ref(bits_.data()[bit / 64])
          .fetch_or(std::uint64_t{1} << bit % 64, std::memory_order_relaxed);
    }
  }

  /// The marked shingles of the i-th set whose upper six bits are from `upper` to before `end`, in
  /// `room`. Not while any are being marked.
  std::span<const std::uint32_t> Read(std::size_t i, unsigned upper, unsigned end,
                                      ShingleSet& room) const {
    return store_->ReadMarked(i, upper, end, bits_.data(), BitOf(store_->FirstWord(i)), room);
  }

 private:
  // Of the first shingle of a set that begins at a word.
  static std::size_t BitOf(std::size_t word) { return word * 5 / 4; }

  const ShingleStore* store_;
  internal::HugeArray<std::uint64_t> bits_;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_PREFIX_MARKS_H_
