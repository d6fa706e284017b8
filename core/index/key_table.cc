#include "index/key_table.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace samestory::internal {
namespace {

// Entries of one key that stand in its buckets; more make it hot. A key with more then costs a
// node and a ring of its own, which pays from about this many entries on.
constexpr std::size_t kInlinePerKey = 8;

// Puts the records from `begin` on in order, and leaves `cap` of them.
void SortAndCap(std::vector<std::uint32_t>& records, std::size_t begin, std::size_t cap) {
  const auto first = records.begin() + static_cast<std::ptrdiff_t>(begin);
  if (!std::is_sorted(first, records.end())) std::sort(first, records.end());
  const std::size_t found = records.size() - begin;
  if (found <= cap) return;
  const auto dropped = first + static_cast<std::ptrdiff_t>(cap / 4);
  records.erase(dropped, dropped + static_cast<std::ptrdiff_t>(found - cap));
}

}  // namespace

KeyTable::KeyTable(const KeyIndexOptions& options)
    : budget_(options.max_bytes),
      array_(budget_),
      spill_(std::clamp<std::size_t>(options.max_per_key, 2 * kInlinePerKey, 1024) - kInlinePerKey,
             budget_) {
  SetKeyBits(std::clamp(options.key_bits, kLeastKeyBits, kMostKeyBits));
}

void KeyTable::SetKeyBits(int bits) {
  key_bits_ = bits;
  key_mask_ = ~std::uint64_t{0} << (64 - bits);
}

// Calls visit(stored) for every live entry of the key in one half of its pair.
template <typename Visit>
[[gnu::always_inline]] inline void KeyTable::ForEachInHalf(const Home& home, int half,
                                                           Visit visit) const {
  const Bucket& bucket = home.pair.half[half];
  std::uint32_t mask = array_.Match(bucket, home.index, half, home.fraction, home.shape);
  for (; mask != 0; mask &= mask - 1) {
    const std::uint32_t stored = bucket.records[std::countr_zero(mask)];
    if (stored > horizon_) visit(stored);
  }
}

// Calls visit(stored) for every live entry of the key and returns its node in the spill table.
template <typename Visit>
[[gnu::always_inline]] inline const SpillNode* KeyTable::ForEachEntry(std::uint64_t key,
                                                                      const Home& home,
                                                                      Visit visit) const {
  ForEachInHalf(home, home.half, visit);
  const std::uint32_t flags = home.bucket().extra & (kOverflowFlag | kSpillFlag);
  if (flags == 0) [[likely]]
    return nullptr;
  if ((flags & kOverflowFlag) != 0) ForEachInHalf(home, 1 - home.half, visit);
  if ((flags & kSpillFlag) == 0) return nullptr;
  const SpillNode* const node = spill_.Find(key);
  if (node != nullptr) {
    spill_.ForEachRecord(*node, [&](std::uint32_t stored) {
      if (stored > horizon_) visit(stored);
    });
  }
  return node;
}

void KeyTable::Find(std::uint64_t key, std::size_t cap, std::vector<std::uint32_t>& records) const {
  if (pairs_ == 0) return;
  key = Truncated(key);
  const std::size_t begin = records.size();
  ForEachEntry(key, HomeOf(key), [&](std::uint32_t stored) {
    if (stored <= hidden_from_) records.push_back(stored - 1);
  });
  if (records.size() - begin > std::min<std::size_t>(cap, 1)) SortAndCap(records, begin, cap);
}

// Of a truncated key, before `stored` is inserted under it.
[[gnu::always_inline]] inline KeyTable::Under KeyTable::LookUnder(std::uint64_t key,
                                                                  const Home& home,
                                                                  std::uint32_t stored) const {
  Under under;
  under.node = ForEachEntry(key, home, [&](std::uint32_t entry) {
    ++under.entries;
    under.known = under.known || entry == stored;
  });
  return under;
}

void KeyTable::Insert(std::uint64_t key, std::uint32_t record) {
  key = Truncated(key);
  const Home home = HomeOf(key);
  InsertNew(key, home, LookUnder(key, home, record + 1), record + 1);
}

bool KeyTable::Holds(std::uint64_t key, std::uint32_t record) const {
  if (pairs_ == 0) return false;
  key = Truncated(key);
  return LookUnder(key, HomeOf(key), record + 1).known;
}

bool KeyTable::InsertHidden(std::uint64_t key, std::uint32_t record) {
  assert(record >= hidden_from_);
  key = Truncated(key);
  const Home home = HomeOf(key);
  const Under under = LookUnder(key, home, record + 1);
  if (!under.known && (under.node != nullptr || under.entries >= kInlinePerKey)) return false;
  InsertNew(key, home, under, record + 1);
  return true;
}

void KeyTable::FindInsert(std::uint64_t key, std::uint32_t record, std::size_t cap,
                          std::vector<std::uint32_t>& records) {
  key = Truncated(key);
  const Home home = HomeOf(key);
  const std::size_t begin = records.size();
  bool known = false;
  const SpillNode* const node = ForEachEntry(key, home, [&](std::uint32_t stored) {
    records.push_back(stored - 1);
    known = known || stored == record + 1;
  });
  InsertNew(key, home, {records.size() - begin, known, node}, record + 1);
  if (records.size() - begin > std::min<std::size_t>(cap, 1)) SortAndCap(records, begin, cap);
}

// Takes the lowest slot that is empty or expired, and empties the other expired ones.
[[gnu::always_inline]] inline bool KeyTable::PlaceInHalf(const Home& home, int half,
                                                         std::uint32_t stored) {
  Bucket& bucket = home.pair.half[half];
  const std::uint64_t free = FreeMask(bucket, horizon_);
  if (free == 0) return false;
  if (horizon_ > 0) EmptyExpired(bucket);
  array_.Put(bucket, home.index, half, SlotOfFreeMask(free), home.fraction, stored);
  ++used_;
  return true;
}

bool KeyTable::Place(const Home& home, std::uint32_t stored) {
  return PlaceInHalf(home, home.half, stored) || PlaceInOther(home, stored);
}

bool KeyTable::PlaceInOther(const Home& home, std::uint32_t stored) {
  if (!PlaceInHalf(home, 1 - home.half, stored)) return false;
  home.bucket().extra |= kOverflowFlag;
  return true;
}

[[gnu::always_inline]] inline void KeyTable::InsertNew(std::uint64_t key, const Home& home,
                                                       const Under& under, std::uint32_t stored) {
  assert(room_ > 0);
  --room_;
  if (under.known || stored <= horizon_) return;
  if (under.node != nullptr) {
    // A key with a node goes on there, so that its newest records are in one place.
    spill_.Append(*spill_.Find(key), stored);
    return;
  }
  const std::uint32_t flags = home.bucket().extra & (kOverflowFlag | kSpillFlag);
  if (flags != 0 && horizon_ > 0) ClearStaleFlags(home);
  const bool hot = under.entries >= kInlinePerKey;
  if (!hot && (PlaceInHalf(home, home.half, stored) || PlaceInOther(home, stored))) return;
  spill_.Add(key, stored, hot);
  home.bucket().extra |= kSpillFlag;
}

void KeyTable::EmptyExpired(Bucket& bucket) {
  for (std::uint32_t& stored : bucket.records) {
    const bool expired = stored != 0 && stored <= horizon_;
    used_ -= expired;
    stored = expired ? 0 : stored;
  }
}

// Flags are never too few; entries that expire leave them behind until the next insert here.
void KeyTable::ClearStaleFlags(const Home& home) {
  Bucket& bucket = home.bucket();
  if ((bucket.extra & kOverflowFlag) != 0) {
    const Bucket& other = home.pair.half[1 - home.half];
    bool guests = false;
    for (int slot = 0; slot < kSlots; ++slot) {
      guests = guests || (other.records[slot] > horizon_ && other.tags[slot] >> 15 == home.half);
    }
    if (!guests) bucket.extra &= ~kOverflowFlag;
  }
  if ((bucket.extra & kSpillFlag) != 0) {
    const std::size_t buckets = (&home.shape == &shape_ ? 2 : 4) * pairs_;
    const std::size_t number = 2 * home.index + static_cast<std::size_t>(home.half);
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
