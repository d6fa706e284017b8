#include <algorithm>
#include <array>
#include <cstring>

#include "index/key_table.h"

namespace samestory::internal {
namespace {

constexpr std::size_t kPairSlots = 2 * kSlots;
constexpr std::size_t kFirstPairs = 4;
constexpr std::size_t kMostEntries = std::size_t{1} << 48;

// Share of the slots in use at which a table grows, and at which Reserve sizes it.
constexpr double kMaxLoad = 0.70;
constexpr double kReservedLoad = 0.65;

// Pairs moved for each insert while the table doubles: a sweep ends when the load has risen by
// .025.
constexpr std::size_t kSweepPerInsert = 2;

// Pairs fetched ahead of the sweep.
constexpr std::size_t kSweepAhead = 6;

}  // namespace

std::size_t KeyTable::MaxEntries() const {
  return static_cast<std::size_t>(kMaxLoad * static_cast<double>(pairs_ * kPairSlots));
}

// An entry's tag must say which half of which pair is its home after the next doubling.
std::size_t KeyTable::MaxPairs() const { return std::size_t{1} << std::min(key_bits_ - 2, 48); }

bool KeyTable::Reserve(std::size_t entries) {
  if (entries == 0) return true;
  if (entries > kMostEntries) return false;
  const double pairs = static_cast<double>(entries) / (kReservedLoad * kPairSlots);
  const std::size_t wanted = std::max(kFirstPairs, static_cast<std::size_t>(pairs) + 1);
  if (pairs_ == 0) return Start(wanted);
  while (doubling_ || pairs_ < wanted) {
    if (!doubling_ && !StartDoubling()) return false;
    Sweep(frontier_);
  }
  return true;
}

bool KeyTable::EnsureRoom(std::size_t count) {
  if (count <= room_) return true;
  if (pairs_ == 0) {
    if (!Start(kFirstPairs)) return false;
  } else if (!doubling_ && used_ + count > MaxEntries()) {
    if (!StartDoubling()) return false;
  }
  if (!spill_.EnsureRoom(count, horizon_)) return false;
  if (doubling_) Sweep(std::min(frontier_, count * kSweepPerInsert));
  room_ = count;
  return true;
}

bool KeyTable::Start(std::size_t pairs) {
  if (pairs > MaxPairs()) return false;
  shape_ = ShapeOf(key_bits_, pairs);
  if (!array_.SetDeepBits(shape_.deep_bits) || !array_.Grow(pairs)) {
    array_.Clear();
    return false;
  }
  pairs_ = frontier_ = pairs;
  return true;
}

bool KeyTable::StartDoubling() {
  if (pairs_ > MaxPairs() / 2 || !array_.Grow(2 * pairs_)) return false;
  doubled_shape_ = ShapeOf(key_bits_, 2 * pairs_);
  doubling_ = true;
  return true;
}

void KeyTable::Sweep(std::size_t pairs) {
  for (; pairs > 0; --pairs) {
    if (frontier_ > kSweepAhead) {
      array_.PrefetchPair(frontier_ - kSweepAhead);
      array_.PrefetchPair(2 * (frontier_ - kSweepAhead));
      array_.PrefetchPair(2 * (frontier_ - kSweepAhead) + 1);
    }
    MoveLastPair();
  }
  if (frontier_ > 0) return;
  pairs_ *= 2;
  frontier_ = pairs_;
  doubling_ = false;
  shape_ = doubled_shape_;
  array_.SetDeepBits(shape_.deep_bits);
}

// Moves the pair below the frontier to the two that it becomes, which are empty: their former
// contents moved before. So the halves fill up from their first slot, and there is room for all,
// as each of the two pairs gets at most what one held.
void KeyTable::MoveLastPair() {
  const std::size_t from = frontier_ - 1;
  std::array<Entry, kPairSlots> entries;
  const std::size_t count = TakeEntries(from, entries);
  Pair& pair = array_[from];
  const bool spilled = ((pair.half[0].extra | pair.half[1].extra) & kSpillFlag) != 0;
  std::memset(static_cast<void*>(&pair), 0, sizeof pair);
  frontier_ = from;
  int filled[2][2] = {};  // slots of the halves of both pairs
  std::size_t left_over = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t side = entries[i].fraction >> 63;
    const std::uint64_t fraction = entries[i].fraction << 1;
    const int half = HomeHalf(fraction);
    int& slot = filled[side][half];
    if (slot == kSlots) {
      entries[left_over++] = entries[i];
      continue;
    }
    const std::size_t to = 2 * from + side;
    array_.Put(array_[to].half[half], to, half, slot++, fraction, entries[i].stored);
    ++used_;
  }
  for (std::size_t i = 0; i < left_over; ++i) {
    const std::uint64_t to = 2 * from + (entries[i].fraction >> 63);
    Place(HomeAt({to, entries[i].fraction << 1}, doubled_shape_), entries[i].stored);
  }
  if (spilled) ReturnSpilled(FirstKeyOf(from, pairs_), FirstKeyOf(from + 1, pairs_));
}

// Copies the live entries of a pair and counts all its entries as gone.
std::size_t KeyTable::TakeEntries(std::size_t from, std::span<Entry> entries) {
  std::size_t count = 0;
  for (int half = 0; half < 2; ++half) {
    const Bucket& bucket = array_[from].half[half];
    for (int slot = 0; slot < kSlots; ++slot) {
      const std::uint32_t stored = bucket.records[slot];
      used_ -= stored != 0;
      if (stored <= horizon_) continue;
      entries[count++] = {array_.FractionOf(bucket, from, half, slot), stored};
    }
  }
  return count;
}

// Gives single spilled records of a stretch that has moved another chance in their new buckets;
// what stays in the spill table is flagged there.
void KeyTable::ReturnSpilled(std::uint64_t low, std::uint64_t high) {
  std::array<std::uint64_t, kPairSlots> singles;
  std::size_t count = 0;
  spill_.ForEachIn(low, high, [&](const SpillNode& node) {
    const bool single = node.hot == 0 && node.in_ring == 0;
    if (single && count < singles.size()) singles[count++] = node.key;
  });
  for (std::size_t i = 0; i < count; ++i) {
    SpillNode& node = *spill_.Find(singles[i]);
    if (Place(HomeOf(node.key), node.value)) spill_.Erase(node);
  }
  spill_.ForEachIn(low, high,
                   [&](const SpillNode& node) { HomeOf(node.key).bucket().extra |= kSpillFlag; });
}

}  // namespace samestory::internal
