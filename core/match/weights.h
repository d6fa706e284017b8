#ifndef SAMESTORY_MATCH_WEIGHTS_H_
#define SAMESTORY_MATCH_WEIGHTS_H_

#include <array>
#include <cstddef>
#include <string_view>

namespace samestory {

/// What the judge weighs; docs/match.md defines each.
enum PairFeature : std::size_t {
  kWeightContained,
  kWeightJaccard,
  kPairNovelty,
  kSlotsAdded,
  kOneWordDiffers,
  kSkeletonDays,
  kSkeletonEqual,
  kDateConflict,
  kOldPairs,
  kHoursFrom12,
  kHoursFrom6,
  kShortness,
  kNumPairFeatures,
};

struct FeatureRow {
  std::string_view name;
  double no_conflict;  ///< weight where not both texts have a slot that the other lacks
  double conflict;     ///< weight where both do
};

/// Log-odds before the features.
inline constexpr double kBiasNoConflict = -2.6;
inline constexpr double kBiasConflict = 1.2;

/// The two tables. Fitted by `samestory_quality fit-match`: logistic regression
/// with L2 and signs bounded to what the feature can mean.
inline constexpr std::array<FeatureRow, kNumPairFeatures> kFeatureRows = {{
    {"weight contained", 4.4, 0},
    {"weight Jaccard", 3.4, 3.9},
    {"pair novelty", 0.5, 0.2},
    {"slots added", -0.4, 0},
    {"one word differs", -1.3, 0},
    {"skeleton days", -1.8, -1.5},
    {"skeleton equal", 0, -1.6},
    {"date conflict", 0, -1.5},
    {"old pairs", 0, -0.8},
    {"hours from 12", -5.0, 0},
    {"hours from 6", 0, -5.7},
    {"shortness", -4.6, 0},
}};

}  // namespace samestory

#endif  // SAMESTORY_MATCH_WEIGHTS_H_
