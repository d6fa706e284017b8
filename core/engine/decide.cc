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

Outcome Decider::Decide(const Prepared& item, std::uint64_t& compared) const {
  thread_local std::vector<ItemNumber> candidates;
  thread_local std::vector<Found> same;
  const CompareSide side = Side(item);
  if (std::optional<Outcome> outcome = DecideSame(item, side)) return *std::move(outcome);
  Outcome outcome;
  candidates_->Find(item, candidates);
  std::optional<Found> like;
  CompareAll(candidates, side, same, like, outcome);
  compared += candidates.size();
  ChooseStory(same, side, outcome);
  if (!outcome.story && like) {
    outcome.relation = Relation::kTemplate;
    outcome.of = like->item;
    outcome.similarity = like->verdict.jaccard;
    outcome.probability = like->verdict.probability;
  }
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
                         std::vector<Found>& same, std::optional<Found>& like,
                         Outcome& outcome) const {
  same.clear();
  for (const ItemNumber candidate : candidates) items_->PrefetchEntry(candidate);
  for (std::size_t i = 0; i < std::min(kAhead, candidates.size()); ++i) {
    items_->PrefetchBlock(candidates[i]);
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const ItemNumber candidate = candidates[i];
    if (i + kAhead < candidates.size()) items_->PrefetchBlock(candidates[i + kAhead]);
    const CompareSide older = Side(candidate);
    const Found found{candidate, comparer_->Compare(older, side)};
    if (IsSameStory(found.verdict.relation)) {
      same.push_back(found);
      // Nothing can be nearer than an equal text.
      if (found.verdict.relation == Relation::kExact) break;
    } else if (found.verdict.relation == Relation::kTemplate &&
               (!like || found.verdict.jaccard > like->verdict.jaccard)) {
      like = found;
    }
    if (!side.body.empty() && !older.body.empty() && found.verdict.containment_newer == 0 &&
        Jaccard(older.body, side.body) >= kSameBody) {
      outcome.unrelated_bodies.push_back(BodyKey(side.body));
    }
  }
  // Candidates come in a fixed order, so that equal verdicts keep it.
  std::stable_sort(same.begin(), same.end(), [](const Found& a, const Found& b) {
    return Better(a.verdict, b.verdict);
  });
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
