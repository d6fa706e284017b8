#ifndef SAMESTORY_ENGINE_TALLY_H_
#define SAMESTORY_ENGINE_TALLY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "story/story_book.h"

namespace samestory {

/// Counts how often items are named: an item that shares more keys is the likelier
/// candidate. A buffer to be used again.
class Tally {
 public:
  void Add(ItemNumber item);

  /// Replaces `items` by the `most` that were named most often, then in order of
  /// number; the tally is then empty.
  void TakeMostNamed(std::size_t most, std::vector<ItemNumber>& items);

 private:
  struct Slot {
    ItemNumber item = 0;
    std::uint32_t round = 0;  // used where it is the running one
    std::uint32_t place = 0;  // in ranked_
  };
  Slot& Find(ItemNumber item);
  void Grow();

  std::vector<Slot> slots_ = std::vector<Slot>(512);
  std::uint32_t round_ = 1;
  std::vector<std::uint64_t> ranked_;  // ~count, item: in ascending order the likeliest first
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_TALLY_H_
