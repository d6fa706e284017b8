#ifndef SAMESTORY_ENGINE_LINK_DECIDER_H_
#define SAMESTORY_ENGINE_LINK_DECIDER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/batch_stories.h"
#include "engine/jaccard_join.h"
#include "samestory/match.h"
#include "samestory/options.h"

namespace samestory {

/// What was decided of one set.
struct LinkDecision {
  Relation relation = Relation::kNew;
  std::uint32_t of = 0;  ///< rank; of no meaning for kNew
  double similarity = 0;
};

/// Decides the sets of a batch run under Match::kJaccard rank by rank, by the rules of
/// Decider: a set joins the story of the most alike earlier one that its anchor holds, and
/// stories that it links are merged where the older one's anchor holds every member.
class LinkDecider {
 public:
  /// All must outlive the decider.
  LinkDecider(const RankedSets& sets, const Options& options, BatchStories& stories)
      : sets_(&sets), options_(&options), stories_(&stories) {}

  /// Decides the set of the next rank. `links` are all of which it is the newer; they are
  /// reordered.
  LinkDecision Decide(std::span<JaccardLink> links);

  /// Hint, in this order, that a set to which a later one is linked or equal is looked at soon.
  void PrefetchItem(ItemNumber item) const {
    if (item < stories_->next()) stories_->PrefetchStoryOf(item);
  }
  void PrefetchStory(ItemNumber item) const {
    if (item >= stories_->next()) return;
    const StoryNumber story = stories_->StoryOf(item);
    stories_->PrefetchStory(story);
    if (story != item) sets_->store->PrefetchStart(sets_->record(story));
  }
  void PrefetchAnchor(ItemNumber item) const {
    if (item >= stories_->next()) return;
    const StoryNumber story = stories_->StoryOf(item);
    if (story != item) sets_->store->Prefetch(sets_->record(story));
  }

 private:
  bool IsHeld(StoryNumber story, ItemNumber item) const;
  bool MayMerge(StoryNumber from, StoryNumber into) const;
  std::optional<StoryNumber> ChooseStory(std::span<const JaccardLink> links,
                                         LinkDecision& decision);

  const RankedSets* sets_;
  const Options* options_;
  BatchStories* stories_;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_LINK_DECIDER_H_
