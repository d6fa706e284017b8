#ifndef SAMESTORY_ENGINE_BATCH_STORIES_H_
#define SAMESTORY_ENGINE_BATCH_STORIES_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "base/prefetch.h"
#include "engine/chunked_vector.h"
#include "story/story_book.h"

namespace samestory {

/// The books of stories whose items all stay, as in a batch run: what StoryBook does, without
/// hash tables. The number of a story is that of its oldest item, its anchor.
///
/// Memory: 8 bytes an item. All is O(1) but Merge, which is linear in the members moved.
class BatchStories {
 public:
  /// `pages`, when given, must outlive the books.
  explicit BatchStories(internal::PageStock* pages = nullptr) : story_of_(pages), ring_(pages) {}

  /// Enters the next item as a story of its own.
  void Begin() {
    const ItemNumber item = next();
    story_of_.push_back(item);
    ring_.push_back(item);
    ++num_stories_;
  }

  /// Enters the next item as a member of `story`.
  void Join(StoryNumber story) {
    const ItemNumber item = next();
    story_of_.push_back(story);
    ring_.push_back(ring_[story]);
    ring_[story] = item;
  }

  /// Moves every member of `from` to `into`, an older story.
  void Merge(StoryNumber from, StoryNumber into) {
    ForEachMember(from, [&](ItemNumber member) {
      story_of_[member] = into;
      return true;
    });
    std::swap(ring_[from], ring_[into]);
    --num_stories_;
  }

  StoryNumber StoryOf(ItemNumber item) const { return story_of_[item]; }

  /// Whether the story has more than `count` members. Costs `count` steps at most.
  bool HasMoreThan(StoryNumber story, std::size_t count) const {
    std::size_t seen = 0;
    return !ForEachMember(story, [&](ItemNumber) { return ++seen <= count; });
  }

  /// Calls `visit(item)` for the members, the anchor first, until it returns false; true
  /// when it never did.
  template <typename Visitor>
  bool ForEachMember(StoryNumber story, Visitor visit) const {
    ItemNumber member = story;
    do {
      const ItemNumber following = ring_[member];
      if (!visit(member)) return false;
      member = following;
    } while (member != story);
    return true;
  }

  /// Hints that the item's story is asked for soon, and then that it is joined.
  void PrefetchStoryOf(ItemNumber item) const { PrefetchToRead(&story_of_[item]); }
  void PrefetchStory(StoryNumber story) const { PrefetchToRead(&ring_[story]); }

  ItemNumber next() const { return static_cast<ItemNumber>(story_of_.size()); }
  std::size_t num_stories() const { return num_stories_; }
  std::size_t MemoryBytes() const { return story_of_.MemoryBytes() + ring_.MemoryBytes(); }

 private:
  ChunkedVector<StoryNumber> story_of_;
  ChunkedVector<ItemNumber> ring_;  // the next member of the same story, round
  std::size_t num_stories_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_BATCH_STORIES_H_
