#include "story/story_book.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace samestory {

ItemNumber StoryBook::Begin() {
  const ItemNumber item = next();
  story_of_.push_back(item);
  ++num_stories_;
  return item;
}

StoryBook::Story& StoryBook::Entry(StoryNumber story) {
  Story& entry = stories_[story];
  if (entry.members.empty()) {
    entry.members.push_back(story);
    member_bytes_ += entry.members.capacity() * sizeof(ItemNumber);
  }
  return entry;
}

ItemNumber StoryBook::Join(StoryNumber story) {
  const ItemNumber item = next();
  story_of_.push_back(story);
  std::vector<ItemNumber>& members = Entry(story).members;
  const std::size_t before = members.capacity();
  members.push_back(item);
  member_bytes_ += (members.capacity() - before) * sizeof(ItemNumber);
  return item;
}

void StoryBook::Merge(StoryNumber from, StoryNumber into) {
  Story moved = std::exchange(Entry(from), {});
  stories_.erase(from);
  Story& target = Entry(into);
  const std::size_t before = moved.members.capacity() + target.members.capacity();
  std::vector<ItemNumber> merged;
  merged.reserve(moved.members.size() + target.members.size());
  std::merge(target.members.begin() + target.first, target.members.end(),
             moved.members.begin() + moved.first, moved.members.end(), std::back_inserter(merged));
  for (std::size_t i = moved.first; i < moved.members.size(); ++i) {
    story_of_[moved.members[i] - first_] = into;
  }
  target.members = std::move(merged);
  target.first = 0;
  member_bytes_ += (target.members.capacity() - before) * sizeof(ItemNumber);
  merged_into_[from] = into;
  --num_stories_;
}

StoryNumber StoryBook::Resolve(StoryNumber story) const {
  for (auto found = merged_into_.find(story); found != merged_into_.end();
       found = merged_into_.find(story)) {
    story = found->second;
  }
  return story;
}

ItemNumber StoryBook::Anchor(StoryNumber story) const {
  const auto found = stories_.find(story);
  return found == stories_.end() ? story : found->second.members[found->second.first];
}

std::size_t StoryBook::Size(StoryNumber story) const {
  const auto found = stories_.find(story);
  return found == stories_.end() ? 1 : found->second.members.size() - found->second.first;
}

bool StoryBook::ExpireOldest() {
  const ItemNumber item = first_++;
  const StoryNumber story = story_of_.front();
  story_of_.pop_front();
  merged_into_.erase(item);
  if (story == kForgotten) return false;
  const auto found = stories_.find(story);
  if (found == stories_.end()) return Drop(story);
  Story& entry = found->second;
  if (++entry.first == entry.members.size()) return Drop(story);
  if (entry.first > entry.members.size() / 2) {
    entry.members.erase(entry.members.begin(), entry.members.begin() + entry.first);
    entry.first = 0;
  }
  return false;
}

// Ends a story without members.
bool StoryBook::Drop(StoryNumber story) {
  if (const auto found = stories_.find(story); found != stories_.end()) {
    member_bytes_ -= found->second.members.capacity() * sizeof(ItemNumber);
    stories_.erase(found);
  }
  --num_stories_;
  return true;
}

bool StoryBook::Forget(ItemNumber item) {
  const StoryNumber story = std::exchange(story_of_[item - first_], kForgotten);
  const auto found = stories_.find(story);
  if (found == stories_.end()) return Drop(story);
  Story& entry = found->second;
  const auto living = entry.members.begin() + static_cast<std::ptrdiff_t>(entry.first);
  entry.members.erase(std::lower_bound(living, entry.members.end(), item));
  return entry.first == entry.members.size() && Drop(story);
}

std::size_t StoryBook::MemoryBytes() const {
  constexpr std::size_t kStoryEntry = sizeof(StoryNumber) + sizeof(Story) + 1;
  constexpr std::size_t kMergeEntry = 2 * sizeof(StoryNumber) + 1;
  return story_of_.size() * sizeof(StoryNumber) + stories_.capacity() * kStoryEntry +
         merged_into_.capacity() * kMergeEntry + member_bytes_;
}

}  // namespace samestory
