#ifndef SAMESTORY_MATCH_FEATURES_H_
#define SAMESTORY_MATCH_FEATURES_H_

#include <array>
#include <optional>

#include "match/body.h"
#include "match/calibration.h"
#include "match/comparison.h"
#include "match/weights.h"

namespace samestory {

/// Hours between two items of which one has no time.
inline constexpr double kUnknownHours = 12;

/// The features of a pair. With S the idf weight of what is matched (words as they
/// are, numbers by value, forms of a word) and A, B the weights that each text has
/// left:
///
///   weight contained     S / (S + min(A, B))
///   weight Jaccard       S / (S + A + B), as two features: up to .4 and beyond
///   fresh weight Jaccard the same, where words that are shared in nothing but pairs
///                        seen on three days or more count nothing in S
///   matched weight       min(S, 40 nats) / 10
///   pair novelty         sum of 1 / (1 + days seen before) over shared pairs of
///                        neighbours, at most 6, / 6
///   one word differs     equal length, all but one word at their places
///   skeleton days        ln(1 + days on which the skeleton, the text with its slots
///                        masked, was seen before); the larger of two
///   skeleton equal       the two skeletons are equal
///   date conflict        each has a month, weekday, year or day of a month left
///   hours                min(hours apart, 36) / 36
///   later                ln(max(hours apart, 72) / 72)
///   words                ln(min(n, 12)), n the words of the shorter text
///   words beyond 12      ln(max(n, 12) / 12)
///   body agrees          0 at a body Jaccard of .85, 1 at 1
///   body figures agree   share of the bodies' figures that agree, of the body that has
///                        fewer, in full from three on
///   body form            min(1 - J, J) of the body Jaccard J, times what does not agree of
///                        the figures: one form of body with other fillings is a
///                        template's, while equal bodies are a copy's and two independent
///                        ones are often told of one story
///   body varies          the same, where the items are of one source
///   body figures         share of the figures that differ, of the body that has fewer
///   body dates           each body has a date that the other lacks
///   one source later     later, where the items are of one source
///
/// What is unknown of bodies is 0. Of equal texts: matched weight is the weight of the
/// text, pair novelty the mean of 1 / (1 + days seen before) over its pairs, and skeleton
/// days are 0 where it holds a date or the bodies are equal
/// and at most three hours apart.
using PairFeatures = std::array<double, kNumPairFeatures>;

/// The idf weights of a pair, in steps of ProfileView::kWeightUnit.
struct WeightSums {
  double matched, left_older, left_newer;
  double stale;  ///< of what is matched: shared in nothing but old pairs
};
WeightSums SumWeights(const Comparison& pair);

/// The same as if forms of words had gained so much.
WeightSums SumWeights(const Comparison& pair, const Comparison::Gain& gain);

/// Fills in the features that these weights decide.
void SetWeights(const WeightSums& weights, PairFeatures& features);

/// What is known of a pair beside the two texts.
struct PairSurroundings {
  std::optional<double> hours_apart;
  std::optional<BodyLikeness> body;
  bool same_source = false;  ///< of one source, or not known to be of two
};

PairFeatures ComputeFeatures(const Comparison& pair, const PairSurroundings& around);

/// Sets those of the bodies.
void SetBodies(const BodyLikeness& body, bool same_source, PairFeatures& features);

/// Those of two equal texts, of which `older` is one: only what the table for equal
/// texts weighs.
PairFeatures ComputeEqualFeatures(const ProfileView& older, const PairSurroundings& around);

/// Of two bodies whose Jaccard is at most so much: an upper bound of what the features of
/// bodies add to the log-odds.
double MostOfBodies(double most_jaccard, PairTable table, const JudgeTables& tables);

/// Log-odds that a pair with these features is one story, in two parts that add up to LogOdds
/// but for rounding: of the weights (see SetWeights), and of all else with the bias.
double WeightLogOdds(const WeightSums& weights, PairTable table, const JudgeTables& tables);
double OtherLogOdds(const PairFeatures& features, PairTable table, const JudgeTables& tables);

/// Log-odds that a pair with these features is one story.
double LogOdds(const PairFeatures& features, PairTable table,
               const JudgeTables& tables = kShippedTables);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_FEATURES_H_
