#ifndef SAMESTORY_ENGINE_PARTITIONS_H_
#define SAMESTORY_ENGINE_PARTITIONS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "base/huge_memory.h"
#include "base/page_stock.h"
#include "samestory/bulk_memory.h"

namespace samestory {

/// Blocks of 512 64-bit entries, given out and taken back. Thread-safe.
class BlockPool {
 public:
  static constexpr std::size_t kBlock = 512;

  /// `bulk`, when given, holds the blocks, else pages of `pages`; each must outlive the pool.
  explicit BlockPool(BulkMemory* bulk = nullptr, internal::PageStock* pages = nullptr)
      : bulk_(bulk), stock_(pages == nullptr ? &own_stock_ : pages) {}

  /// Null where `bulk` has no more.
  std::uint64_t* Get();
  void GiveBack(std::uint64_t* block);

  /// Gives back the pages none of whose blocks is given out; what lies in `bulk` stays.
  void Trim();

 private:
  static constexpr std::size_t kPageBlocks = internal::kHugePage / (kBlock * sizeof(std::uint64_t));

  std::mutex mutex_;
  BulkMemory* bulk_;
  internal::PageStock own_stock_;
  internal::PageStock* stock_;
  std::vector<internal::PageStock::Page> pages_;
  // A heap, the lowest address first: what is given out stands close together.
  std::vector<std::uint64_t*> free_;
};

/// Words one after another in blocks of a pool.
template <typename Word>
class BlockList {
 public:
  /// False where memory ran out.
  bool Append(Word word, BlockPool& pool) {
    if (next_ == end_ && !AddBlock(pool)) return false;
    *next_++ = word;
    return true;
  }

  /// Calls `visit(words)` for each block in order, and gives the blocks back.
  template <typename Visitor>
  void Take(BlockPool& pool, Visitor visit) {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      Word* const words = reinterpret_cast<Word*>(blocks_[i]);
      Word* const end = i + 1 == blocks_.size() ? next_ : words + kWords;
      visit(std::span<const Word>(words, end));
      pool.GiveBack(blocks_[i]);
    }
    *this = {};
  }

 private:
  static constexpr std::size_t kWords = BlockPool::kBlock * sizeof(std::uint64_t) / sizeof(Word);

  bool AddBlock(BlockPool& pool) {
    std::uint64_t* const block = pool.Get();
    if (block == nullptr) return false;
    blocks_.push_back(block);
    next_ = reinterpret_cast<Word*>(block);
    end_ = next_ + kWords;
    return true;
  }

  Word *next_ = nullptr, *end_ = nullptr;  // what is free of the last block
  std::vector<std::uint64_t*> blocks_;
};

/// 64-bit entries dealt out to partitions by several workers: each appends to its own,
/// and a partition is then taken as a whole, worker after worker. Memory comes in small
/// blocks and goes back as partitions are taken.
class Partitions {
 public:
  /// `pool` must outlive the partitions.
  Partitions(std::size_t partitions, int workers, BlockPool& pool)
      : pool_(&pool),
        partitions_(partitions),
        lists_(partitions * static_cast<std::size_t>(workers)) {}

  std::size_t size() const { return partitions_; }

  void Append(int worker, std::size_t partition, std::uint64_t entry) {
    BlockList<std::uint64_t>& list =
        lists_[static_cast<std::size_t>(worker) * partitions_ + partition];
    if (!list.Append(entry, *pool_)) lost_ = true;
  }

  /// False where memory ran out, and entries were lost.
  bool ok() const { return !lost_; }

  /// Replaces `entries` by those of the partition and frees it. Different partitions may
  /// be taken side by side.
  void Take(std::size_t partition, std::vector<std::uint64_t>& entries);

 private:
  BlockPool* pool_;
  std::atomic<bool> lost_ = false;

  std::size_t partitions_;
  std::vector<BlockList<std::uint64_t>> lists_;  // worker after worker
};

/// Sorts entries by their upper half, keeping the order of equal ones: in linear time, for
/// upper halves that are spread evenly over the values that share the leading `known_bits`.
void SortByUpperHalf(std::vector<std::uint64_t>& entries, unsigned known_bits,
                     std::vector<std::uint64_t>& scratch);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_PARTITIONS_H_
