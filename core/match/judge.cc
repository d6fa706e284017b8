#include "match/judge.h"

#include <bit>

#include "base/math.h"
#include "match/comparison.h"
#include "match/features.h"

namespace samestory {
namespace {

constexpr int kMinTruncatedWords = 4;  // shorter texts are too little to be a cut of another
constexpr double kOldShare = 0.8;      // of the shared pairs: then nothing is dropped
constexpr double kTemplateContainment = 0.6;

struct Outcome {
  Relation relation;
  double probability;
  std::string_view reason;
};

class PairJudge {
 public:
  PairJudge(const ProfileView& older, const ProfileView& newer, const PairContext& context,
            const Options& options, const Verdict& measured)
      : older_(older),
        newer_(newer),
        around_{context.hours_apart, context.body_jaccard, context.same_source},
        options_(options),
        measured_(measured) {}

  Outcome Decide(JudgeTrace* trace) const {
    if (older_.num_words() == 0 || newer_.num_words() == 0) {
      return {Relation::kNew, 0, "A text without words is like no other."};
    }
    if (older_.text_hash() == newer_.text_hash() && older_.text() == newer_.text()) {
      return DecideEqual(trace);
    }
    const Comparison pair(older_, newer_);
    if (pair.older().shared == 0) return {Relation::kNew, 0, "The two texts share no word."};
    const PairFeatures features = ComputeFeatures(pair, around_);
    const PairTable table = pair.has_conflict() ? kConflict : kNoConflict;
    const double probability = StableLogistic(LogOdds(features, table));
    if (trace != nullptr) {
      Explain(features, table, *trace);
      trace->slots = pair.SlotPairs();
    }
    return table == kConflict ? DecideConflict(features, probability)
                              : DecideNoConflict(pair, features, probability);
  }

 private:
  // Equal titles are one story unless the title keeps returning, or comes again later
  // over another body.
  Outcome DecideEqual(JudgeTrace* trace) const {
    const PairFeatures features = ComputeEqualFeatures(older_, around_);
    const double probability = StableLogistic(LogOdds(features, kEqual));
    if (trace != nullptr) Explain(features, kEqual, *trace);
    if (probability >= options_.drop_probability) {
      return {Relation::kExact, probability, "The canonical texts are equal."};
    }
    if (probability >= options_.join_probability) {
      return {Relation::kUpdate, probability,
              "The canonical texts are equal, but what stands under them has changed."};
    }
    return {Relation::kTemplate, probability,
            "The canonical texts are equal, but it is a running title over other bodies or days."};
  }

  Outcome NotSame(const PairFeatures& features, double probability) const {
    if (features[kSkeletonEqual] != 0) {
      return {Relation::kTemplate, probability,
              "The same form with other fillings, taken as another occasion."};
    }
    if (std::max(measured_.containment_newer, measured_.containment_older) >=
        kTemplateContainment) {
      return {Relation::kTemplate, probability,
              "Most words are shared, but what differs says that it is another occasion."};
    }
    return {Relation::kNew, probability, "Too little of what matters is shared."};
  }

  Outcome DecideConflict(const PairFeatures& features, double probability) const {
    if (probability < options_.update_probability) return NotSame(features, probability);
    return {Relation::kUpdate, probability, "One story in which a number or date has changed."};
  }

  Outcome DecideNoConflict(const Comparison& pair, const PairFeatures& features,
                           double probability) const {
    if (probability < options_.join_probability) return NotSame(features, probability);
    const auto& older = pair.older();
    const auto& newer = pair.newer();
    const Comparison::Mask lost = older.all & ~older.shared, added = newer.all & ~newer.shared;
    // Besides, even an equal title would have to be a copy here, and not a running one.
    const bool may_drop = probability >= options_.drop_probability &&
                          pair.pairs().old < kOldShare * pair.pairs().count &&
                          StableLogistic(LogOdds(features, kEqual)) >= options_.drop_probability;
    if (may_drop && std::popcount(added) <= 1 && newer.size >= kMinTruncatedWords &&
        (lost & older.slots) == 0 && (added & newer.slots) == 0 && pair.NewerIsCut()) {
      return {Relation::kTruncated, probability, "The newer text is a cut of the older one."};
    }
    if (newer.unmatched_slots() != 0) {
      return {Relation::kUpdate, probability, "One story to which a number or date was added."};
    }
    if (lost == 0 && older.size >= kMinTruncatedWords) {
      return {Relation::kContains, probability, "The newer text holds all words of the older one."};
    }
    if (may_drop && measured_.jaccard >= options_.threshold && older.unmatched_slots() == 0 &&
        !pair.HasSubstitution()) {
      return {Relation::kCopy, probability,
              "Nearly all is shared and nothing was put in another's place."};
    }
    return {Relation::kReworded, probability, "One story in other words."};
  }

  static void Explain(const PairFeatures& features, PairTable table, JudgeTrace& trace) {
    trace.bias = kBias[table];
    for (std::size_t i = 0; i < kNumPairFeatures; ++i) {
      const double weight = kFeatureRows[i].weight[table];
      if (weight != 0) trace.terms.push_back({kFeatureRows[i].name, features[i], weight});
    }
  }

  const ProfileView& older_;
  const ProfileView& newer_;
  PairSurroundings around_;
  const Options& options_;
  const Verdict& measured_;  // its measures of the shingles
};

void MeasureShingles(const ProfileView& older, const ProfileView& newer, Verdict& verdict) {
  const auto a = older.shingles(), b = newer.shingles();
  if (a.empty() || b.empty()) return;
  const auto shared = static_cast<double>(IntersectionSize(a, b));
  verdict.containment_older = shared / static_cast<double>(a.size());
  verdict.containment_newer = shared / static_cast<double>(b.size());
  verdict.jaccard = shared / (static_cast<double>(a.size() + b.size()) - shared);
}

// A stamped copy of a profile that has no stamp.
class StampedCopy {
 public:
  StampedCopy(const ProfileView& profile, const PairContext& context)
      : block_(profile.block().begin(), profile.block().end()) {
    StampProfile(*context.words, *context.recurrence, context.older_day, block_);
  }
  ProfileView view() const { return ProfileView(block_); }

 private:
  std::vector<std::uint32_t> block_;
};

}  // namespace

Verdict JudgePair(const ProfileView& older, const ProfileView& newer, const PairContext& context,
                  const Options& options, JudgeTrace* trace) {
  if (!older.Has(ProfileView::kStamped)) {
    return JudgePair(StampedCopy(older, context).view(), newer, context, options, trace);
  }
  if (!newer.Has(ProfileView::kStamped)) {
    return JudgePair(older, StampedCopy(newer, context).view(), context, options, trace);
  }
  Verdict verdict;
  MeasureShingles(older, newer, verdict);
  const Outcome outcome = PairJudge(older, newer, context, options, verdict).Decide(trace);
  verdict.relation = outcome.relation;
  verdict.probability = outcome.probability;
  if (trace != nullptr) trace->reason = outcome.reason;
  return verdict;
}

}  // namespace samestory
