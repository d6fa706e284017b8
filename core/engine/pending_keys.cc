#include "engine/pending_keys.h"

#include <algorithm>

namespace samestory {
namespace {

// Tags are the upper half of a key that was mixed well; the place is their lower bits.
std::uint32_t Tag(std::uint64_t key) { return static_cast<std::uint32_t>(key >> 32); }

}  // namespace

void PendingKeys::Put(std::vector<Slot>& slots, std::uint32_t tag, ItemNumber item) {
  std::size_t at = tag & (slots.size() - 1);
  while (slots[at].round == round_) at = (at + 1) & (slots.size() - 1);
  slots[at] = {tag, item, round_};
}

void PendingKeys::Add(std::uint64_t key, ItemNumber item) {
  if (2 * (order_.size() + 1) > slots_.size()) Grow();
  order_.emplace_back(Tag(key), item);
  Put(slots_, Tag(key), item);
}

void PendingKeys::Grow() {
  std::vector<Slot> larger(2 * slots_.size());
  for (const auto& [tag, item] : order_) Put(larger, tag, item);
  slots_ = std::move(larger);
}

void PendingKeys::Find(std::uint64_t key, std::vector<ItemNumber>& items) const {
  const std::uint32_t tag = Tag(key);
  for (std::size_t at = tag & (slots_.size() - 1); slots_[at].round == round_;
       at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].tag == tag) items.push_back(slots_[at].item);
  }
}

void PendingKeys::Clear() {
  if (order_.empty()) return;
  order_.clear();
  if (++round_ > 0) return;
  std::fill(slots_.begin(), slots_.end(), Slot{});
  round_ = 1;
}

}  // namespace samestory
