#ifndef SAMESTORY_MATCH_WEIGHTS_H_
#define SAMESTORY_MATCH_WEIGHTS_H_

#include <array>
#include <cstddef>
#include <string_view>

namespace samestory {

/// What the judge weighs; features.h defines each.
enum PairFeature : std::size_t {
  kWeightContained,
  kWeightJaccardLow,
  kWeightJaccardHigh,
  kFreshJaccard,
  kMatchedWeight,
  kPairNovelty,
  kOneWordDiffers,
  kSkeletonDays,
  kSkeletonEqual,
  kDateConflict,
  kHours,
  kLater,
  kWords,
  kWordsBeyond12,
  kBodyAgrees,
  kBodyDiffers,
  kBodyDiffersLater,
  kOneSourceLater,
  kNumPairFeatures,
};

/// Which table decides a pair.
enum PairTable : std::size_t {
  kNoConflict,  ///< at most one of the texts has a slot that the other lacks
  kConflict,    ///< each has one
  kEqual,       ///< the canonical texts are equal
  kNumPairTables,
};

struct FeatureRow {
  std::string_view name;
  std::array<double, kNumPairTables> weight;
};

/// The three tables, as `samestory_quality fit-match` printed them: logistic
/// regression with L2 whose signs are bounded to what a feature can mean, on labelled
/// pairs of headlines stamped by the replayed stream (bench/quality/match_fit.h says
/// how). The bias is then set so that the default thresholds of Options let so many
/// natural look-alikes pass as docs/match.md states.
inline constexpr std::array<double, kNumPairTables> kBias = {-4.52, 0.59, 4.08};
inline constexpr std::array<FeatureRow, kNumPairFeatures> kFeatureRows = {{
    //                           no conflict  conflict  equal
    {"weight contained",         {0.95, 0, 0}},
    {"weight Jaccard to .4",     {9.31, 3.01, 0}},
    {"weight Jaccard above .4",  {2.13, 5.1, 0}},
    {"fresh weight Jaccard",     {0, 3.47, 0}},
    {"matched weight",           {0.75, 0, 0}},
    {"pair novelty",             {1.72, 1.35, 0}},
    {"one word differs",         {-1.18, 0, 0}},
    {"skeleton days",            {-1.61, -0.94, -1.57}},
    {"skeleton equal",           {0, -3.79, 0}},
    {"date conflict",            {0, -4.09, 0}},
    {"hours",                    {-4.44, -5.28, -2.33}},
    {"later", {-1, -1, -0.5}},
    {"words",                    {0.32, 0, 0}},
    {"words beyond 12",          {-3.57, 0, 0}},
    {"body agrees",              {3, 0, 0}},
    {"body differs",             {0, 0, -3}},
    {"body differs later",       {0, 0, -20.81}},
    {"one source later", {0, 0, -1}},
}};

}  // namespace samestory

#endif  // SAMESTORY_MATCH_WEIGHTS_H_
