// The books as a section of a snapshot.
#include <algorithm>

#include "base/snapshot_maps.h"
#include "story/story_book.h"

namespace samestory {

void StoryBook::Save(SnapshotWriter& out) const {
  out.U32(first_);
  out.U64(num_stories_);
  out.U64(story_of_.size());
  for (const StoryNumber story : story_of_) out.U32(story);
  SaveMap(stories_, out, [&](const Story& story) {
    out.Words(std::span(story.members).subspan(story.first));
  });
  SaveMap(merged_into_, out, [&](StoryNumber into) { out.U32(into); });
}

void StoryBook::Load(SnapshotReader& in) {
  first_ = in.U32();
  num_stories_ = in.U64();
  story_of_.clear();
  for (std::uint64_t left = in.U64(); left > 0 && in.ok(); --left) story_of_.push_back(in.U32());
  member_bytes_ = 0;
  LoadMap(stories_, in, [&](Story& story) {
    story.members = in.Words();
    member_bytes_ += story.members.capacity() * sizeof(ItemNumber);
  });
  LoadMap(merged_into_, in, [&](StoryNumber& into) { into = in.U32(); });
  for (const auto& [number, story] : stories_) {
    in.Check(!story.members.empty() && std::is_sorted(story.members.begin(), story.members.end()),
             "a story without members, or with them out of order");
    for (const ItemNumber member : story.members) {
      in.Check(Lives(member) && StoryOf(member) == number, "a member of another story");
    }
  }
  for (const auto& [from, into] : merged_into_) {
    in.Check(into < from, "a story merged into a younger one");
  }
  for (std::size_t i = 0; i < story_of_.size() && in.ok(); ++i) {
    const StoryNumber story = story_of_[i];
    in.Check(story == kForgotten || stories_.contains(story) || story == first_ + i,
             "an item of no story");
  }
}

}  // namespace samestory
