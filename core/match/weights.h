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
  kBodyVaries,
  kBodyVariesLater,
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
inline constexpr std::array<double, kNumPairTables> kBias = {-3.74, 0.59, 4.6};
// clang-format off
inline constexpr std::array<FeatureRow, kNumPairFeatures> kFeatureRows = {{
    //                           no conflict  conflict  equal
    {"weight contained",         {0.6, 0, 0}},
    {"weight Jaccard to .4",     {10.34, 2.97, 0}},
    {"weight Jaccard above .4",  {3.17, 4.91, 0}},
    {"fresh weight Jaccard",     {0, 3.89, 0}},
    {"matched weight",           {0.62, 0, 0}},
    {"pair novelty",             {1.77, 1.35, 0}},
    {"one word differs",         {-1.22, 0, 0}},
    {"skeleton days",            {-1.65, -0.79, -1.28}},
    {"skeleton equal",           {0, -3.89, 0}},
    {"date conflict",            {0, -4.1, 0}},
    {"hours",                    {-4.58, -5.39, -3.5}},
    {"later",                    {-0.16, 0, -1}},
    {"words",                    {0.15, 0, 0}},
    {"words beyond 12",          {-3.45, 0, 0}},
    {"body agrees",              {3, 0, 1}},
    {"body varies",              {0, 0, -8.61}},
    {"body varies later",        {0, 0, -3.13}},
    {"one source later",         {0, 0, -3.01}},
}};
// clang-format on

}  // namespace samestory

#endif  // SAMESTORY_MATCH_WEIGHTS_H_
