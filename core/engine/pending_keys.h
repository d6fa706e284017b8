#ifndef SAMESTORY_ENGINE_PENDING_KEYS_H_
#define SAMESTORY_ENGINE_PENDING_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "story/story_book.h"

namespace samestory {

/// Keys of the few items of the running epoch, which the main indexes do not yet
/// hold: a small table that stays in the cache and is emptied as a whole.
class PendingKeys {
 public:
  PendingKeys() : slots_(kSlots) {}

  /// Remembers `item` under `key`, which must be a hash.
  void Add(std::uint64_t key, ItemNumber item);

  /// Appends every item under `key`, in the order in which they were added.
  void Find(std::uint64_t key, std::vector<ItemNumber>& items) const;

  void Clear();

 private:
  static constexpr std::size_t kSlots = 1 << 11;  // grown where an epoch has more keys
  struct Slot {
    std::uint32_t tag = 0;  // upper half of the key
    ItemNumber item = 0;
    std::uint32_t round = 0;  // used where it is the running one
  };

  void Grow();
  void Put(std::vector<Slot>& slots, std::uint32_t tag, ItemNumber item);

  std::vector<Slot> slots_;
  std::uint32_t round_ = 1;
  std::vector<std::pair<std::uint32_t, ItemNumber>> order_;  // for Grow
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_PENDING_KEYS_H_
