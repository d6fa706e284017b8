#include "engine/shared_keys.h"

#include <algorithm>
#include <bit>

#include "base/prefetch.h"

namespace samestory {
namespace {

constexpr std::size_t kSlotsPerWord = 32;
constexpr std::size_t kSlotsPerKey = 4;

// Bits of a key that the index compares are its upper ones: what is equal in these must share a
// slot. Only these are looked at.
constexpr int kComparedBits = kJudgeKeyBits;

constexpr std::uint64_t kMultiplier = 0x9e3779b97f4a7c15;  // 2^64 by the golden ratio

}  // namespace

SharedKeys::SharedKeys(std::size_t keys) {
  const std::size_t slots = std::bit_ceil(std::max(keys, kSlotsPerWord) * kSlotsPerKey);
  shift_ = 64 - std::countr_zero(slots);
  words_.resize(slots / kSlotsPerWord);
}

SharedKeys::Slot SharedKeys::SlotOf(std::uint64_t key) const {
  const std::uint64_t slot = (key >> (64 - kComparedBits)) * kMultiplier >> shift_;
  const std::uint64_t once = std::uint64_t{1} << (2 * (slot % kSlotsPerWord));
  return {slot / kSlotsPerWord, once, once << 1};
}

void SharedKeys::Add(std::span<const std::uint64_t> keys) {
  std::size_t shared = 0;
  for (const std::uint64_t key : keys) PrefetchToWrite(&words_[SlotOf(key).word]);
  for (const std::uint64_t key : keys) {
    const Slot slot = SlotOf(key);
    const std::atomic_ref<std::uint64_t> word(words_[slot.word]);
    if ((word.load(std::memory_order_relaxed) & slot.twice) != 0) {
      ++shared;
    } else if ((word.fetch_or(slot.once, std::memory_order_relaxed) & slot.once) != 0) {
      // The first that says so counts the first of all as well.
      shared += (word.fetch_or(slot.twice, std::memory_order_relaxed) & slot.twice) != 0 ? 1 : 2;
    }
  }
  num_shared_.fetch_add(shared, std::memory_order_relaxed);
}

void SharedKeys::KeepShared(std::vector<std::uint64_t>& keys) const {
  for (const std::uint64_t key : keys) PrefetchToRead(&words_[SlotOf(key).word]);
  std::erase_if(keys, [this](std::uint64_t key) { return !IsShared(key); });
}

}  // namespace samestory
