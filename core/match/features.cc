#include "match/features.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace samestory {
namespace {

constexpr double kMaxHours = 72;
constexpr double kMaxPairNovelty = 30;  // nats

// 0 up to `from` hours, 1 at kMaxHours, logarithmic between: what is further apart
// says nothing more.
double LogHours(double hours, double from) {
  return std::log(std::clamp(hours, from, kMaxHours) / from) / std::log(kMaxHours / from);
}

}  // namespace

PairFeatures ComputeFeatures(const Comparison& pair, std::optional<double> hours_apart,
                             std::optional<double>) {
  PairFeatures x{};
  const auto& older = pair.older();
  const auto& newer = pair.newer();
  const double matched = pair.matched_weight();
  const double left_older = older.Weight(older.unmatched());
  const double left_newer = newer.Weight(newer.unmatched());
  if (matched > 0) {
    x[kWeightContained] = matched / (matched + std::min(left_older, left_newer));
    x[kWeightJaccard] = matched / (matched + left_older + left_newer);
  }
  x[kPairNovelty] =
      pair.pairs().novelty;
  if (pair.pairs().count > 0) {
    x[kOldPairs] = static_cast<double>(pair.pairs().old) / pair.pairs().count;
  }
  const int slots_older = std::popcount(older.unmatched_slots());
  const int slots_newer = std::popcount(newer.unmatched_slots());
  x[kSlotsAdded] = std::min(3, std::abs(slots_older - slots_newer));
  x[kOneWordDiffers] = pair.OneWordDiffers();
  x[kSkeletonEqual] = older.view.skeleton() == newer.view.skeleton();
  // A skeleton that both share has been seen, before the newer one, on the older
  // one's day too: only what came before that day tells a template.
  const unsigned days = x[kSkeletonEqual] != 0
                            ? older.view.skeleton_days()
                            : std::max(older.view.skeleton_days(), newer.view.skeleton_days());
  x[kSkeletonDays] = std::log1p(days);
  x[kDateConflict] =
      (older.unmatched() & older.dates) != 0 && (newer.unmatched() & newer.dates) != 0;
  const double hours = hours_apart.value_or(kUnknownHours);
  x[kHoursFrom12] = LogHours(hours, 12);
  x[kHoursFrom6] = LogHours(hours, 6);
  x[kShortness] = 1.0 / static_cast<double>(std::max<std::size_t>(
                            3, std::min(older.size, newer.size)));
  return x;
}

double LogOdds(const PairFeatures& features, bool has_conflict) {
  double z = has_conflict ? kBiasConflict : kBiasNoConflict;
  for (std::size_t i = 0; i < kNumPairFeatures; ++i) {
    z += features[i] * (has_conflict ? kFeatureRows[i].conflict : kFeatureRows[i].no_conflict);
  }
  return z;
}

}  // namespace samestory
