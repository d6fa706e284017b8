#include "index/key_table.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace samestory::internal {
namespace {

// Entries of one key that stand in its buckets; more make it hot. A key with more then costs a
// node and a ring of its own, which pays from about this many entries on.
constexpr int kInlinePerKey = 8;

// Calls visit(slot) for every slot of a mask, lowest first.
template <typename Visit>
void ForEachSlot(std::uint32_t mask, Visit visit) {
  for (; mask != 0; mask &= mask - 1) visit(FirstSlot(mask));
}

}  // namespace

KeyTable::KeyTable(const KeyIndexOptions& options)
    : max_per_key_(std::clamp<std::size_t>(options.max_per_key, 2 * kInlinePerKey, 1024)),
      budget_(options.max_bytes),
      array_(budget_),
      spill_(max_per_key_ - kInlinePerKey, budget_) {}

std::uint32_t KeyTable::LiveMatches(const Home& home, int half) const {
  std::uint32_t mask = array_.Match(home.pair, half, home.fraction, *home.shape);
  if (mask == 0) return 0;
  return mask & ~FreeMask(array_[home.pair].half[half], horizon_);
}

KeyTable::Matches KeyTable::MatchesOf(std::uint64_t key, const Home& home) const {
  Matches matches;
  matches.home = LiveMatches(home, home.half);
  const std::uint32_t flags = array_[home.pair].half[home.half].extra;
  if ((flags & kOverflowFlag) != 0) matches.other = LiveMatches(home, 1 - home.half);
  if ((flags & kSpillFlag) != 0) matches.node = spill_.Find(key);
  return matches;
}

void KeyTable::Emit(const Home& home, const Matches& matches, std::size_t cap,
                    std::vector<std::uint32_t>& records) const {
  if ((matches.home | matches.other) == 0 && matches.node == nullptr) return;
  const auto begin = static_cast<std::ptrdiff_t>(records.size());
  const Pair& pair = array_[home.pair];
  ForEachSlot(matches.home,
              [&](int slot) { records.push_back(pair.half[home.half].records[slot] - 1); });
  ForEachSlot(matches.other,
              [&](int slot) { records.push_back(pair.half[1 - home.half].records[slot] - 1); });
  if (matches.node != nullptr) {
    spill_.ForEachRecord(*matches.node, [&](std::uint32_t stored) {
      if (stored > horizon_) records.push_back(stored - 1);
    });
  }
  if (!std::is_sorted(records.begin() + begin, records.end())) {
    std::sort(records.begin() + begin, records.end());
  }
  const std::size_t found = records.size() - static_cast<std::size_t>(begin);
  if (found <= cap) return;
  const auto oldest_end = begin + static_cast<std::ptrdiff_t>(cap / 4);
  records.erase(records.begin() + oldest_end,
                records.begin() + oldest_end + static_cast<std::ptrdiff_t>(found - cap));
}

void KeyTable::Find(std::uint64_t key, std::size_t cap,
                    std::vector<std::uint32_t>& records) const {
  if (pairs_ == 0) return;
  key = TruncateKey(key);
  const Home home = HomeOf(key);
  Emit(home, MatchesOf(key, home), cap, records);
}

void KeyTable::Insert(std::uint64_t key, std::uint32_t record) {
  key = TruncateKey(key);
  const Home home = HomeOf(key);
  InsertAt(key, home, MatchesOf(key, home), record + 1);
}

void KeyTable::FindInsert(std::uint64_t key, std::uint32_t record, std::size_t cap,
                          std::vector<std::uint32_t>& records) {
  key = TruncateKey(key);
  const Home home = HomeOf(key);
  const Matches matches = MatchesOf(key, home);
  Emit(home, matches, cap, records);
  InsertAt(key, home, matches, record + 1);
}

bool KeyTable::Holds(const Home& home, const Matches& matches, std::uint32_t stored) const {
  const Pair& pair = array_[home.pair];
  bool holds = matches.node != nullptr && SpillTable::Newest(*matches.node) == stored;
  const auto look = [&](int half) {
    return [&, half](int slot) { holds = holds || pair.half[half].records[slot] == stored; };
  };
  ForEachSlot(matches.home, look(home.half));
  ForEachSlot(matches.other, look(1 - home.half));
  return holds;
}

void KeyTable::InsertAt(std::uint64_t key, const Home& home, const Matches& matches,
                        std::uint32_t stored) {
  assert(room_ > 0);
  --room_;
  if (stored <= horizon_) return;
  if ((matches.home | matches.other) != 0 || matches.node != nullptr) {
    if (Holds(home, matches, stored)) return;
  }
  if (matches.node != nullptr) {
    // A key with a node goes on there, so that its newest records are in one place.
    spill_.Append(*spill_.Find(key), stored);
    return;
  }
  const std::uint32_t flags = array_[home.pair].half[home.half].extra;
  if (horizon_ > 0 && (flags & (kOverflowFlag | kSpillFlag)) != 0) ClearStaleFlags(home);
  const bool hot = std::popcount(matches.home) + std::popcount(matches.other) >= kInlinePerKey;
  if (!hot && Place(home, stored)) return;
  spill_.Add(key, stored, hot);
  array_[home.pair].half[home.half].extra |= kSpillFlag;
}

bool KeyTable::Place(const Home& home, std::uint32_t stored) {
  if (PlaceInHalf(home, home.half, stored)) return true;
  if (!PlaceInHalf(home, 1 - home.half, stored)) return false;
  array_[home.pair].half[home.half].extra |= kOverflowFlag;
  return true;
}

// Takes the lowest slot that is empty or expired, and empties the other expired ones.
bool KeyTable::PlaceInHalf(const Home& home, int half, std::uint32_t stored) {
  Bucket& bucket = array_[home.pair].half[half];
  const std::uint32_t free = FreeMask(bucket, horizon_);
  if (free == 0) return false;
  if (horizon_ > 0) {
    const std::uint32_t expired = free & ~FreeMask(bucket, 0);
    ForEachSlot(expired, [&](int slot) { bucket.records[slot] = 0; });
    used_ -= static_cast<std::size_t>(std::popcount(expired));
  }
  array_.Put(home.pair, half, FirstSlot(free), home.fraction, stored);
  ++used_;
  return true;
}

// Flags are never too few; entries that expire leave them behind until the next insert here.
void KeyTable::ClearStaleFlags(const Home& home) {
  Pair& pair = array_[home.pair];
  Bucket& bucket = pair.half[home.half];
  if ((bucket.extra & kOverflowFlag) != 0) {
    const Bucket& other = pair.half[1 - home.half];
    bool guests = false;
    ForEachSlot(~FreeMask(other, horizon_) & kAllSlots,
                [&](int slot) { guests = guests || other.tags[slot] >> 15 == home.half; });
    if (!guests) bucket.extra &= ~kOverflowFlag;
  }
  if ((bucket.extra & kSpillFlag) != 0) {
    const std::size_t buckets = (home.shape == &shape_ ? 2 : 4) * pairs_;
    const std::size_t number = 2 * home.pair + static_cast<std::size_t>(home.half);
    bool spilled = false;
    spill_.ForEachIn(FirstKeyOf(number, buckets), FirstKeyOf(number + 1, buckets),
                     [&](const SpillNode&) { spilled = true; });
    if (!spilled) bucket.extra &= ~kSpillFlag;
  }
}

void KeyTable::Expire(std::uint32_t horizon) { horizon_ = std::max(horizon_, horizon); }

std::size_t KeyTable::MemoryBytes() const {
  return sizeof(*this) + budget_.used() + array_.OverheadBytes() + spill_.OverheadBytes();
}

KeyIndexStats KeyTable::stats() const {
  return {.entries = used_ + spill_.size(),
          .hot_keys = spill_.hot_keys(),
          .spilled = spill_.size() - spill_.hot_keys(),
          .buckets = (doubling_ ? 4 : 2) * pairs_};
}

}  // namespace samestory::internal
