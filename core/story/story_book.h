#ifndef SAMESTORY_STORY_STORY_BOOK_H_
#define SAMESTORY_STORY_STORY_BOOK_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/snapshot_stream.h"

namespace samestory {

/// Number of an item in order of arrival, from 0.
using ItemNumber = std::uint32_t;

/// Number of a story: that of the item that began it. So it is never given twice,
/// is the same for the same stream, and a story of one item costs nothing more.
using StoryNumber = std::uint32_t;

/// Which items are one story. Keeps the books only: whether an item belongs to a
/// story is decided by the caller. Every story has an anchor, its oldest living
/// item.
///
/// Memory: 4 bytes an item, and some 60 bytes and 4 a member for stories of two or
/// more. All operations are O(1), amortised, but Merge, which is linear in the two
/// stories.
class StoryBook {
 public:
  /// Enters the next item as a story of its own and returns its number.
  ItemNumber Begin();

  /// Enters the next item as a member of `story`, which must be alive.
  ItemNumber Join(StoryNumber story);

  /// Gives the next number to an item that is not to be remembered.
  void Skip() { story_of_.push_back(kForgotten); }

  /// Moves every member of `from` to `into`, both alive and different. The number
  /// `from` from then on resolves to `into`.
  void Merge(StoryNumber from, StoryNumber into);

  /// Takes a living item out of its story for good. True when the story ended with it.
  /// Linear in the story.
  bool Forget(ItemNumber item);

  /// Whether the item is living and not forgotten.
  bool Lives(ItemNumber item) const {
    return item - first_ < story_of_.size() && story_of_[item - first_] != kForgotten;
  }

  /// Story of a living item.
  StoryNumber StoryOf(ItemNumber item) const { return story_of_[item - first_]; }

  /// The story that `story` was merged into, or itself.
  StoryNumber Resolve(StoryNumber story) const;

  /// Oldest living member of a living story.
  ItemNumber Anchor(StoryNumber story) const;

  /// Living members of a living story.
  std::size_t Size(StoryNumber story) const;

  /// Calls `visit(item)` for the living members in order of arrival until it
  /// returns false; true when it never did.
  template <typename Visitor>
  bool ForEachMember(StoryNumber story, Visitor visit) const {
    const auto found = stories_.find(story);
    if (found == stories_.end()) return visit(ItemNumber{story});
    const Story& entry = found->second;
    for (std::size_t i = entry.first; i < entry.members.size(); ++i) {
      if (!visit(entry.members[i])) return false;
    }
    return true;
  }

  /// Forgets the oldest living item. True when its story ended with it.
  bool ExpireOldest();

  /// Oldest living item; the number of the next item where there is none.
  ItemNumber first() const { return first_; }

  /// Number of the next item.
  ItemNumber next() const { return first_ + static_cast<ItemNumber>(story_of_.size()); }

  void Save(SnapshotWriter& out) const;
  void Load(SnapshotReader& in);

  std::size_t num_stories() const { return num_stories_; }
  std::size_t MemoryBytes() const;

 private:
  static constexpr StoryNumber kForgotten = 0xffffffff;  // no item has this number

  struct Story {
    std::vector<ItemNumber> members;  // ascending
    std::size_t first = 0;            // members before it have expired
  };

  Story& Entry(StoryNumber story);
  bool Drop(StoryNumber story);

  ItemNumber first_ = 0;
  std::deque<StoryNumber> story_of_;
  // Only stories with more than their first item; all others are a single item.
  absl::flat_hash_map<StoryNumber, Story> stories_;
  absl::flat_hash_map<StoryNumber, StoryNumber> merged_into_;
  std::size_t num_stories_ = 0;
  std::size_t member_bytes_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_STORY_STORY_BOOK_H_
