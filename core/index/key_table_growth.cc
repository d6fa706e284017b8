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
constexpr double kMaxLoad = 0.72;
constexpr double kReservedLoad = 0.65;

// The next size: small tables double, large ones grow by a quarter, so that a table of any size
// holds near to its load.
constexpr std::size_t kSmallPairs = kHugePage / sizeof(Pair);
std::size_t NextSize(std::size_t pairs) {
  return pairs < kSmallPairs ? 2 * pairs : pairs + pairs / 4;
}

}  // namespace

std::size_t KeyTable::MaxEntries() const {
  return static_cast<std::size_t>(kMaxLoad * static_cast<double>(pairs_ * kPairSlots));
}

bool KeyTable::Reserve(std::size_t entries) {
  if (entries > kMostEntries) return false;
  const double pairs = static_cast<double>(entries) / (kReservedLoad * kPairSlots);
  const std::size_t wanted = std::max(kFirstPairs, static_cast<std::size_t>(pairs) + 1);
  if (!FinishSweep()) return false;
  return wanted <= pairs_ || (StartGrowth(wanted) && FinishSweep());
}

bool KeyTable::FinishSweep() {
  constexpr std::size_t kSteps = 64;
  while (next_pairs_ != pairs_) {
    const std::size_t steps = std::min(kSteps, frontier_);
    if (!spill_.EnsureRoom(room_ + steps * kPairSlots, horizon_)) return false;
    Sweep(steps);
  }
  return true;
}

bool KeyTable::EnsureRoom(std::size_t count) {
  if (count <= room_) return true;
  const bool growing = next_pairs_ != pairs_;
  if (!growing && used_ + count > MaxEntries()) {
    if (!StartGrowth(pairs_ == 0 ? kFirstPairs : NextSize(pairs_))) return false;
  }
  // One pair an insert: a sweep ends when the load has risen by .05.
  const std::size_t steps = next_pairs_ == pairs_ ? 0 : std::min(count, frontier_);
  if (!spill_.EnsureRoom(count + steps * kPairSlots, horizon_)) return false;
  Sweep(steps);
  room_ = count;
  return true;
}

bool KeyTable::StartGrowth(std::size_t pairs) {
  if (pairs_ == 0 && !array_.SetDeepBits(DeepBits(pairs))) return false;
  if (!array_.Grow(pairs)) return false;
  next_pairs_ = std::max(pairs, array_.capacity());  // whole segments
  frontier_ = pairs_;
  if (pairs_ == 0) FinishGrowth();
  return true;
}

void KeyTable::FinishGrowth() {
  pairs_ = frontier_ = next_pairs_;
  array_.SetDeepBits(DeepBits(pairs_));
}

void KeyTable::Sweep(std::size_t pairs) {
  if (next_pairs_ == pairs_) return;
  for (; pairs > 0; --pairs) MoveLastPair();
  if (frontier_ == 0) FinishGrowth();
}

void KeyTable::MoveLastPair() {
  struct Entry {
    std::uint64_t key;
    std::uint32_t stored;
  };
  std::array<Entry, kPairSlots> entries;
  std::size_t count = 0;
  const std::size_t from = frontier_ - 1;
  Pair& pair = array_[from];
  const KeyRestorer restore(from, pairs_);
  for (int half = 0; half < 2; ++half) {
    const Bucket& bucket = pair.half[half];
    for (int slot = 0; slot < kSlots; ++slot) {
      const std::uint32_t stored = bucket.records[slot];
      used_ -= stored != 0;
      if (stored > horizon_) {
        entries[count++] = {restore(array_.FractionOf(from, half, slot)), stored};
      }
    }
  }
  const bool spilled = ((pair.half[0].extra | pair.half[1].extra) & kSpillFlag) != 0;
  std::memset(static_cast<void*>(&pair), 0, sizeof pair);
  frontier_ = from;
  if (spilled) ReturnSpilled(FirstKeyOf(from, pairs_), FirstKeyOf(from + 1, pairs_));
  for (std::size_t i = 0; i < count; ++i) {
    const Home home = HomeOf(entries[i].key);
    if (!Place(home, entries[i].stored)) Spill(entries[i].key, home, entries[i].stored);
  }
}

// Gives the keys of a stretch that has moved another chance in their new buckets; those that stay
// in the spill table are flagged there.
void KeyTable::ReturnSpilled(std::uint64_t low, std::uint64_t high) {
  returning_.clear();
  spill_.ForEachIn(low, high, [&](const SpillNode& node) { returning_.push_back(node.key); });
  for (const std::uint64_t key : returning_) {
    SpillNode& node = *spill_.Find(key);
    const Home home = HomeOf(key);
    if (!node.hot && node.ring == nullptr && Place(home, node.only)) {
      spill_.Erase(node);
    } else {
      array_[home.pair].half[home.half].extra |= kSpillFlag;
    }
  }
}

}  // namespace samestory::internal
