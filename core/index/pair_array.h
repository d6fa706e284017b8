#ifndef SAMESTORY_INDEX_PAIR_ARRAY_H_
#define SAMESTORY_INDEX_PAIR_ARRAY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/huge_memory.h"
#include "base/prefetch.h"
#include "base/snapshot_stream.h"
#include "index/bucket.h"
#include "index/geometry.h"
#include "index/memory_budget.h"

namespace samestory::internal {

/// The memory of a table: an array of pairs that grows without moving, in segments
/// of 2 MiB on huge pages where the system has them (a small table is one block that
/// does move), and beside it the deep tag bits that a small table needs.
class PairArray {
 public:
  /// Takes its bytes from `budget`, which must outlive it.
  explicit PairArray(MemoryBudget& budget) : budget_(budget) {}
  ~PairArray() { Clear(); }
  PairArray(const PairArray&) = delete;
  PairArray& operator=(const PairArray&) = delete;

  /// Frees everything.
  void Clear();

  /// Pairs that there is memory for.
  std::size_t capacity() const { return capacity_; }

  /// Bits of a tag that stand in planes of their own.
  int deep_bits() const { return deep_bits_; }

  /// Makes capacity() at least `pairs`; new pairs are empty. False where memory
  /// runs out; what is stored is then unchanged (std::bad_alloc means the same).
  bool Grow(std::size_t pairs);

  /// Sets how many deep bits every entry has. More than now: only while nothing is stored; false
  /// where memory runs out. Fewer: the last ones go, which cannot fail.
  bool SetDeepBits(int bits);

  /// In key_table_snapshot.cc. Load: of an empty array; false where memory runs out.
  void Save(SnapshotWriter& out) const;
  bool Load(SnapshotReader& in);

  /// Bytes held beside those taken from the budget.
  std::size_t OverheadBytes() const { return segments_.capacity() * sizeof(segments_[0]); }

  /// Constness is that of the memory's extent, not of its contents.
  Pair& operator[](std::size_t pair) const {
    return segments_[pair / kSegmentPairs][pair % kSegmentPairs];
  }

  /// Hints that a bucket, or both of a pair, are needed soon.
  void Prefetch(std::size_t pair, int half) const {
    PrefetchToWrite(&(*this)[pair].half[half]);
    if (deep_bits_ != 0) PrefetchToWrite(deep_ + pair * static_cast<std::size_t>(deep_bits_));
  }

  void PrefetchPair(std::size_t pair) const {
    PrefetchToWrite(&(*this)[pair].half[0]);
    PrefetchToWrite(&(*this)[pair].half[1]);
  }

  /// Slots of a bucket whose tag is that of `fraction`, as far as `shape` reads it, empty ones
  /// too. `bucket` is the half `half` of `pair`, here and below.
  std::uint32_t Match(const Bucket& bucket, std::size_t pair, int half, std::uint64_t fraction,
                      const TagShape& shape) const {
    const std::uint32_t wide = WideTagMask(bucket, TagOf(fraction), shape.tag_mask);
    if (wide == 0) return 0;
    const std::uint32_t mask =
        ExtraMask(bucket, ExtraBitsOf(fraction), shape.extra_mask, NarrowMask(wide));
    return shape.deep_bits == 0 ? mask : DeepMask(pair, half, fraction, shape.deep_bits, mask);
  }

  /// Writes an entry; `stored` is the record number plus one.
  void Put(Bucket& bucket, std::size_t pair, int half, int slot, std::uint64_t fraction,
           std::uint32_t stored) {
    bucket.records[slot] = stored;
    bucket.tags[slot] = TagOf(fraction);
    SetExtra(bucket, slot, ExtraBitsOf(fraction));
    if (deep_bits_ != 0) PutDeep(pair, half, slot, fraction);
  }

  /// The tag bits of an entry, as the upper bits of a fraction.
  std::uint64_t FractionOf(const Bucket& bucket, std::size_t pair, int half, int slot) const {
    const std::uint64_t bits = std::uint64_t{bucket.tags[slot]} << 48 |
                               std::uint64_t{ExtraOf(bucket, slot)} << (64 - kBucketTagBits);
    return deep_bits_ == 0 ? bits : bits | DeepOf(pair, half, slot) >> kBucketTagBits;
  }

 private:
  static constexpr std::size_t kSegmentPairs = kHugePage / sizeof(Pair);

  // One deep bit of the twenty slots of a pair.
  using DeepPlane = std::uint32_t;

  bool GrowFirstSegment(std::size_t pairs);
  bool AddSegments(std::size_t count);
  bool ResizeDeep(std::size_t planes);
  std::uint32_t DeepMask(std::size_t pair, int half, std::uint64_t fraction, int bits,
                         std::uint32_t mask) const;
  void PutDeep(std::size_t pair, int half, int slot, std::uint64_t fraction);
  std::uint64_t DeepOf(std::size_t pair, int half, int slot) const;  // on top of 64 bits
  void LoadPair(std::size_t pair, SnapshotReader& in);
  void LoadPlanes(SnapshotReader& in);

  MemoryBudget& budget_;
  std::size_t capacity_ = 0;
  std::vector<Pair*> segments_;  // whole huge pages, but for a first one below that size
  int deep_bits_ = 0;
  DeepPlane* deep_ = nullptr;  // deep_bits_ planes a pair
  std::size_t deep_planes_ = 0;
};

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_PAIR_ARRAY_H_
