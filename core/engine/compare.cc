#include "engine/compare.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/story_bounds.h"

namespace samestory {
namespace {

constexpr double kSecondsPerHour = 3600;

// Share of the rarer words of the shorter headline from which a member counts as held by an anchor
// whose words differ more: headlines of one story shrink and grow.
constexpr double kHeldContainment = 0.5;

}  // namespace

std::optional<double> HoursApart(const ItemFacts& a, const ItemFacts& b) {
  const bool dated = a.published != 0 && b.published != 0;
  const std::uint32_t from = dated ? a.published : a.seen;
  const std::uint32_t to = dated ? b.published : b.seen;
  if (from == 0 || to == 0) return std::nullopt;
  return std::abs(static_cast<double>(to) - static_cast<double>(from)) / kSecondsPerHour;
}

Verdict Comparer::Compare(const CompareSide& older, const CompareSide& newer,
                          JudgeTrace* trace) const {
  if (options_->match == Match::kJaccard) return CompareShingles(older, newer);
  PairContext context;
  context.hours_apart = HoursApart(older.facts, newer.facts);
  context.same_source = older.facts.source == newer.facts.source;  // or both are unknown
  context.one_source = context.same_source && older.facts.source != 0;
  const std::pair bodies(older.body, newer.body);
  if (!older.body.empty() && !newer.body.empty()) {
    context.most_body_jaccard = MostJaccard(BodyView(older.body), BodyView(newer.body));
    // Two pointers fit into the function itself: nothing is allocated.
    context.compare_bodies = [this, &bodies]() -> std::optional<BodyLikeness> {
      if (!Tells(bodies.first) || !Tells(bodies.second)) return std::nullopt;
      return CompareBodies(BodyView(bodies.first), BodyView(bodies.second));
    };
  }
  if (newer.words == nullptr) {
    return judge_.Decide(ProfileView(older.headline), ProfileView(newer.headline), context, trace);
  }
  return judge_.Decide(ProfileWords(ProfileView(older.headline)), *newer.words, context, trace);
}

Verdict Comparer::CompareShingles(const CompareSide& older, const CompareSide& newer) const {
  Verdict verdict;
  verdict.jaccard = Jaccard(older.headline, newer.headline);
  verdict.containment_newer = Containment(newer.headline, older.headline);
  verdict.containment_older = Containment(older.headline, newer.headline);
  if (verdict.jaccard < options_->threshold) return verdict;
  verdict.probability = 1;
  verdict.relation =
      older.facts.content == newer.facts.content ? Relation::kExact : Relation::kCopy;
  return verdict;
}

bool Comparer::IsHeldBy(const CompareSide& anchor, const CompareSide& item) const {
  const Verdict verdict = Compare(anchor, item);
  if (IsSameStory(verdict.relation)) return true;
  if (verdict.jaccard >= LeastHeldJaccard(options_->threshold)) return true;
  if (options_->match == Match::kJaccard || verdict.relation == Relation::kTemplate) return false;
  return std::max(verdict.containment_newer, verdict.containment_older) >= kHeldContainment;
}

}  // namespace samestory
