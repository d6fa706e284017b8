#include "engine/decide.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "engine/one_source.h"
#include "engine/story_bounds.h"

namespace samestory {
namespace {

// Members of a story that any of them may still extend.
constexpr std::size_t kFewMembers = 3;

// Members up to which two of them can hold a newcomer: a chain of small steps ends there.
constexpr std::size_t kMaxWitnessed = 64;

// Items of one source with a title from which on it is a running one.
constexpr std::ptrdiff_t kRunningTitle = 2;

// Bodies at least this alike count as the same text.
constexpr double kSameBody = 0.9;

bool Better(const Verdict& a, const Verdict& b) {
  if (a.probability != b.probability) return a.probability > b.probability;
  return a.jaccard > b.jaccard;
}

}  // namespace

CompareSide Decider::Side(ItemNumber item) const {
  const ItemParts parts = items_->parts(item);
  return {items_->facts(item), parts.headline, parts.body};
}

CompareSide Decider::Side(const Prepared& item) const {
  return {item.facts, item.headline.block, item.body};
}

CompareSide Decider::Telling(CompareSide side) const {
  if (!comparer_->Tells(side.body)) side.body = {};
  return side;
}

void Decider::Find(const Prepared& item, Lookup& lookup) const {
  lookup.same.clear();
  lookup.like.clear();
  lookup.same_body.clear();
  lookup.same_text = 0;
  lookup.compared = 0;
  candidates_->Find(item, lookup.candidates);
  for (const ItemNumber candidate : lookup.candidates) items_->PrefetchEntry(candidate);
}

void Decider::PrefetchFound(const Prepared& item, const Lookup& lookup) const {
  for (const ItemNumber candidate : lookup.candidates) items_->PrefetchBlock(candidate);
  candidates_->identities().Prefetch(item.identity());
}

void Decider::CompareFound(const Prepared& item, Lookup& lookup) const {
  CompareAll(lookup.candidates, item, Side(item), lookup);
}

// Whether two headlines of one day, or of a day that is not known, have equal canonical texts.
bool Decider::IsSameText(const CompareSide& a, const CompareSide& b) const {
  if (comparer_->options().match != Match::kJudge) return false;
  if (ProfileView(a.headline).text_hash() != ProfileView(b.headline).text_hash()) return false;
  return a.facts.day() == b.facts.day() || a.facts.day() == 0 || b.facts.day() == 0;
}

void Decider::ForgetExpired(Lookup& lookup) const {
  const auto gone = [this](const Found& found) { return !items_->Lives(found.item); };
  std::erase_if(lookup.same, gone);
  std::erase_if(lookup.like, gone);
  std::erase_if(lookup.same_body, [this](ItemNumber item) { return !items_->Lives(item); });
}

Outcome Decider::Decide(const Prepared& item, Lookup& lookup) const {
  thread_local std::vector<ItemNumber> candidates;
  const CompareSide side = Side(item);
  if (std::optional<Outcome> outcome = DecideSame(item, side, lookup)) return *std::move(outcome);
  candidates_->FindPending(item, candidates);
  CompareAll(candidates, item, side, lookup);
  ForgetExpired(lookup);
  SpareRunningTitle(lookup);
  // Candidates come in a fixed order, so that equal verdicts keep it.
  std::stable_sort(lookup.same.begin(), lookup.same.end(), [](const Found& a, const Found& b) {
    return Better(a.verdict, b.verdict);
  });
  Outcome outcome;
  ChooseStory(lookup.same, side, outcome);
  if (outcome.of || lookup.like.empty()) return outcome;
  const Found& like = *std::max_element(
      lookup.like.begin(), lookup.like.end(),
      [](const Found& a, const Found& b) { return a.verdict.jaccard < b.verdict.jaccard; });
  Relate(like, outcome);
  outcome.relation = Relation::kTemplate;
  return outcome;
}

// What has the title that one source gives to item after item is another occasion of them all.
void Decider::SpareRunningTitle(Lookup& lookup) {
  const auto is_namesake = [](const Found& found) { return found.running.has_value(); };
  if (std::ranges::count_if(lookup.same, is_namesake) +
          std::ranges::count_if(lookup.like, is_namesake) <
      kRunningTitle) {
    return;
  }
  for (Found& found : lookup.same) {
    if (!found.running) continue;
    found.verdict.relation = *found.running;
    if (found.running == Relation::kTemplate) lookup.like.push_back(found);
  }
  std::erase_if(lookup.same, [](const Found& found) {
    return found.verdict.relation == Relation::kTemplate;
  });
}

std::optional<Outcome> Decider::DecideSame(const Prepared& item, const CompareSide& side,
                                           Lookup& lookup) const {
  const Identities& identities = candidates_->identities();
  std::optional<ItemNumber> known = identities.Find(item.identity());
  if (!known) return std::nullopt;
  if (items_->facts(*known).content != item.facts.content) {
    const std::optional<ItemNumber> version = identities.FindVersion(item.identity());
    if (version && items_->facts(*version).content == item.facts.content) known = version;
  }
  const CompareSide older = Side(*known);
  lookup.same_text += IsSameText(older, side);
  Outcome outcome;
  outcome.of = known;
  outcome.story = stories_->StoryOf(*known);
  outcome.probability = 1;
  outcome.repeat = items_->facts(*known).content == item.facts.content;
  outcome.relation = outcome.repeat ? Relation::kExact : Relation::kUpdate;
  if (outcome.repeat) {
    outcome.similarity = 1;
    outcome.agreed = AllAgree(item);
  } else {
    const Verdict verdict = comparer_->Compare(older, side);
    outcome.similarity = verdict.jaccard;
    outcome.agreed = verdict.agreed;
  }
  // The same content under another id is an item of its own, and a duplicate.
  outcome.repeat = outcome.repeat && item.identity().key() == items_->identity(*known).key();
  return outcome;
}

void Decider::CompareAll(const std::vector<ItemNumber>& candidates, const Prepared& item,
                         CompareSide side, Lookup& lookup) const {
  if (candidates.empty()) return;
  ProfileWords words;
  if (comparer_->options().match == Match::kJudge) {
    words.Read(ProfileView(side.headline));
    side.words = &words;
  }
  const bool told_apart = item.identity().key() != 0;
  for (const ItemNumber candidate : candidates) {
    if (!items_->Lives(candidate)) continue;
    const CompareSide older = Side(candidate);
    Found found{candidate, comparer_->Compare(older, side)};
    ++lookup.compared;
    lookup.same_text += IsSameText(older, side);
    if (told_apart && IsRedundant(found.verdict.relation)) {
      const WithinSource within = JudgeWithinSource(found.verdict.relation, Telling(older),
                                                    Telling(side), item.says_little);
      found.verdict.relation = within.relation;
      found.running = within.running;
    }
    if (IsSameStory(found.verdict.relation)) {
      lookup.same.push_back(found);
      // Nothing can be nearer than an equal text that stays.
      if (found.verdict.relation == Relation::kExact && !items_expire_ && !found.running) return;
    } else if (found.verdict.relation == Relation::kTemplate) {
      lookup.like.push_back(found);
    }
    if (found.verdict.containment_newer == 0 && comparer_->Tells(side.body) &&
        comparer_->Tells(older.body) &&
        Jaccard(BodyView(older.body).shingles(), BodyView(side.body).shingles()) >= kSameBody) {
      lookup.same_body.push_back(found.item);
    }
  }
}

void Decider::ChooseStory(const std::vector<Found>& same, const CompareSide& side,
                          Outcome& outcome) const {
  std::vector<StoryNumber> tried;
  for (const Found& found : same) {
    const StoryNumber story = stories_->StoryOf(found.item);
    if (std::find(tried.begin(), tried.end(), story) != tried.end()) continue;
    if (tried.size() == kMaxStories) break;
    tried.push_back(story);
    if (!MayJoin(found.verdict.relation)) {
      if (!outcome.of) Relate(found, outcome);
      continue;
    }
    if (!IsHeld(story, same, found, side)) continue;
    if (outcome.story) {
      const auto [into, from] = std::minmax(story, *outcome.story);
      if (!MayMerge(from, into)) continue;
      outcome.merges.push_back({from, into});
      outcome.story = into;
      continue;
    }
    outcome.story = story;
    Relate(found, outcome);
  }
}

void Decider::Relate(const Found& found, Outcome& outcome) {
  outcome.of = found.item;
  outcome.relation = found.verdict.relation;
  outcome.similarity = found.verdict.jaccard;
  outcome.probability = found.verdict.probability;
  outcome.agreed = found.verdict.agreed;
}

bool Decider::MayJoin(Relation relation) const {
  return comparer_->options().group == Group::kStory || relation == Relation::kContains ||
         IsRedundant(relation);
}

// By its anchor, or, under the judge, by two members at once, or because there are so few of them
// that nothing can have led away yet.
bool Decider::IsHeld(StoryNumber story, const std::vector<Found>& same, const Found& found,
                     const CompareSide& side) const {
  const ItemNumber anchor = stories_->Anchor(story);
  if (anchor == found.item) return true;
  const bool is_same = std::any_of(same.begin(), same.end(),
                                   [&](const Found& other) { return other.item == anchor; });
  if (is_same || comparer_->IsHeldBy(Side(anchor), side)) return true;
  if (comparer_->options().match == Match::kJaccard) return false;
  if (stories_->Size(story) <= kFewMembers) return true;
  if (stories_->Size(story) >= kMaxWitnessed) return false;
  const auto witnesses = std::count_if(same.begin(), same.end(), [&](const Found& other) {
    return stories_->StoryOf(other.item) == story;
  });
  return witnesses >= 2;
}

bool Decider::MayMerge(StoryNumber from, StoryNumber into) const {
  if (stories_->Size(from) > kMaxMergedMembers) return false;
  const CompareSide anchor = Side(stories_->Anchor(into));
  return stories_->ForEachMember(from, [&](ItemNumber member) {
    return comparer_->IsHeldBy(anchor, Side(member));
  });
}

std::optional<ItemNumber> Decider::FindHeadline(const PreparedHeadline& headline,
                                                const ItemFacts& facts,
                                                std::optional<StoryNumber> own,
                                                std::uint64_t& compared) const {
  thread_local std::vector<ItemNumber> candidates;
  candidates_->FindHeadline(headline, candidates);
  const CompareSide side{facts, headline.block, {}};
  std::optional<Found> best;
  for (const ItemNumber candidate : candidates) {
    if (!items_->Lives(candidate)) continue;
    if (own && stories_->StoryOf(candidate) == *own) continue;
    ++compared;
    const Found found{candidate, comparer_->Compare(Side(candidate), side)};
    if (!IsSameStory(found.verdict.relation)) continue;
    if (!best || Better(found.verdict, best->verdict)) best = found;
  }
  if (!best) return std::nullopt;
  return best->item;
}

}  // namespace samestory
