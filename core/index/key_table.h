#ifndef SAMESTORY_INDEX_KEY_TABLE_H_
#define SAMESTORY_INDEX_KEY_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/snapshot_stream.h"
#include "index/geometry.h"
#include "index/key_index.h"
#include "index/memory_budget.h"
#include "index/pair_array.h"
#include "index/spill_table.h"

namespace samestory::internal {

/// What is behind KeyIndex: pairs of buckets, the spill table, and growth by a sweep
/// that runs beside the inserts. docs/index.md explains the parts.
class KeyTable {
 public:
  explicit KeyTable(const KeyIndexOptions& options);

  /// As in KeyIndex; false, or std::bad_alloc, where memory runs out.
  bool Reserve(std::size_t entries);
  bool EnsureRoom(std::size_t count);

  /// Inserts that EnsureRoom still promises.
  std::size_t room() const { return room_; }

  /// Needs room() > 0.
  void Insert(std::uint64_t key, std::uint32_t record);
  void FindInsert(std::uint64_t key, std::uint32_t record, std::size_t cap,
                  std::vector<std::uint32_t>& records);

  /// As Insert, of a record that is hidden. False where the key has so many entries that this one
  /// might push out another, which is to be found as long as this one is not: nothing is done.
  bool InsertHidden(std::uint64_t key, std::uint32_t record);

  /// Whether the record is there under the key, hidden or not.
  bool Holds(std::uint64_t key, std::uint32_t record) const;

  /// Records from this number on are not found; at first all are.
  void HideFrom(std::uint32_t record) { hidden_from_ = record; }

  void Find(std::uint64_t key, std::size_t cap, std::vector<std::uint32_t>& records) const;

  void Prefetch(std::uint64_t key) const {
    if (pairs_ == 0) return;
    const Home home = HomeOf(Truncated(key));
    array_.Prefetch(home.index, home.half);
  }

  /// Of a key whose bucket was fetched: fetches what Find would read beyond it.
  void PrefetchSpilled(std::uint64_t key) const {
    if (pairs_ == 0) return;
    const Home home = HomeOf(Truncated(key));
    const std::uint32_t flags = home.bucket().extra;
    if ((flags & kOverflowFlag) != 0) array_.Prefetch(home.index, 1 - home.half);
    if ((flags & kSpillFlag) != 0) spill_.Prefetch(Truncated(key));
  }

  void Expire(std::uint32_t horizon);

  /// In key_table_snapshot.cc. Load: of an empty table made with the same options but for key_bits;
  /// kResourceExhausted where memory runs out.
  void Save(SnapshotWriter& out) const;
  absl::Status Load(SnapshotReader& in);

  std::size_t MemoryBytes() const;
  KeyIndexStats stats() const;

 private:
  // Where the entries of a key belong.
  struct Home {
    Pair& pair;
    std::size_t index;  // of the pair
    int half;
    std::uint64_t fraction;
    const TagShape& shape;

    Bucket& bucket() const { return pair.half[half]; }
  };

  // An entry on its way from one pair to another; the upper bits of `fraction` are its tag.
  struct Entry {
    std::uint64_t fraction;
    std::uint32_t stored;
  };

  static constexpr int kLeastKeyBits = 16, kMostKeyBits = 56;
  void SetKeyBits(int bits);
  std::uint64_t Truncated(std::uint64_t key) const { return key & key_mask_; }

  // Of a truncated key.
  [[gnu::always_inline]] Home HomeOf(std::uint64_t key) const {
    const Position at = PositionOf(key, pairs_);
    if (at.pair < frontier_) return HomeAt(at, shape_);
    return HomeAt({2 * at.pair + (at.fraction >> 63), at.fraction << 1}, doubled_shape_);
  }
  [[gnu::always_inline]] Home HomeAt(Position at, const TagShape& shape) const {
    const auto index = static_cast<std::size_t>(at.pair);
    return {array_[index], index, HomeHalf(at.fraction), at.fraction, shape};
  }

  template <typename Visit>
  void ForEachInHalf(const Home& home, int half, Visit visit) const;
  template <typename Visit>
  const SpillNode* ForEachEntry(std::uint64_t key, const Home& home, Visit visit) const;

  // What stands under a key before a record is inserted.
  struct Under {
    std::size_t entries = 0;          // live ones
    bool known = false;               // the record is one of them
    const SpillNode* node = nullptr;  // of the key, in the spill table
  };
  Under LookUnder(std::uint64_t key, const Home& home, std::uint32_t stored) const;
  void InsertNew(std::uint64_t key, const Home& home, const Under& under, std::uint32_t stored);
  bool Place(const Home& home, std::uint32_t stored);
  bool PlaceInOther(const Home& home, std::uint32_t stored);
  bool PlaceInHalf(const Home& home, int half, std::uint32_t stored);
  void EmptyExpired(Bucket& bucket);
  void ClearStaleFlags(const Home& home);

  // In key_table_growth.cc.
  bool Start(std::size_t pairs);
  bool StartDoubling();
  void Sweep(std::size_t pairs);
  void MoveLastPair();
  std::size_t TakeEntries(std::size_t from, std::span<Entry> entries);
  void ReturnSpilled(std::uint64_t low, std::uint64_t high);
  std::size_t MaxEntries() const;
  std::size_t MaxPairs() const;

  int key_bits_ = 0;
  std::uint64_t key_mask_ = 0;
  MemoryBudget budget_;
  PairArray array_;
  SpillTable spill_;

  // A table of pairs_ pairs. While it doubles, pairs from frontier_ on have moved to two each.
  std::size_t pairs_ = 0, frontier_ = 0;
  bool doubling_ = false;
  TagShape shape_, doubled_shape_;
  std::size_t used_ = 0;  // slots that are not empty
  std::size_t room_ = 0;
  std::uint32_t horizon_ = 0;  // stored numbers up to this are expired
  std::uint32_t hidden_from_ = ~std::uint32_t{0};
};

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_KEY_TABLE_H_
