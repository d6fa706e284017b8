#ifndef SAMESTORY_MATCH_CALIBRATION_H_
#define SAMESTORY_MATCH_CALIBRATION_H_

#include <array>
#include <cstddef>

#include "match/weights.h"

namespace samestory {

/// From log-odds by a table to a probability: logistic(slope * z + offset), fitted on
/// pairs that the table was not fitted on (Platt scaling).
struct Calibration {
  double slope, offset;
};

/// Shares of unrelated items whose best look-alike may pass, and the log-odds from which
/// so few do, for the tables of unequal texts.
inline constexpr std::size_t kNumJoinLevels = 8;
struct JoinLevel {
  double wrong_joins;
  std::array<double, 2> log_odds;  ///< kNoConflict, kConflict
};

// As `samestory_quality fit-match` printed them.
inline constexpr std::array<Calibration, kNumPairTables> kCalibration = {
    {{1.03, 0.38}, {0.94, 0.29}, {1.03, -0.17}}};
inline constexpr std::array<JoinLevel, kNumJoinLevels> kJoinLevels = {{
    {0.0005, {3.04, 0.98}},
    {0.001, {2.86, 0.73}},
    {0.002, {2.02, 0.25}},
    {0.004, {1.15, -0.19}},
    {0.006, {0.74, -0.36}},
    {0.01, {0.05, -0.77}},
    {0.02, {-0.73, -1.26}},
    {0.05, {-1.63, -1.9}},
}};

/// All numbers of the judge.
struct JudgeTables {
  std::array<double, kNumPairTables> bias = kBias;
  std::array<std::array<double, kNumPairFeatures>, kNumPairTables> weight{};
  std::array<Calibration, kNumPairTables> calibration = kCalibration;
  std::array<JoinLevel, kNumJoinLevels> join_levels = kJoinLevels;
};

constexpr JudgeTables MakeShippedTables() {
  JudgeTables tables;
  for (std::size_t table = 0; table < kNumPairTables; ++table) {
    for (std::size_t k = 0; k < kNumPairFeatures; ++k) {
      tables.weight[table][k] = kFeatureRows[k].weight[table];
    }
  }
  return tables;
}

/// Those of weights.h and this file.
inline constexpr JudgeTables kShippedTables = MakeShippedTables();

}  // namespace samestory

#endif  // SAMESTORY_MATCH_CALIBRATION_H_
