#ifndef SAMESTORY_ENGINE_SHINGLE_STORE_H_
#define SAMESTORY_ENGINE_SHINGLE_STORE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/huge_memory.h"
#include "base/prefetch.h"
#include "engine/chunked_vector.h"
#include "engine/packed_set.h"
#include "samestory/bulk_memory.h"
#include "samestory/text.h"

namespace samestory {

/// The shingle sets of a whole input, numbered from 0: 8 bytes a set beside its shingles, of
/// which long sets are packed.
class ShingleStore {
 public:
  /// `bulk`, when given, holds the sets; it and `pages` must outlive the store.
  explicit ShingleStore(BulkMemory* bulk = nullptr, internal::PageStock* pages = nullptr)
      : bulk_(bulk), starts_(pages) {}

  /// False, and nothing changed, where 2^32 numbers (16 GiB) would be passed or `bulk`
  /// has no more.
  bool Append(std::span<const std::uint32_t> set);

  /// Appends a set of `size` shingles that is equal to the i-th, and stores it once. The i-th,
  /// which may have left the main memory, is not read.
  void AppendSame(std::size_t i, std::size_t size) {
    num_shingles_ += size;
    starts_.push_back(starts_[i]);
  }

  /// The i-th set, where it lies or in `room`, as long as that is not changed.
  std::span<const std::uint32_t> Read(std::size_t i, ShingleSet& room) const {
    const std::uint32_t* const block = Block(starts_[i]);
    const std::size_t size = *block;
    if (size < kLeastPacked) return {block + 1, size};
    if (room.size() < size + kUnpackedRoom) room.resize(size + kUnpackedRoom);
    UnpackSet(block + 1, size, room.data());
    return {room.data(), size};
  }

  /// As UnpackMarked, of the i-th set, packed or not. The shingles are in `room`.
  std::span<const std::uint32_t> ReadMarked(std::size_t i, unsigned upper, unsigned end,
                                            const std::uint64_t* marks, std::size_t first_mark,
                                            ShingleSet& room) const;

  /// The i-th set has the words of 32 bits from here on to itself; all are below num_words().
  std::size_t FirstWord(std::size_t i) const { return starts_[i]; }
  std::size_t num_words() const { return chunks_.size() << kChunkBits; }

  /// Hints that Prefetch of the set comes soon, and then the set.
  void PrefetchStart(std::size_t i) const { PrefetchToRead(&starts_[i]); }

  /// Hints that the set is read soon.
  void Prefetch(std::size_t i) const {
    const std::uint32_t* const block = Block(starts_[i]);
    for (std::size_t word = 0; word < usual_words_; word += 16) PrefetchToRead(block + word);
  }

  std::size_t size() const { return starts_.size(); }
  std::uint64_t num_shingles() const { return num_shingles_; }
  /// Without what lies in `bulk`.
  std::size_t MemoryBytes() const { return starts_.MemoryBytes() + memory_bytes_; }

 private:
  static constexpr unsigned kChunkBits = 19;
  static constexpr std::size_t kChunk = std::size_t{1} << kChunkBits;
  static constexpr std::size_t kFewWords = 48, kManyWords = 128;  // of a headline, of a long text

  const std::uint32_t* Block(std::uint32_t start) const {
    return chunks_[start >> kChunkBits] + (start & (kChunk - 1));
  }

  std::uint32_t* Allocate(std::size_t words);

  BulkMemory* bulk_;
  ChunkedVector<std::uint32_t> starts_;  // in numbers from the first chunk's beginning
  // A set longer than a chunk stands across several, which then lie side by side.
  std::vector<const std::uint32_t*> chunks_;
  std::vector<internal::HugeArray<std::uint32_t>> owned_;
  std::uint32_t* next_ = nullptr;
  std::size_t left_ = 0;                  // numbers left from next_ on
  std::size_t usual_words_ = kFewWords;  // of a set
  std::uint64_t num_shingles_ = 0;
  std::size_t memory_bytes_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_SHINGLE_STORE_H_
