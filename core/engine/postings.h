#ifndef SAMESTORY_ENGINE_POSTINGS_H_
#define SAMESTORY_ENGINE_POSTINGS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/partitions.h"

namespace samestory {

/// Which sets a shingle leads to: postings (shingle, rank), dealt out by the leading bits of the
/// shingle to partitions, in some four bytes each. A worker appends in ascending order of ranks,
/// and a partition is taken as a whole, worker after worker.
///
/// A posting is a word of 32 bits: what the partition does not say of the shingle, and in as many
/// bits as it does say how much the rank is above that of the posting before. Where that has no
/// room all these bits are set, and another word holds the rank.
class Postings {
 public:
  /// `pool` must outlive the postings.
  Postings(unsigned bits, int workers, BlockPool& pool)
      : bits_(bits),
        escape_((std::uint64_t{1} << bits) - 1),
        pool_(&pool),
        lists_(static_cast<std::size_t>(workers) << bits) {}

  std::size_t size() const { return std::size_t{1} << bits_; }
  unsigned bits() const { return bits_; }

  void Append(int worker, std::uint32_t shingle, std::uint32_t rank) {
    const auto partition = static_cast<std::size_t>(std::uint64_t{shingle} >> (32 - bits_));
    List& list = lists_[(static_cast<std::size_t>(worker) << bits_) + partition];
    const std::uint32_t above = rank - list.last;
    list.last = rank;
    const bool fits = above < escape_;
    const std::uint64_t word = std::uint64_t{shingle} << bits_ | (fits ? above : escape_);
    bool kept = list.words.Append(static_cast<std::uint32_t>(word), *pool_);
    if (!fits) kept = kept && list.words.Append(rank, *pool_);
    if (!kept) lost_ = true;
  }

  /// False where memory ran out, and postings were lost.
  bool ok() const { return !lost_; }

  /// Replaces `entries` by those of the partition, the shingle in the upper half and the rank in
  /// the lower, and frees it. Different partitions may be taken side by side.
  void Take(std::size_t partition, std::vector<std::uint64_t>& entries);

 private:
  struct List {
    BlockList<std::uint32_t> words;
    std::uint32_t last = 0;  // rank
  };

  unsigned bits_;
  std::uint64_t escape_;
  BlockPool* pool_;
  std::atomic<bool> lost_ = false;
  std::vector<List> lists_;  // worker after worker
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_POSTINGS_H_
