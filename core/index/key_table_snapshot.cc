// Tables as they stand: bucket by bucket, each entry in its slot, so that a table read back takes,
// finds and drops entries as the one that was written would. docs/state.md gives the bytes.
#include <algorithm>
#include <bit>

#include "base/endian.h"
#include "index/key_table.h"
#include "index/table_status.h"

namespace samestory::internal {
namespace {

// A bucket begins with 16 bits: a slot each that is in use, then the two flags.
constexpr std::uint32_t kUsedBits = (1u << kSlots) - 1;
constexpr int kFlagShift = 30 - kSlots;
static_assert(kOverflowFlag >> kFlagShift == 1u << kSlots);
constexpr std::uint32_t kHeadBits = kUsedBits | (kOverflowFlag | kSpillFlag) >> kFlagShift;
constexpr std::size_t kHeadBytes = 2, kEntryBytes = 4 + 2, kExtraBytes = 4;
constexpr std::size_t kBucketBytes = kHeadBytes + kSlots * kEntryBytes + kExtraBytes;
constexpr std::size_t kPlaneBytes = 4, kMostPlanes = 64;

// Pairs are put together in a buffer of this size: there are many, and each is small.
constexpr std::size_t kBufferBytes = 16 << 10;

// Three planes of bits, as far as they are of slots in use.
constexpr std::uint32_t PlanesOf(std::uint32_t used) {
  return used | used << kSlots | used << (2 * kSlots);
}

// Writes a bucket to `to`, which is moved behind it. Slots that are in use.
std::uint32_t SaveBucket(const Bucket& bucket, char*& to) {
  char* const head = to;
  to += kHeadBytes;
  std::uint32_t used = 0;
  for (int slot = 0; slot < kSlots; ++slot) {
    const std::uint32_t in_use = bucket.records[slot] != 0;
    StoreLittle32(bucket.records[slot], to);
    StoreLittle16(bucket.tags[slot], to + 4);
    to += in_use * kEntryBytes;
    used |= in_use << slot;
  }
  const std::uint32_t flags = bucket.extra & (kOverflowFlag | kSpillFlag);
  StoreLittle16(static_cast<std::uint16_t>(used | flags >> kFlagShift), head);
  if (used == 0) return 0;
  StoreLittle32(bucket.extra & PlanesOf(used), to);
  to += kExtraBytes;
  return used;
}

// Of an empty bucket. Slots that are in use.
std::uint32_t LoadBucket(SnapshotReader& in, Bucket& bucket) {
  char bytes[kSlots * kEntryBytes + kExtraBytes];
  in.Raw(bytes, kHeadBytes);
  const std::uint32_t head = LoadLittle16(bytes), used = head & kUsedBits;
  in.Check(head <= kHeadBits, "a bucket of more slots than there are");
  bucket.extra = (head & ~kUsedBits) << kFlagShift;
  if (used == 0 || !in.ok()) return 0;
  const auto entries = static_cast<std::size_t>(std::popcount(used));
  in.Raw(bytes, entries * kEntryBytes + kExtraBytes);
  const char* from = bytes;
  for (std::uint32_t left = used; left != 0; left &= left - 1) {
    const int slot = std::countr_zero(left);
    bucket.records[slot] = LoadLittle32(from);
    bucket.tags[slot] = LoadLittle16(from + 4);
    from += kEntryBytes;
    if (!in.Check(bucket.records[slot] != 0, "an entry of no record")) return 0;
  }
  bucket.extra |= LoadLittle32(from) & PlanesOf(used);
  return used;
}

// Of layout 1, in which a bucket stood as in memory: its fields as little-endian bytes.
void LoadWholeBucket(SnapshotReader& in, Bucket& bucket) {
  in.Raw(&bucket, sizeof(bucket));
  if constexpr (std::endian::native == std::endian::big) {
    for (std::uint32_t& record : bucket.records) record = __builtin_bswap32(record);
    for (std::uint16_t& tag : bucket.tags) tag = __builtin_bswap16(tag);
    bucket.extra = __builtin_bswap32(bucket.extra);
  }
}

}  // namespace

void PairArray::Save(SnapshotWriter& out) const {
  out.U64(capacity_);
  out.U32(static_cast<std::uint32_t>(deep_bits_));
  const auto planes = static_cast<std::size_t>(deep_bits_);
  char buffer[kBufferBytes + 2 * kBucketBytes + kMostPlanes * kPlaneBytes];
  char* to = buffer;
  for (std::size_t pair = 0; pair < capacity_; ++pair) {
    const std::uint32_t low = SaveBucket((*this)[pair].half[0], to);
    const std::uint32_t used = low | SaveBucket((*this)[pair].half[1], to) << kSlots;
    for (std::size_t i = 0; used != 0 && i < planes; ++i, to += kPlaneBytes) {
      StoreLittle32(deep_[pair * planes + i] & used, to);
    }
    if (to < buffer + kBufferBytes && pair + 1 < capacity_) continue;
    out.Raw(buffer, static_cast<std::size_t>(to - buffer));
    to = buffer;
  }
}

bool PairArray::Load(SnapshotReader& in) {
  const std::uint64_t capacity = in.U64();
  const std::uint32_t deep_bits = in.U32();
  if (!in.Check(capacity < std::uint64_t{1} << 40 && deep_bits <= kMostPlanes,
                "a table out of bounds")) {
    return true;
  }
  if (!SetDeepBits(static_cast<int>(deep_bits))) return false;
  const bool whole = in.version() == 1;
  for (std::size_t pair = 0; pair < capacity && in.ok(); ++pair) {
    // Grown as it is read: a damaged capacity must not ask for more than is there.
    const std::size_t least = std::max(kSegmentPairs, 2 * capacity_);
    if (pair == capacity_ && !Grow(std::min<std::size_t>(capacity, least))) return false;
    if (whole) {
      for (Bucket& bucket : (*this)[pair].half) LoadWholeBucket(in, bucket);
    } else {
      LoadPair(pair, in);
    }
  }
  in.Check(capacity_ == capacity, "a table of a size that none has");
  if (whole) LoadPlanes(in);
  return true;
}

void PairArray::LoadPair(std::size_t pair, SnapshotReader& in) {
  const std::uint32_t low = LoadBucket(in, (*this)[pair].half[0]);
  const std::uint32_t used = low | LoadBucket(in, (*this)[pair].half[1]) << kSlots;
  if (used == 0) return;
  const auto planes = static_cast<std::size_t>(deep_bits_);
  for (std::size_t i = 0; i < planes; ++i) deep_[pair * planes + i] = in.U32() & used;
}

// Of layout 1, in which they stood behind all buckets.
void PairArray::LoadPlanes(SnapshotReader& in) {
  const std::size_t planes = capacity_ * static_cast<std::size_t>(deep_bits_);
  for (std::size_t plane = 0; plane < planes && in.ok(); ++plane) deep_[plane] = in.U32();
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
  // Read before the table is made: a damaged capacity must not ask for more than is there.
  std::vector<SpillNode> nodes;
  for (std::uint64_t i = 0; i < capacity && in.ok(); ++i) {
    SpillNode& node = nodes.emplace_back();
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
  if (!in.ok()) return true;
  if (capacity > 0 && !Rehash(static_cast<std::size_t>(capacity))) return false;
  std::copy(nodes.begin(), nodes.end(), nodes_);
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
  if (!in.Check(array_.capacity() >= (doubling_ ? 2 : 1) * pairs, "a table without its pairs") ||
      !in.Check(pairs == 0 || array_.deep_bits() == ShapeOf(key_bits_, pairs).deep_bits,
                "a table without its bits") ||
      !in.Check(room_ == 0 || (pairs > 0 && spill_.HasRoom(room_)), "a table without its room")) {
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
