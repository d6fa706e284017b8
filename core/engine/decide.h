#ifndef SAMESTORY_ENGINE_DECIDE_H_
#define SAMESTORY_ENGINE_DECIDE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/candidates.h"
#include "engine/compare.h"
#include "engine/item_store.h"
#include "engine/notes.h"
#include "engine/prepare.h"
#include "samestory/match.h"
#include "story/story_book.h"

namespace samestory {

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
  FieldsAgreed agreed;               ///< with `of`; judge only
  bool repeat = false;               ///< the same item with the same content again
};

/// What an item was compared with, as far as it matters.
struct Lookup {
  struct Found {
    ItemNumber item;
    Verdict verdict;
    std::optional<Relation> running = std::nullopt;  ///< see WithinSource
  };
  std::vector<Found> same;            ///< verified links
  std::vector<Found> like;            ///< of the same form about another occasion
  std::vector<ItemNumber> same_body;  ///< whose body is the same under an unrelated headline
  std::vector<ItemNumber> candidates;  ///< of earlier epochs, between Find and CompareFound
  std::size_t same_text =
      0;  ///< of them, those with the very headline, on the same day; judge only
  std::uint64_t compared = 0;         ///< pairs verified
};

/// The decision about one item against everything remembered. Reads only.
class Decider {
 public:
  /// All must outlive the decider. `items_expire`: an item that was looked up may be
  /// gone when its finding is used.
  Decider(bool items_expire, const Candidates& candidates, const ItemStore& items, const StoryBook& stories,
          const Comparer& comparer)
      : items_expire_(items_expire),
        candidates_(&candidates),
        items_(&items),
        stories_(&stories),
        comparer_(&comparer) {}

  /// Replaces `lookup` by the item's comparison with the items of earlier epochs.
  /// Thread-safe while nothing is remembered.
  void LookUp(const Prepared& item, Lookup& lookup) const {
    Find(item, lookup);
    CompareFound(item, lookup);
  }

  /// LookUp in two, for memory to be fetched meanwhile: the first begins to fetch where the
  /// blocks of candidates are, PrefetchFound the blocks, which the second reads.
  void Find(const Prepared& item, Lookup& lookup) const;
  void PrefetchFound(const Prepared& item, const Lookup& lookup) const;
  void CompareFound(const Prepared& item, Lookup& lookup) const;

  /// Compares the item with those of the running epoch too, and decides.
  Outcome Decide(const Prepared& item, Lookup& lookup) const;

  /// The item that `headline`, found on a page of `facts`, is the headline of. Items
  /// of the story `own` do not count. `compared` counts the pairs verified.
  std::optional<ItemNumber> FindHeadline(const PreparedHeadline& headline, const ItemFacts& facts,
                                         std::optional<StoryNumber> own,
                                         std::uint64_t& compared) const;

 private:
  using Found = Lookup::Found;

  CompareSide Side(ItemNumber item) const;
  CompareSide Side(const Prepared& item) const;
  CompareSide Telling(CompareSide side) const;  // without a body that is boilerplate
  void ForgetExpired(Lookup& lookup) const;
  static void SpareRunningTitle(Lookup& lookup);
  std::optional<Outcome> DecideSame(const Prepared& item, const CompareSide& side,
                                    Lookup& lookup) const;
  bool IsSameText(const CompareSide& a, const CompareSide& b) const;
  void CompareAll(const std::vector<ItemNumber>& candidates, const Prepared& item,
                  CompareSide side, Lookup& lookup) const;
  void ChooseStory(const std::vector<Found>& same, const CompareSide& side,
                   Outcome& outcome) const;
  static void Relate(const Found& found, Outcome& outcome);
  bool MayJoin(Relation relation) const;
  bool IsHeld(StoryNumber story, const std::vector<Found>& same, const Found& found,
              const CompareSide& side) const;
  bool MayMerge(StoryNumber from, StoryNumber into) const;

  bool items_expire_;
  const Candidates* candidates_;
  const ItemStore* items_;
  const StoryBook* stories_;
  const Comparer* comparer_;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_DECIDE_H_
