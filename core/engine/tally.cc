#include "engine/tally.h"

#include <algorithm>
#include <utility>

namespace samestory {
namespace {

constexpr std::uint64_t kOne = std::uint64_t{1} << 32;

}  // namespace

Tally::Slot& Tally::Find(ItemNumber item) {
  std::size_t at = (item * 0x9e3779b1U >> 12) & (slots_.size() - 1);
  while (slots_[at].round == round_ && slots_[at].item != item) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

void Tally::Add(ItemNumber item) {
  if (2 * (ranked_.size() + 1) > slots_.size()) Grow();
  Slot& slot = Find(item);
  if (slot.round == round_) {
    ranked_[slot.place] -= kOne;
    return;
  }
  slot = {item, round_, static_cast<std::uint32_t>(ranked_.size())};
  ranked_.push_back((0xffffffff * kOne | item) - kOne);
}

void Tally::Grow() {
  slots_.assign(2 * slots_.size(), Slot{});
  round_ = 1;
  for (std::size_t i = 0; i < ranked_.size(); ++i) {
    const auto item = static_cast<ItemNumber>(ranked_[i]);
    Find(item) = {item, round_, static_cast<std::uint32_t>(i)};
  }
}

void Tally::TakeMostNamed(std::size_t most, std::vector<ItemNumber>& items) {
  const auto kept = static_cast<std::ptrdiff_t>(std::min(most, ranked_.size()));
  const auto last = ranked_.begin() + kept;
  if (last != ranked_.end()) std::nth_element(ranked_.begin(), last, ranked_.end());
  std::sort(ranked_.begin(), last);
  items.assign(ranked_.begin(), last);
  ranked_.clear();
  if (++round_ > 0) return;
  slots_.assign(slots_.size(), Slot{});
  round_ = 1;
}

}  // namespace samestory
