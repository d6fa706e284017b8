#ifndef SAMESTORY_MATCH_FEATURES_H_
#define SAMESTORY_MATCH_FEATURES_H_

#include <array>
#include <optional>

#include "match/comparison.h"
#include "match/weights.h"

namespace samestory {

/// Hours between two items of which one has no time.
inline constexpr double kUnknownHours = 12;

using PairFeatures = std::array<double, kNumPairFeatures>;

/// What the tables weigh of a pair; hours apart and body agreement are absent where
/// unknown. Two texts that share no word have no features worth computing.
PairFeatures ComputeFeatures(const Comparison& comparison, std::optional<double> hours_apart,
                             std::optional<double> body_jaccard);

/// Log-odds that a pair with these features is one story, by the table for pairs
/// with a slot conflict or the one for pairs without.
double LogOdds(const PairFeatures& features, bool has_conflict);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_FEATURES_H_
