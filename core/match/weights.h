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
  kOneSourceLater,
  kBodyForm,
  kBodyDates,
  kBodyFigures,
  kBodyFiguresAgree,
  kNumPairFeatures,
};

/// The first features are those that SetWeights decides.
inline constexpr std::size_t kNumWeightFeatures = kMatchedWeight + 1;

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
inline constexpr std::array<double, kNumPairTables> kBias = {-3.5, -1.99, 0.32};
// clang-format off
inline constexpr std::array<FeatureRow, kNumPairFeatures> kFeatureRows = {{
    //                           no conflict  conflict  equal
    {"weight contained",         {0.57, 0, 0}},
    {"weight Jaccard to .4",     {10.47, 3.27, 0}},
    {"weight Jaccard above .4",  {3.27, 5.03, 0}},
    {"fresh weight Jaccard",     {0, 3.49, 0}},
    {"matched weight",           {0.62, 0, 1.09}},
    {"pair novelty",             {1.77, 1.47, 0}},
    {"one word differs",         {-1.23, 0, 0}},
    {"skeleton days",            {-1.67, -0.79, -2.24}},
    {"skeleton equal",           {0, -3.77, 0}},
    {"date conflict",            {0, -3.97, 0}},
    {"hours",                    {-4.6, -5.34, -3.5}},
    {"later",                    {-0.16, 0, -1}},
    {"words",                    {0.13, 0, 0}},
    {"words beyond 12",          {-3.44, 0, 0}},
    {"body agrees",              {7.18, 2.32, 4}},
    {"body varies",              {0, 0, -2.95}},
    {"one source later",         {0, 0, -2.93}},
    {"body form",                {-5.43, -2.64, 0}},
    {"body dates",               {-2.37, -1.78, -1.38}},
    {"body figures",             {-2.19, -1.04, -1.15}},
    {"body figures agree",       {0, 0.37, 0}},
}};
// clang-format on

}  // namespace samestory

#endif  // SAMESTORY_MATCH_WEIGHTS_H_
