#include "match/judge.h"

#include <algorithm>
#include <bit>

#include "base/math.h"
#include "match/calibration.h"
#include "match/comparison.h"
#include "match/features.h"
#include "match/turning.h"

namespace samestory {
namespace {

constexpr int kMinTruncatedWords = 4;  // shorter texts are too little to be a cut of another
constexpr double kOldShare = 0.8;      // of the shared pairs: then nothing is dropped
constexpr double kTemplateContainment = 0.6;
constexpr double kAgreedBody = 0.8;  // containment from which two bodies agree
constexpr double kReissuedHours = 3;
constexpr double kFreshHours = 20;   // a daily title comes again after some 24
constexpr double kEqualJoins = 0.5;  // least probability at which equal texts are one story

struct Outcome {
  Relation relation;
  double probability;
  std::string_view reason;
};

}  // namespace

class PairJudge {
 public:
  PairJudge(const ProfileWords& older, const ProfileWords& newer, const PairContext& context,
            const Judge& judge, Verdict& measured)
      : older_(older),
        newer_(newer),
        context_(context),
        around_{context.hours_apart, context.body, context.same_source},
        judge_(judge),
        measured_(measured),
        hurries_(!context.wants_probability) {}

  Outcome Decide(JudgeTrace* trace) {
    if (older_.size == 0 || newer_.size == 0) {
      return {Relation::kNew, 0, "A text without words is like no other."};
    }
    if (older_.view.text_hash() == newer_.view.text_hash() &&
        older_.view.text() == newer_.view.text()) {
      measured_.jaccard = measured_.containment_older = measured_.containment_newer = 1;
      CompareBodies();
      return DecideEqual(trace);
    }
    Comparison pair(older_, newer_);
    if (pair.older().shared == 0) return {Relation::kNew, 0, "The two texts share no word."};
    const ShingleOverlap overlap = OverlapOf(pair, judge_.ngram_size_);
    measured_.jaccard = overlap.jaccard();
    measured_.containment_older = overlap.containment_older();
    measured_.containment_newer = overlap.containment_newer();
    PairFeatures features = ComputeFeatures(pair, around_);
    const PairTable table = pair.has_conflict() ? kConflict : kNoConflict;
    const bool hurries = hurries_ && trace == nullptr && !IsTemplate(features);
    if (hurries && IsHopeless(pair, features, table)) return NotSame(features, 0);
    if (CompareBodies()) {
      SetBodies(*around_.body, around_.same_source, features);
      if (hurries && IsHopeless(pair, features, table)) return NotSame(features, 0);
    }
    pair.MatchForms();
    SetWeights(SumWeights(pair), features);
    const double log_odds = LogOdds(features, table, tables());
    if (trace != nullptr) {
      Explain(features, table, log_odds, *trace);
      trace->slots = pair.SlotPairs();
      trace->words = pair.Words();
      trace->changes = TurningChanges(pair, around_, judge_);
    }
    const double probability = CalibratedProbability(tables(), table, log_odds);
    if (log_odds < judge_.join_log_odds(table)) return NotSame(features, probability);
    if (table == kConflict) {
      return {Relation::kUpdate, probability, "One story in which a number or date has changed."};
    }
    return DecideNoConflict(pair, probability);
  }

  /// What is known of the bodies in the end.
  const std::optional<BodyLikeness>& body() const { return around_.body; }

 private:
  const JudgeTables& tables() const { return *judge_.tables_; }

  // Whether the bodies were not known and now are.
  bool CompareBodies() {
    if (around_.body || !context_.compare_bodies) return false;
    around_.body = context_.compare_bodies();
    return around_.body.has_value();
  }

  // Equal titles are one story unless the title keeps returning, or comes again later
  // over another body.
  Outcome DecideEqual(JudgeTrace* trace) const {
    const PairFeatures features = ComputeEqualFeatures(older_.view, around_);
    const double log_odds = LogOdds(features, kEqual, tables());
    if (trace != nullptr) Explain(features, kEqual, log_odds, *trace);
    const double probability = CalibratedProbability(tables(), kEqual, log_odds);
    if (log_odds < judge_.join_log_odds(kEqual)) {
      return {
          Relation::kTemplate, probability,
          "The canonical texts are equal, but it is a running title over other bodies or days."};
    }
    if (IsFresh() && (BodiesAllowDrop() || MayBeTwoTeasers())) {
      return {Relation::kExact, probability,
              "The canonical texts are equal, and the title was not seen on an earlier day."};
    }
    if (!BodiesAllowDrop()) {
      return {Relation::kUpdate, probability,
              "The canonical texts are equal, but what stands under them differs."};
    }
    if (probability < judge_.drop_probability()) {
      return {Relation::kUpdate, probability,
              "The canonical texts are equal, but the title may come again over something new."};
    }
    return {Relation::kExact, probability, "The canonical texts are equal."};
  }

  // A title that was never seen on an earlier day, and comes twice within one. One source that
  // gives it again under another id, though, has a running title rather, unless it is at once.
  bool IsFresh() const {
    if (older_.view.skeleton_days() != 0 || newer_.view.skeleton_days() != 0) return false;
    if (context_.one_source) return around_.hours_apart.value_or(kUnknownHours) <= kReissuedHours;
    return around_.hours_apart.value_or(0) <= kFreshHours;
  }

  // Two sources that run one headline write their own teasers under it; but no figure or date is
  // another one then.
  bool MayBeTwoTeasers() const {
    return !around_.same_source && !around_.body->figures.conflict() &&
           !around_.body->dates.conflict();
  }

  // What stands under two headlines, where both have something, must not differ.
  bool BodiesAllowDrop() const { return !around_.body || around_.body->is_redundant(); }

  // Besides, even an equal title would have to be a copy here, and not a running one.
  bool MayDrop(const Comparison& pair, double probability) const {
    if (probability < judge_.drop_probability() || !BodiesAllowDrop()) return false;
    if (pair.pairs().old >= kOldShare * pair.pairs().count) return false;
    const double as_equal = LogOdds(ComputeEqualFeatures(older_.view, around_), kEqual, tables());
    return CalibratedProbability(tables(), kEqual, as_equal) >= judge_.drop_probability();
  }

  bool IsTemplate(const PairFeatures& features) const {
    return features[kSkeletonEqual] != 0 ||
           std::max(measured_.containment_newer, measured_.containment_older) >=
               kTemplateContainment;
  }

  // Whether nothing that was not yet looked at, bodies and forms of words, can make the pair one
  // story: not as it stands, nor if all words that may have another form had one.
  bool IsHopeless(Comparison& pair, const PairFeatures& features, PairTable table) const {
    constexpr double kRounding = 1e-6;  // of sums in another order
    double wanted = judge_.join_log_odds(table) - kRounding;
    if (!around_.body && context_.compare_bodies) {
      wanted -= MostOfBodies(context_.most_body_jaccard, table, tables());
    }
    if (LogOdds(features, table, tables()) >= wanted) return false;
    const Comparison::Gain gain = pair.GainOfKin();
    if (gain.older == 0 && gain.newer == 0) return true;
    return WeightLogOdds(SumWeights(pair, gain), table, tables()) +
               OtherLogOdds(features, table, tables()) <
           wanted;
  }

  Outcome NotSame(const PairFeatures& features, double probability) const {
    if (features[kSkeletonEqual] != 0) {
      return {Relation::kTemplate, probability,
              "The same form with other fillings, taken as another occasion."};
    }
    if (IsTemplate(features)) {
      return {Relation::kTemplate, probability,
              "Most words are shared, but what differs says that it is another occasion."};
    }
    return {Relation::kNew, probability, "Too little of what matters is shared."};
  }

  Outcome DecideNoConflict(const Comparison& pair, double probability) const {
    const auto& older = pair.older();
    const auto& newer = pair.newer();
    const Comparison::Mask lost = older.text.all & ~older.shared,
                           added = newer.text.all & ~newer.shared;
    // A headline alone that lacks something in its middle may be of another event or episode.
    const bool may_drop =
        MayDrop(pair, probability) && (around_.body.has_value() || !pair.LacksMiddle());
    if (may_drop && CountWords(added) <= 1 && newer.text.size >= kMinTruncatedWords &&
        (lost & older.text.slots) == 0 && (added & newer.text.slots) == 0 && pair.NewerIsCut()) {
      return {Relation::kTruncated, probability, "The newer text is a cut of the older one."};
    }
    if (newer.unmatched_slots() != 0) {
      return {Relation::kUpdate, probability, "One story to which a number or date was added."};
    }
    if (lost == 0 && older.text.size >= kMinTruncatedWords) {
      return {Relation::kContains, probability, "The newer text holds all words of the older one."};
    }
    if (may_drop && measured_.jaccard >= judge_.threshold_ && older.unmatched_slots() == 0 &&
        !pair.HasSubstitution()) {
      return {Relation::kCopy, probability,
              "Nearly all is shared and nothing was put in another's place."};
    }
    return {Relation::kReworded, probability, "One story in other words."};
  }

  void Explain(const PairFeatures& features, PairTable table, double log_odds,
               JudgeTrace& trace) const {
    trace.bias = tables().bias[table];
    trace.log_odds = log_odds;
    trace.join_log_odds = judge_.join_log_odds(table);
    for (std::size_t i = 0; i < kNumPairFeatures; ++i) {
      const double weight = tables().weight[table][i];
      if (weight != 0) trace.terms.push_back({kFeatureRows[i].name, features[i], weight});
    }
  }

  const ProfileWords& older_;
  const ProfileWords& newer_;
  const PairContext& context_;
  PairSurroundings around_;
  const Judge& judge_;
  Verdict& measured_;  // its measures of the shingles
  bool hurries_;
};

namespace {

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

double CalibratedProbability(const JudgeTables& tables, PairTable table, double log_odds) {
  const Calibration& calibration = tables.calibration[table];
  return StableLogistic(calibration.slope * log_odds + calibration.offset);
}

double JoinLogOdds(const JudgeTables& tables, PairTable table, double max_wrong_joins) {
  if (table == kEqual) {
    const Calibration& calibration = tables.calibration[table];
    return (StableLog(kEqualJoins / (1 - kEqualJoins)) - calibration.offset) / calibration.slope;
  }
  // Between two levels, linear in the logarithm of the share.
  const auto& levels = tables.join_levels;
  const auto above =
      std::find_if(levels.begin() + 1, levels.end() - 1,
                   [&](const JoinLevel& level) { return level.wrong_joins >= max_wrong_joins; });
  const JoinLevel &high = *above, &low = *(above - 1);
  const double part = StableLog(max_wrong_joins / low.wrong_joins) /
                      StableLog(high.wrong_joins / low.wrong_joins);
  return low.log_odds[table] + part * (high.log_odds[table] - low.log_odds[table]);
}

Judge::Judge(const Options& options, const JudgeTables& tables)
    : tables_(&tables),
      ngram_size_(options.ngram_size),
      threshold_(options.threshold),
      drop_(1 - options.max_wrong_drops) {
  for (const PairTable table : {kNoConflict, kConflict, kEqual}) {
    join_[table] = JoinLogOdds(tables, table, options.max_wrong_joins);
  }
}

Verdict Judge::Decide(const ProfileView& older, const ProfileView& newer,
                      const PairContext& context, JudgeTrace* trace) const {
  if (!older.Has(ProfileView::kStamped)) {
    return Decide(StampedCopy(older, context).view(), newer, context, trace);
  }
  if (!newer.Has(ProfileView::kStamped)) {
    return Decide(older, StampedCopy(newer, context).view(), context, trace);
  }
  return Decide(ProfileWords(older), ProfileWords(newer), context, trace);
}

Verdict Judge::Decide(const ProfileWords& older, const ProfileWords& newer,
                      const PairContext& context, JudgeTrace* trace) const {
  Verdict verdict;
  PairJudge pair(older, newer, context, *this, verdict);
  const Outcome outcome = pair.Decide(trace);
  verdict.relation = outcome.relation;
  verdict.probability = outcome.probability;
  verdict.agreed.headline = verdict.jaccard >= threshold_;
  verdict.agreed.body = pair.body() && pair.body()->containment >= kAgreedBody;
  if (trace != nullptr) trace->reason = outcome.reason;
  return verdict;
}

Verdict JudgePair(const ProfileView& older, const ProfileView& newer, const PairContext& context,
                  const Options& options, JudgeTrace* trace) {
  return Judge(options).Decide(older, newer, context, trace);
}

}  // namespace samestory
