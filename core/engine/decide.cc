#include "engine/decide.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"

namespace samestory {
namespace {

// Unrelated pairs of headlines from which a body counts as boilerplate: one or two may be one story
// in quite other words.
constexpr std::uint32_t kUnrelatedPairs = 3;
constexpr std::size_t kMaxBodies = 1 << 18;

// Stories looked at for one item, and members checked before a story is merged into another.
constexpr std::size_t kMaxStories = 8;
constexpr std::size_t kMaxMergedMembers = 64;

// Candidates fetched from memory while another is compared.
constexpr std::size_t kAhead = 3;

// Bodies at least this alike count as the same text.
constexpr double kSameBody = 0.9;

bool Better(const Verdict& a, const Verdict& b) {
  if (a.probability != b.probability) return a.probability > b.probability;
  return a.jaccard > b.jaccard;
}

}  // namespace

std::uint64_t BodyKey(std::span<const std::uint32_t> body) {
  if (body.empty()) return 0;
  return Hash64({reinterpret_cast<const char*>(body.data()), body.size_bytes()}, 0) | 1;
}

void Boilerplate::NoteUnrelated(std::uint64_t body) {
  if (unrelated_.size() >= kMaxBodies && !unrelated_.contains(body)) unrelated_.clear();
  ++unrelated_[body];
}

bool Boilerplate::Contains(std::uint64_t body) const {
  const auto found = unrelated_.find(body);
  return found != unrelated_.end() && found->second >= kUnrelatedPairs;
}

std::size_t Boilerplate::MemoryBytes() const { return unrelated_.capacity() * 17; }

CompareSide Decider::Side(ItemNumber item) const {
  const ItemParts parts = items_->parts(item);
  const bool told = !parts.body.empty() && !boilerplate_->Contains(BodyKey(parts.body));
  return {items_->facts(item), parts.headline,
          told ? parts.body : std::span<const std::uint32_t>()};
}

CompareSide Decider::Side(const Prepared& item) const {
  const bool told = !item.body.empty() && !boilerplate_->Contains(BodyKey(item.body));
  return {item.facts, item.headline.block,
          told ? std::span<const std::uint32_t>(item.body) : std::span<const std::uint32_t>()};
}

void Decider::LookUp(const Prepared& item, Lookup& lookup) const {
  thread_local std::vector<ItemNumber> candidates;
  lookup.same.clear();
  lookup.like.clear();
  lookup.same_body.clear();
  lookup.compared = 0;
  candidates_->Find(item, candidates);
  CompareAll(candidates, Side(item), lookup);
}

void Decider::ForgetExpired(Lookup& lookup) const {
  const ItemNumber first = items_->first();
  const auto expired = [first](const Found& found) { return found.item < first; };
  std::erase_if(lookup.same, expired);
  std::erase_if(lookup.like, expired);
  std::erase_if(lookup.same_body, [first](ItemNumber item) { return item < first; });
}

Outcome Decider::Decide(const Prepared& item, Lookup& lookup) const {
  thread_local std::vector<ItemNumber> candidates;
  const CompareSide side = Side(item);
  if (std::optional<Outcome> outcome = DecideSame(item, side)) return *std::move(outcome);
  candidates_->FindPending(item, candidates);
  CompareAll(candidates, side, lookup);
  ForgetExpired(lookup);
  // Candidates come in a fixed order, so that equal verdicts keep it.
  std::stable_sort(lookup.same.begin(), lookup.same.end(), [](const Found& a, const Found& b) {
    return Better(a.verdict, b.verdict);
  });
  Outcome outcome;
  ChooseStory(lookup.same, side, outcome);
  if (outcome.story || lookup.like.empty()) return outcome;
  const Found& like = *std::max_element(
      lookup.like.begin(), lookup.like.end(),
      [](const Found& a, const Found& b) { return a.verdict.jaccard < b.verdict.jaccard; });
  outcome.relation = Relation::kTemplate;
  outcome.of = like.item;
  outcome.similarity = like.verdict.jaccard;
  outcome.probability = like.verdict.probability;
  return outcome;
}

std::optional<Outcome> Decider::DecideSame(const Prepared& item, const CompareSide& side) const {
  const std::optional<ItemNumber> known = candidates_->FindSame(item);
  if (!known) return std::nullopt;
  Outcome outcome;
  outcome.of = known;
  outcome.story = stories_->StoryOf(*known);
  outcome.probability = 1;
  outcome.repeat = items_->facts(*known).content == item.facts.content;
  outcome.relation = outcome.repeat ? Relation::kExact : Relation::kUpdate;
  outcome.similarity =
      outcome.repeat ? 1 : comparer_->Compare(Side(*known), side).jaccard;
  // The same content under another id is an item of its own, and a duplicate.
  outcome.repeat = outcome.repeat && item.id == items_->parts(*known).id;
  return outcome;
}

void Decider::CompareAll(const std::vector<ItemNumber>& candidates, const CompareSide& side,
                         Lookup& lookup) const {
  const ItemNumber first = items_->first();
  const auto prefetch = [&](std::size_t i) {
    if (i < candidates.size() && candidates[i] >= first) items_->PrefetchBlock(candidates[i]);
  };
  for (const ItemNumber candidate : candidates) {
    if (candidate >= first) items_->PrefetchEntry(candidate);
  }
  for (std::size_t i = 0; i < kAhead; ++i) prefetch(i);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    prefetch(i + kAhead);
    if (candidates[i] < first) continue;
    const CompareSide older = Side(candidates[i]);
    const Found found{candidates[i], comparer_->Compare(older, side)};
    ++lookup.compared;
    if (IsSameStory(found.verdict.relation)) {
      lookup.same.push_back(found);
      // Nothing can be nearer than an equal text that stays.
      if (found.verdict.relation == Relation::kExact && !items_expire_) return;
    } else if (found.verdict.relation == Relation::kTemplate) {
      lookup.like.push_back(found);
    }
    if (!side.body.empty() && !older.body.empty() && found.verdict.containment_newer == 0 &&
        Jaccard(older.body, side.body) >= kSameBody) {
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
    if (!IsHeld(story, found, side)) continue;
    if (outcome.story) {
      const auto [into, from] = std::minmax(story, *outcome.story);
      if (!MayMerge(from, into)) continue;
      outcome.merges.push_back({from, into});
      outcome.story = into;
      continue;
    }
    outcome.story = story;
    outcome.of = found.item;
    outcome.relation = found.verdict.relation;
    outcome.similarity = found.verdict.jaccard;
    outcome.probability = found.verdict.probability;
  }
}

bool Decider::IsHeld(StoryNumber story, const Found& found, const CompareSide& side) const {
  const ItemNumber anchor = stories_->Anchor(story);
  return anchor == found.item || comparer_->IsHeldBy(Side(anchor), side);
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
    if (candidate < items_->first()) continue;
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
