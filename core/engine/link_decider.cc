#include "engine/link_decider.h"

#include <algorithm>

#include "engine/story_bounds.h"

namespace samestory {

bool LinkDecider::IsHeld(StoryNumber story, ItemNumber item) const {
  thread_local ShingleSet anchor_room, room;
  return Jaccard(sets_->Read(story, anchor_room), sets_->Read(item, room)) >=
         LeastHeldJaccard(options_->threshold);
}

bool LinkDecider::MayMerge(StoryNumber from, StoryNumber into) const {
  if (stories_->HasMoreThan(from, kMaxMergedMembers)) return false;
  return stories_->ForEachMember(from, [&](ItemNumber member) { return IsHeld(into, member); });
}

// The story to join, after it took in those that prove to be the same.
std::optional<StoryNumber> LinkDecider::ChooseStory(std::span<const JaccardLink> links,
                                                    LinkDecision& decision) {
  StoryNumber tried[kMaxStories];
  std::size_t num_tried = 0;
  std::optional<StoryNumber> chosen;
  for (const JaccardLink& link : links) {
    const StoryNumber story = stories_->StoryOf(link.older);
    if (std::find(tried, tried + num_tried, story) != tried + num_tried) continue;
    if (num_tried == kMaxStories) break;
    tried[num_tried++] = story;
    if (story != link.older && !IsHeld(story, link.newer)) continue;
    if (!chosen) {
      chosen = story;
      decision = {Relation::kCopy, link.older, link.jaccard};
      continue;
    }
    const auto [into, from] = std::minmax(story, *chosen);
    if (!MayMerge(from, into)) continue;
    stories_->Merge(from, into);
    chosen = into;
  }
  return chosen;
}

LinkDecision LinkDecider::Decide(std::span<JaccardLink> links) {
  const ItemNumber item = stories_->next();
  if (const std::uint32_t first = sets_->first_equal[item]; first != item) {
    stories_->Join(stories_->StoryOf(first));
    return {Relation::kExact, first, 1};
  }
  if (links.size() > 1) {
    std::stable_sort(links.begin(), links.end(), [](const JaccardLink& a, const JaccardLink& b) {
      return a.jaccard > b.jaccard;
    });
  }
  if (links.size() > options_->max_candidates) links = links.first(options_->max_candidates);
  LinkDecision decision;
  if (const std::optional<StoryNumber> story = ChooseStory(links, decision)) {
    stories_->Join(*story);
  } else {
    stories_->Begin();
  }
  return decision;
}

}  // namespace samestory
