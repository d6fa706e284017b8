#ifndef SAMESTORY_ENGINE_PARTITIONS_H_
#define SAMESTORY_ENGINE_PARTITIONS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace samestory {

/// 64-bit entries dealt out to partitions by several workers: each appends to its own,
/// and a partition is then taken as a whole, worker after worker. Memory comes in small
/// blocks and goes as partitions are taken.
class Partitions {
 public:
  Partitions(std::size_t partitions, int workers)
      : partitions_(partitions), lists_(partitions * static_cast<std::size_t>(workers)) {}

  std::size_t size() const { return partitions_; }

  void Append(int worker, std::size_t partition, std::uint64_t entry) {
    List& list = lists_[static_cast<std::size_t>(worker) * partitions_ + partition];
    if (list.used == kBlock || list.blocks.empty()) {
      list.blocks.push_back(std::make_unique_for_overwrite<std::uint64_t[]>(kBlock));
      list.used = 0;
    }
    list.blocks.back()[list.used++] = entry;
  }

  /// Replaces `entries` by those of the partition and frees it. Different partitions may
  /// be taken side by side.
  void Take(std::size_t partition, std::vector<std::uint64_t>& entries);

  /// Of what is in and not yet taken.
  std::size_t MemoryBytes() const;

 private:
  static constexpr std::size_t kBlock = 512;  // 4 KiB
  struct List {
    std::vector<std::unique_ptr<std::uint64_t[]>> blocks;
    std::size_t used = 0;  // of the last block
  };

  std::size_t partitions_;
  std::vector<List> lists_;  // worker after worker
};

/// Sorts entries by their upper half, keeping the order of equal ones: in linear time, for
/// upper halves that are spread evenly over the values that share the leading `known_bits`.
void SortByUpperHalf(std::vector<std::uint64_t>& entries, unsigned known_bits,
                     std::vector<std::uint64_t>& scratch);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_PARTITIONS_H_
