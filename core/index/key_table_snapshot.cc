// Tables as they stand: bucket by bucket, so that a table read back takes, finds and drops entries as
// the one that was written would. docs/state.md gives the bytes.
#include <algorithm>
#include <bit>

#include "index/key_table.h"
#include "index/table_status.h"

namespace samestory::internal {
namespace {

// A bucket's fields as little-endian bytes stand in memory on this machine.
Bucket Swapped(Bucket bucket) {
  if constexpr (std::endian::native == std::endian::big) {
    for (std::uint32_t& record : bucket.records) record = __builtin_bswap32(record);
    for (std::uint16_t& tag : bucket.tags) tag = __builtin_bswap16(tag);
    bucket.extra = __builtin_bswap32(bucket.extra);
  }
  return bucket;
}

}  // namespace

void PairArray::Save(SnapshotWriter& out) const {
  out.U64(capacity_);
  out.U32(static_cast<std::uint32_t>(deep_bits_));
  for (std::size_t pair = 0; pair < capacity_; ++pair) {
    for (const Bucket& bucket : (*this)[pair].half) {
      const Bucket swapped = Swapped(bucket);
      out.Raw(&swapped, sizeof(swapped));
    }
  }
  const std::size_t planes = capacity_ * static_cast<std::size_t>(deep_bits_);
  for (std::size_t plane = 0; plane < planes; ++plane) out.U32(deep_[plane]);
}

bool PairArray::Load(SnapshotReader& in) {
  const std::uint64_t capacity = in.U64();
  const std::uint32_t deep_bits = in.U32();
  if (!in.Check(capacity < std::uint64_t{1} << 40 && deep_bits <= 64, "a table out of bounds")) {
    return true;
  }
  if (!SetDeepBits(static_cast<int>(deep_bits)) || !Grow(static_cast<std::size_t>(capacity))) {
    return false;
  }
  if (!in.Check(capacity_ == capacity, "a table of a size that none has")) return true;
  for (std::size_t pair = 0; pair < capacity_ && in.ok(); ++pair) {
    for (Bucket& bucket : (*this)[pair].half) {
      in.Raw(&bucket, sizeof(bucket));
      bucket = Swapped(bucket);
    }
  }
  const std::size_t planes = capacity_ * deep_bits;
  for (std::size_t plane = 0; plane < planes && in.ok(); ++plane) deep_[plane] = in.U32();
  return true;
}

void SpillTable::Save(SnapshotWriter& out) const {
  out.U64(ring_size_);
  out.U64(capacity_);
  for (std::size_t i = 0; i < capacity_; ++i) {
    const SpillNode& node = nodes_[i];
    out.U64(node.key);
    out.U32(node.value);
    out.U32(node.size | node.newest << 11 | node.in_ring << 22 | node.hot << 23);
  }
  out.U64(slabs_.size());
  for (const std::uint32_t* slab : slabs_) {
    for (std::size_t i = 0; i < kSlabRings * ring_size_; ++i) out.U32(slab[i]);
  }
  out.Words(free_rings_);
}

bool SpillTable::Load(SnapshotReader& in) {
  const bool same = in.U64() == ring_size_;
  const std::uint64_t capacity = in.U64();
  if (!in.Check(same && capacity < std::uint64_t{1} << 40, "spilled keys out of bounds")) {
    return true;
  }
  if (capacity > 0 && !Rehash(static_cast<std::size_t>(capacity))) return false;
  for (std::size_t i = 0; i < capacity_ && in.ok(); ++i) {
    SpillNode& node = nodes_[i];
    node.key = in.U64();
    node.value = in.U32();
    const std::uint32_t packed = in.U32();
    node.size = packed & 0x7ff;
    node.newest = packed >> 11 & 0x7ff;
    node.in_ring = packed >> 22 & 1;
    node.hot = packed >> 23 & 1;
    size_ += node.size != 0;
    hot_keys_ += node.size != 0 && node.hot != 0;
  }
  const std::uint64_t slabs = in.U64();
  while (slabs_.size() < slabs && in.ok()) {
    if (!AddSlab()) return false;
    for (std::size_t i = 0; i < kSlabRings * ring_size_; ++i) slabs_.back()[i] = in.U32();
  }
  // The memory for all of them stands ready from AddSlab.
  const std::vector<std::uint32_t> free_rings = in.Words();
  in.Check(free_rings.size() <= slabs_.size() * kSlabRings, "too many free rings");
  if (in.ok()) free_rings_.assign(free_rings.begin(), free_rings.end());
  const auto in_bounds = [&](const SpillNode& node) {
    return node.size <= ring_size_ && node.newest < ring_size_ &&
           (node.in_ring == 0 ? node.size <= 1 : node.value < slabs_.size() * kSlabRings);
  };
  in.Check(capacity_ == 0 || (size_ < capacity_ && std::all_of(nodes_, nodes_ + capacity_, in_bounds)),
           "a spilled key out of bounds");
  in.Check(std::all_of(free_rings_.begin(), free_rings_.end(),
                       [&](std::uint32_t ring) { return ring < slabs_.size() * kSlabRings; }),
           "a free ring out of bounds");
  return true;
}

void KeyTable::Save(SnapshotWriter& out) const {
  out.U32(static_cast<std::uint32_t>(key_bits_));
  out.U64(pairs_);
  out.U64(frontier_);
  out.U8(doubling_);
  out.U64(used_);
  out.U64(room_);
  out.U32(horizon_);
  array_.Save(out);
  spill_.Save(out);
}

absl::Status KeyTable::Load(SnapshotReader& in) {
  // A table goes on with the keys that it was begun with.
  const std::uint32_t key_bits = in.U32();
  if (!in.Check(key_bits >= kLeastKeyBits && key_bits <= kMostKeyBits, "keys of an odd length")) {
    return absl::OkStatus();
  }
  SetKeyBits(static_cast<int>(key_bits));
  const std::uint64_t pairs = in.U64(), frontier = in.U64();
  doubling_ = in.U8() != 0;
  used_ = in.U64();
  room_ = in.U64();
  horizon_ = in.U32();
  const bool sound =
      pairs <= MaxPairs() && frontier <= pairs && (doubling_ || frontier == pairs);
  if (!in.Check(sound, "a table out of bounds")) return absl::OkStatus();
  bool memory = true;
  absl::Status status = GuardMemory([&] { return memory = array_.Load(in) && spill_.Load(in); });
  if (!status.ok()) return status;
  if (!in.Check(array_.capacity() >= (doubling_ ? 2 : 1) * pairs, "a table without its pairs")) {
    return absl::OkStatus();
  }
  pairs_ = static_cast<std::size_t>(pairs);
  frontier_ = static_cast<std::size_t>(frontier);
  if (pairs_ > 0) {
    shape_ = ShapeOf(key_bits_, pairs_);
    doubled_shape_ = ShapeOf(key_bits_, 2 * pairs_);
  }
  return absl::OkStatus();
}

}  // namespace samestory::internal
