#ifndef SAMESTORY_ENGINE_DECIDE_H_
#define SAMESTORY_ENGINE_DECIDE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/candidates.h"
#include "engine/compare.h"
#include "engine/item_store.h"
#include "engine/prepare.h"
#include "samestory/match.h"
#include "story/story_book.h"

namespace samestory {

/// Bodies that stand under many unrelated headlines (a feed's standing blurb) and so
/// tell nothing. Learned from decisions; bounded.
class Boilerplate {
 public:
  /// Two items with this body have headlines that share nothing.
  void NoteUnrelated(std::uint64_t body);
  bool Contains(std::uint64_t body) const;
  std::size_t MemoryBytes() const;

 private:
  absl::flat_hash_map<std::uint64_t, std::uint32_t> unrelated_;
};

/// A younger story that goes up in an older one.
struct StoryMerge {
  StoryNumber from, into;
};

/// What is to be done with one prepared item.
struct Outcome {
  Relation relation = Relation::kNew;
  std::optional<ItemNumber> of;
  std::optional<StoryNumber> story;  ///< to join; absent: begins one
  std::vector<StoryMerge> merges;    ///< stories that the item proves to be the same, in order
  double similarity = 0;
  double probability = 0;
  bool repeat = false;               ///< the same item with the same content again
  std::vector<std::uint64_t> unrelated_bodies;  ///< for Boilerplate
};

/// The decision about one item against everything remembered. Reads only.
class Decider {
 public:
  /// All must outlive the decider.
  Decider(const Options& options, const Candidates& candidates, const ItemStore& items,
          const StoryBook& stories, const Boilerplate& boilerplate, const Comparer& comparer)
      : options_(&options),
        candidates_(&candidates),
        items_(&items),
        stories_(&stories),
        boilerplate_(&boilerplate),
        comparer_(&comparer) {}

  /// `compared` counts the pairs verified.
  Outcome Decide(const Prepared& item, std::uint64_t& compared) const;

  /// The item that `headline`, found on a page of `facts`, is the headline of. Items
  /// of the story `own` do not count.
  std::optional<ItemNumber> FindHeadline(const PreparedHeadline& headline, const ItemFacts& facts,
                                         std::optional<StoryNumber> own,
                                         std::uint64_t& compared) const;

  /// An item as a side of a comparison; its body is left out where it is boilerplate.
  CompareSide Side(ItemNumber item) const;
  CompareSide Side(const Prepared& item) const;

 private:
  struct Found {
    ItemNumber item;
    Verdict verdict;
  };

  std::optional<Outcome> DecideSame(const Prepared& item, const CompareSide& side) const;
  void CompareAll(const std::vector<ItemNumber>& candidates, const CompareSide& side,
                  std::vector<Found>& same, std::optional<Found>& like, Outcome& outcome) const;
  void ChooseStory(const std::vector<Found>& same, const CompareSide& side,
                   Outcome& outcome) const;
  bool IsHeld(StoryNumber story, const Found& found, const CompareSide& side) const;
  bool MayMerge(StoryNumber from, StoryNumber into) const;

  const Options* options_;
  const Candidates* candidates_;
  const ItemStore* items_;
  const StoryBook* stories_;
  const Boilerplate* boilerplate_;
  const Comparer* comparer_;
};

/// Key of a body for Boilerplate; 0 for none.
std::uint64_t BodyKey(std::span<const std::uint32_t> body);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_DECIDE_H_
