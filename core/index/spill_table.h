#ifndef SAMESTORY_INDEX_SPILL_TABLE_H_
#define SAMESTORY_INDEX_SPILL_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/prefetch.h"
#include "base/snapshot_stream.h"
#include "index/memory_budget.h"

namespace samestory::internal {

/// The records of one key in the spill table: the newest few.
struct SpillNode {
  std::uint64_t key = 0;
  std::uint32_t value = 0;      // the only record, plus one as everywhere here; or a ring's number
  std::uint32_t size : 11 = 0;  // records in use; 0: a free node
  std::uint32_t newest : 11 = 0;  // place of the newest in the ring
  std::uint32_t in_ring : 1 = 0;  // from the second record on
  std::uint32_t hot : 1 = 0;      // the key fills its share of a bucket already
};
static_assert(sizeof(SpillNode) == 16);

/// Keys that are hot or found no slot in their buckets. Open addressing in the order
/// of the keys, so that all keys of a stretch are found by one scan.
class SpillTable {
 public:
  /// Keeps at most `ring_size` records a key, 2 or more. Takes its bytes from
  /// `budget`, which must outlive it.
  SpillTable(std::size_t ring_size, MemoryBudget& budget);
  ~SpillTable();
  SpillTable(const SpillTable&) = delete;
  SpillTable& operator=(const SpillTable&) = delete;

  /// Makes the next `count` calls of Add or Append succeed, whose records may be
  /// `horizon` or below (expired) in the meantime. False where memory runs out;
  /// what is found is then unchanged (std::bad_alloc means the same).
  bool EnsureRoom(std::size_t count, std::uint32_t horizon);

  /// Whether that many calls would succeed now.
  bool HasRoom(std::size_t count) const;

  /// The node of `key`, or nullptr. Valid until the next Add, Erase or EnsureRoom.
  SpillNode* Find(std::uint64_t key) {
    return const_cast<SpillNode*>(std::as_const(*this).Find(key));
  }
  const SpillNode* Find(std::uint64_t key) const;

  void Prefetch(std::uint64_t key) const {
    if (size_ != 0) PrefetchToRead(&nodes_[HomeOf(key)]);
  }

  /// A node for `key`, which has none, with one record.
  void Add(std::uint64_t key, std::uint32_t stored, bool hot);

  /// One more record, in the place of the oldest where all are taken.
  void Append(SpillNode& node, std::uint32_t stored);

  /// Calls visit(stored) for every record of `node` in the order of appending.
  template <typename Visit>
  void ForEachRecord(const SpillNode& node, Visit visit) const {
    if (node.in_ring == 0) {
      visit(node.value);
      return;
    }
    const std::uint32_t* const ring = Ring(node.value);
    const std::size_t oldest = node.size < ring_size_ ? 0 : NextInRing(node.newest);
    for (std::size_t i = oldest; i < node.size; ++i) visit(ring[i]);
    for (std::size_t i = 0; i < oldest; ++i) visit(ring[i]);
  }

  /// Calls visit(node) for every node with low <= key < high; `high` 0 means 2^64.
  /// `visit` must not change the table.
  template <typename Visit>
  void ForEachIn(std::uint64_t low, std::uint64_t high, Visit visit) const {
    if (size_ == 0) return;
    // Such nodes stand between the first home and the first free node from the last home on.
    const std::uint64_t last = high - 1;
    const std::size_t end = HomeOf(last);
    const std::size_t begin = HomeOf(low);
    bool past_end = false;
    std::size_t i = begin;
    do {
      past_end = past_end || i == end;
      const SpillNode& node = nodes_[i];
      if (node.size != 0 && node.key >= low && node.key <= last) visit(node);
      if (node.size == 0 && past_end) return;
      i = Next(i);
    } while (i != begin);
  }

  void Erase(SpillNode& node);

  void Save(SnapshotWriter& out) const;

  /// Of an empty table; false where memory runs out.
  bool Load(SnapshotReader& in);

  /// Bytes held beside those taken from the budget.
  std::size_t OverheadBytes() const {
    return slabs_.capacity() * sizeof(slabs_[0]) + free_rings_.capacity() * sizeof(free_rings_[0]);
  }

  std::size_t size() const { return size_; }
  std::size_t hot_keys() const { return hot_keys_; }

 private:
  std::size_t HomeOf(std::uint64_t key) const {
    return static_cast<std::size_t>((static_cast<unsigned __int128>(key) * capacity_) >> 64);
  }
  static constexpr std::size_t kSlabRings = 64;

  std::uint32_t* Ring(std::uint32_t number) const {
    return slabs_[number / kSlabRings] + number % kSlabRings * ring_size_;
  }
  std::size_t NextInRing(std::size_t i) const { return i + 1 == ring_size_ ? 0 : i + 1; }
  bool Dead(const SpillNode& node, std::uint32_t horizon) const;
  void EraseDead(std::uint32_t horizon);
  bool Rehash(std::size_t capacity);
  bool AddSlab();
  std::size_t Next(std::size_t i) const { return i + 1 == capacity_ ? 0 : i + 1; }
  void Place(const SpillNode& node);

  MemoryBudget& budget_;
  std::size_t ring_size_;
  std::size_t size_ = 0, hot_keys_ = 0;
  std::size_t capacity_ = 0;
  SpillNode* nodes_ = nullptr;
  std::vector<std::uint32_t*> slabs_;      // kSlabRings rings each
  std::vector<std::uint32_t> free_rings_;  // with capacity for all rings
};

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_SPILL_TABLE_H_
