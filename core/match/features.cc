#include "match/features.h"

#include <algorithm>

#include "base/math.h"

namespace samestory {
namespace {

constexpr double kMaxHours = 36;
constexpr double kLaterFrom = 72;
constexpr double kJaccardKnee = 0.4;
constexpr double kMaxMatched = 40 / ProfileView::kWeightUnit;
constexpr double kMaxNovelty = 6;
constexpr double kMaxWords = 12;
constexpr double kBodyVariesSlope = 1;
constexpr double kBodyAgreesFrom = 0.75, kBodyAgreesAt = 0.95;

double Share(double part, double rest) { return part > 0 ? part / (part + rest) : 0; }

void AddWeights(const Comparison& pair, PairFeatures& x) {
  const double matched = pair.matched_weight();
  const double left_older = pair.older().Weight(pair.older().unmatched());
  const double left_newer = pair.newer().Weight(pair.newer().unmatched());
  const double jaccard = Share(matched, left_older + left_newer);
  x[kWeightContained] = Share(matched, std::min(left_older, left_newer));
  x[kWeightJaccardLow] = std::min(jaccard, kJaccardKnee);
  x[kWeightJaccardHigh] = std::max(0.0, jaccard - kJaccardKnee);
  x[kFreshJaccard] = Share(matched - pair.pairs().stale_weight, left_older + left_newer);
  x[kMatchedWeight] = std::min(matched, kMaxMatched) * ProfileView::kWeightUnit / 10;
  x[kPairNovelty] = std::min(pair.pairs().novelty, kMaxNovelty) / kMaxNovelty;
}

void AddForm(const Comparison& pair, PairFeatures& x) {
  const auto& older = pair.older();
  const auto& newer = pair.newer();
  x[kOneWordDiffers] = pair.OneWordDiffers();
  x[kSkeletonEqual] = older.view.skeleton() == newer.view.skeleton();
  // Days of an equal skeleton count up to the older text: that it returned in the
  // newer one is what is to be judged.
  const unsigned days = x[kSkeletonEqual] != 0
                            ? older.view.skeleton_days()
                            : std::max(older.view.skeleton_days(), newer.view.skeleton_days());
  x[kSkeletonDays] = StableLog(1.0 + days);
  x[kDateConflict] =
      (older.unmatched() & older.dates) != 0 && (newer.unmatched() & newer.dates) != 0;
  const auto words =
      static_cast<double>(std::max<std::size_t>(1, std::min(older.size, newer.size)));
  x[kWords] = StableLog(std::min(words, kMaxWords));
  x[kWordsBeyond12] = StableLog(std::max(words, kMaxWords) / kMaxWords);
}

void AddSurroundings(const PairSurroundings& around, PairFeatures& x) {
  const double hours = std::max(0.0, around.hours_apart.value_or(kUnknownHours));
  x[kHours] = std::min(hours, kMaxHours) / kMaxHours;
  x[kLater] = StableLog(std::max(hours, kLaterFrom) / kLaterFrom);
  if (around.same_source) x[kOneSourceLater] = x[kLater];
  if (!around.body_jaccard) return;
  x[kBodyAgrees] = std::clamp(
      (*around.body_jaccard - kBodyAgreesFrom) / (kBodyAgreesAt - kBodyAgreesFrom), 0.0, 1.0);
  if (around.same_source) {
    x[kBodyVaries] = std::min(1 - *around.body_jaccard, kBodyVariesSlope * *around.body_jaccard);
  }
  x[kBodyVariesLater] = x[kHours] * x[kBodyVaries];
}

}  // namespace

PairFeatures ComputeFeatures(const Comparison& pair, const PairSurroundings& around) {
  PairFeatures x{};
  AddWeights(pair, x);
  AddForm(pair, x);
  AddSurroundings(around, x);
  return x;
}

PairFeatures ComputeEqualFeatures(const ProfileView& older, const PairSurroundings& around) {
  PairFeatures x{};
  x[kSkeletonDays] = StableLog(1.0 + older.skeleton_days());
  AddSurroundings(around, x);
  return x;
}

double LogOdds(const PairFeatures& features, PairTable table) {
  double z = kBias[table];
  for (std::size_t i = 0; i < kNumPairFeatures; ++i) {
    z += features[i] * kFeatureRows[i].weight[table];
  }
  return z;
}

}  // namespace samestory
