#include "index/spill_table.h"

#include <cassert>
#include <cstdlib>

namespace samestory::internal {
namespace {

constexpr std::size_t kFirstCapacity = 64;

// Nodes in use at most, for short probes.
std::size_t MaxSize(std::size_t capacity) { return capacity / 8 * 5; }

}  // namespace

SpillTable::SpillTable(std::size_t ring_size, MemoryBudget& budget)
    : budget_(budget), ring_size_(ring_size) {
  assert(ring_size >= 2);
}

SpillTable::~SpillTable() {
  std::free(nodes_);
  for (std::uint32_t* slab : slabs_) std::free(slab);
}

const SpillNode* SpillTable::Find(std::uint64_t key) const {
  if (size_ == 0) return nullptr;
  for (std::size_t i = HomeOf(key); nodes_[i].size != 0; i = Next(i)) {
    if (nodes_[i].key == key) return &nodes_[i];
  }
  return nullptr;
}

void SpillTable::Add(std::uint64_t key, std::uint32_t stored, bool hot) {
  assert(size_ < MaxSize(capacity_));
  Place({.key = key, .value = stored, .size = 1, .hot = hot});
  ++size_;
  hot_keys_ += hot;
}

void SpillTable::Append(SpillNode& node, std::uint32_t stored) {
  if (node.in_ring == 0) {
    assert(!free_rings_.empty());
    const std::uint32_t ring = free_rings_.back();
    free_rings_.pop_back();
    Ring(ring)[0] = node.value;
    node.value = ring;
    node.in_ring = 1;
    node.newest = 0;
  }
  node.newest = static_cast<std::uint32_t>(NextInRing(node.newest)) & 0x7ff;
  Ring(node.value)[node.newest] = stored;
  if (node.size < ring_size_) ++node.size;
}

void SpillTable::Erase(SpillNode& node) {
  if (node.in_ring != 0) free_rings_.push_back(node.value);
  hot_keys_ -= node.hot;
  --size_;
  // Moves later nodes of the same run into the gap, where that is not before their home.
  auto gap = static_cast<std::size_t>(&node - nodes_);
  for (std::size_t i = Next(gap); nodes_[i].size != 0; i = Next(i)) {
    const std::size_t home = HomeOf(nodes_[i].key);
    const bool home_after_gap = gap <= i ? gap < home && home <= i : gap < home || home <= i;
    if (home_after_gap) continue;
    nodes_[gap] = nodes_[i];
    gap = i;
  }
  nodes_[gap] = SpillNode{};
}

bool SpillTable::HasRoom(std::size_t count) const {
  return count <= free_rings_.size() && size_ + count <= MaxSize(capacity_);
}

bool SpillTable::EnsureRoom(std::size_t count, std::uint32_t horizon) {
  while (free_rings_.size() < count) {
    if (!AddSlab()) return false;
  }
  if (HasRoom(count)) return true;
  if (horizon > 0) EraseDead(horizon);
  // Not to come back here at once, a table that stays nearly full grows as well.
  if (size_ + count <= MaxSize(capacity_) / 4 * 3) return true;
  std::size_t capacity = capacity_ == 0 ? kFirstCapacity : 2 * capacity_;
  while (MaxSize(capacity) < size_ + count) capacity *= 2;
  return Rehash(capacity) || size_ + count <= MaxSize(capacity_);
}

bool SpillTable::Dead(const SpillNode& node, std::uint32_t horizon) const {
  bool dead = true;
  ForEachRecord(node, [&](std::uint32_t stored) { dead = dead && stored <= horizon; });
  return dead;
}

void SpillTable::EraseDead(std::uint32_t horizon) {
  for (std::size_t i = 0; i < capacity_;) {
    if (nodes_[i].size != 0 && Dead(nodes_[i], horizon)) {
      Erase(nodes_[i]);  // what moved here is looked at next
    } else {
      ++i;
    }
  }
}

bool SpillTable::Rehash(std::size_t capacity) {
  const std::size_t bytes = capacity * sizeof(SpillNode);
  if (!budget_.Take(bytes)) return false;
  auto* const nodes = static_cast<SpillNode*>(std::calloc(capacity, sizeof(SpillNode)));
  if (nodes == nullptr) {
    budget_.Give(bytes);
    return false;
  }
  SpillNode* const old = std::exchange(nodes_, nodes);
  const std::size_t old_capacity = std::exchange(capacity_, capacity);
  for (std::size_t i = 0; i < old_capacity; ++i) {
    if (old[i].size != 0) Place(old[i]);
  }
  std::free(old);
  budget_.Give(old_capacity * sizeof(SpillNode));
  return true;
}

void SpillTable::Place(const SpillNode& node) {
  std::size_t i = HomeOf(node.key);
  while (nodes_[i].size != 0) i = Next(i);
  nodes_[i] = node;
}

bool SpillTable::AddSlab() {
  const std::size_t rings = (slabs_.size() + 1) * kSlabRings;
  if (slabs_.size() == slabs_.capacity()) slabs_.reserve(2 * slabs_.size() + 1);
  if (free_rings_.capacity() < rings) free_rings_.reserve(2 * rings);
  const std::size_t bytes = kSlabRings * ring_size_ * sizeof(std::uint32_t);
  if (!budget_.Take(bytes)) return false;
  // Zeroed, so that equal tables are saved as equal bytes.
  auto* const slab =
      static_cast<std::uint32_t*>(std::calloc(kSlabRings * ring_size_, sizeof(std::uint32_t)));
  if (slab == nullptr) {
    budget_.Give(bytes);
    return false;
  }
  for (std::size_t i = 0; i < kSlabRings; ++i) {
    free_rings_.push_back(static_cast<std::uint32_t>(slabs_.size() * kSlabRings + i));
  }
  slabs_.push_back(slab);
  return true;
}

}  // namespace samestory::internal
