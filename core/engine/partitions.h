#ifndef SAMESTORY_ENGINE_PARTITIONS_H_
#define SAMESTORY_ENGINE_PARTITIONS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "base/huge_memory.h"
#include "samestory/bulk_memory.h"

namespace samestory {

/// Blocks of 512 64-bit entries, given out and taken back. Thread-safe.
class BlockPool {
 public:
  static constexpr std::size_t kBlock = 512;

  /// `bulk`, when given, holds the blocks, and must outlive the pool.
  explicit BlockPool(BulkMemory* bulk = nullptr) : bulk_(bulk) {}

  /// Null where `bulk` has no more.
  std::uint64_t* Get();
  void GiveBack(std::uint64_t* block);

 private:
  std::mutex mutex_;
  BulkMemory* bulk_;
  std::vector<internal::HugeArray<std::uint64_t>> owned_;
  std::vector<std::uint64_t*> free_;
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
    List& list = lists_[static_cast<std::size_t>(worker) * partitions_ + partition];
    if (list.next == list.end && !AddBlock(list)) return;
    *list.next++ = entry;
  }

  /// False where memory ran out, and entries were lost.
  bool ok() const { return !lost_; }

  /// Replaces `entries` by those of the partition and frees it. Different partitions may
  /// be taken side by side.
  void Take(std::size_t partition, std::vector<std::uint64_t>& entries);

 private:
  struct List {
    std::uint64_t *next = nullptr, *end = nullptr;  // what is free of the last block
    std::vector<std::uint64_t*> blocks;
  };
  bool AddBlock(List& list);

  BlockPool* pool_;
  std::atomic<bool> lost_ = false;

  std::size_t partitions_;
  std::vector<List> lists_;  // worker after worker
};

/// Sorts entries by their upper half, keeping the order of equal ones: in linear time, for
/// upper halves that are spread evenly over the values that share the leading `known_bits`.
void SortByUpperHalf(std::vector<std::uint64_t>& entries, unsigned known_bits,
                     std::vector<std::uint64_t>& scratch);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_PARTITIONS_H_
