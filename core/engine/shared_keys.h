#ifndef SAMESTORY_ENGINE_SHARED_KEYS_H_
#define SAMESTORY_ENGINE_SHARED_KEYS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace samestory {

/// Bits of the judge's keys that are compared. Two keys that differ are taken for one with
/// probability 2^-32, which costs a comparison and nothing else; in return a table of more than
/// some 100,000 keys has all bits of an entry in the entry's cache line.
inline constexpr int kJudgeKeyBits = 32;

/// Which of the keys of a batch run two records have: a key that one alone has leads
/// nowhere, and need not be stored. Two bits a slot, four slots a key: 1 byte a key. A
/// key may count as shared that is not (one in five of those), never the other way round.
class SharedKeys {
 public:
  /// Sized for `keys` in all.
  explicit SharedKeys(std::size_t keys);

  /// Counts the keys of one record. Calls may run side by side.
  void Add(std::span<const std::uint64_t> keys);

  /// Whether another record may have the key. All must have been added.
  bool IsShared(std::uint64_t key) const {
    const Slot slot = SlotOf(key);
    return (words_[slot.word] & slot.twice) != 0;
  }

  /// Takes those out that no other record has. All must have been added.
  void KeepShared(std::vector<std::uint64_t>& keys) const;

  /// How many keys KeepShared leaves of all that were added.
  std::size_t num_shared() const { return num_shared_.load(std::memory_order_relaxed); }

  std::size_t MemoryBytes() const { return words_.capacity() * sizeof(words_[0]); }

 private:
  struct Slot {
    std::size_t word;
    std::uint64_t once, twice;  // its two bits
  };
  Slot SlotOf(std::uint64_t key) const;

  int shift_;  // of a hash to a slot
  std::vector<std::uint64_t> words_;
  std::atomic<std::size_t> num_shared_{0};
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_SHARED_KEYS_H_
