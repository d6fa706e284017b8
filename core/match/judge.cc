#include "match/judge.h"

#include <bit>
#include <cmath>

#include "match/comparison.h"
#include "match/features.h"

namespace samestory {
namespace {

constexpr int kMinTruncatedWords = 4;     // shorter texts are too little to be a cut of another
constexpr double kOldShare = 0.8;         // of the shared pairs: then nothing is dropped
constexpr unsigned kRunningTitleDays = 2; // a title seen on so many days before is a running one
constexpr double kOtherBody = 0.3;        // below it two bodies are about different things
constexpr double kTemplateContainment = 0.6;

struct Outcome {
  Relation relation;
  double probability;
  std::string_view reason;
};

class PairJudge {
 public:
  PairJudge(const ProfileView& older, const ProfileView& newer, const PairContext& context,
            const Options& options, Verdict& verdict)
      : older_(older), newer_(newer), context_(context), options_(options), verdict_(verdict) {}

  Outcome Decide(JudgeTrace* trace) {
    if (older_.text_hash() == newer_.text_hash() && older_.text() == newer_.text()) {
      return DecideEqual();
    }
    const Comparison pair(older_, newer_);
    if (pair.shared_weight() == 0 && pair.older().shared == 0) {
      return {Relation::kNew, 0, "The two texts share no word."};
    }
    const PairFeatures features =
        ComputeFeatures(pair, context_.hours_apart, context_.body_jaccard);
    const bool conflict = pair.has_conflict();
    const double probability = 1 / (1 + std::exp(-LogOdds(features, conflict)));
    if (trace != nullptr) Explain(pair, features, *trace);
    return conflict ? DecideConflict(features, probability)
                    : DecideNoConflict(pair, features, probability);
  }

 private:
  // A title that keeps returning over ever new bodies is a running title.
  Outcome DecideEqual() const {
    if (older_.num_words() == 0) {
      return {Relation::kNew, 0, "Neither text has a word."};
    }
    if (older_.skeleton_days() >= kRunningTitleDays && context_.body_jaccard &&
        *context_.body_jaccard < kOtherBody) {
      return {Relation::kTemplate, 0,
              "The texts are equal, but this title returns on many days and the bodies differ."};
    }
    return {Relation::kExact, 1, "The canonical texts are equal."};
  }

  Outcome NotSame(const PairFeatures& features, double probability) const {
    if (features[kSkeletonEqual] != 0) {
      return {Relation::kTemplate, probability,
              "The same form with other fillings, taken as another occasion."};
    }
    if (std::max(verdict_.containment_newer, verdict_.containment_older) >= kTemplateContainment) {
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
    const bool may_drop =
        probability >= options_.drop_probability && features[kOldPairs] < kOldShare;
    if (may_drop && std::popcount(added) <= 1 && newer.size >= kMinTruncatedWords &&
        (lost & older.slots) == 0 && (added & newer.slots) == 0 && pair.NewerIsCut()) {
      return {Relation::kTruncated, probability, "The newer text is a cut of the older one."};
    }
    const bool adds_slot = (newer.unmatched_slots()) != 0;
    if (lost == 0 && !adds_slot && older.size >= kMinTruncatedWords) {
      return {Relation::kContains, probability, "The newer text holds all words of the older one."};
    }
    if (adds_slot) {
      return {Relation::kUpdate, probability, "One story to which a number or date was added."};
    }
    if (may_drop && verdict_.jaccard >= options_.threshold &&
        older.unmatched_slots() == 0 && !pair.HasSubstitution()) {
      return {Relation::kCopy, probability,
              "Nearly all is shared and nothing was put in another's place."};
    }
    return {Relation::kReworded, probability, "One story in other words."};
  }

  static void Explain(const Comparison& pair, const PairFeatures& features, JudgeTrace& trace) {
    const bool conflict = pair.has_conflict();
    trace.bias = conflict ? kBiasConflict : kBiasNoConflict;
    for (std::size_t i = 0; i < kNumPairFeatures; ++i) {
      const FeatureRow& row = kFeatureRows[i];
      const double weight = conflict ? row.conflict : row.no_conflict;
      if (weight != 0) trace.terms.push_back({row.name, features[i], weight});
    }
    trace.slots = pair.SlotPairs();
  }

  const ProfileView& older_;
  const ProfileView& newer_;
  const PairContext& context_;
  const Options& options_;
  Verdict& verdict_;
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
