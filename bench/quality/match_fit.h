#ifndef SAMESTORY_BENCH_QUALITY_MATCH_FIT_H_
#define SAMESTORY_BENCH_QUALITY_MATCH_FIT_H_

#include <array>
#include <string>
#include <vector>

#include "match/weights.h"
#include "match_sets.h"
#include "samestory/options.h"

namespace samestory::quality {

struct FittedTable {
  double bias = 0;
  std::array<double, kNumPairFeatures> weight{};
};

struct MatchFit {
  std::array<FittedTable, kNumPairTables> tables;

  /// The two definitions of weights.h, ready to be pasted.
  std::string ToSource() const;
};

/// Fits the judge's tables to the pairs of `data`:
///
///  - every pair is stamped twice, once by the whole stream and once by an eighth of
///    it, so that the weights fit long and short histories;
///  - a set has the same say whatever its size (the weights of kSets in the source);
///    templates are seen a second time, at little weight, as if an hour apart, and
///    distant look-alikes with the months that truly lie between them; the hours of title versions,
///    most of which were seen at once, are drawn from those of the BBC's;
///  - weighted logistic regression with L2, each sign bounded to what the feature can
///    mean, by cyclic coordinate descent with Newton steps;
///  - the bias moves to where the default join and update probabilities let the share
///    of natural look-alikes pass that kLookAlikeShare states, or, for equal titles, to
///    where one that comes again after 36 hours is joined and not dropped;
///  - the weight of agreeing bodies is fitted last, all else fixed, and at most 3.
///
/// The same data give the same tables.
MatchFit FitMatch(const MatchData& data, const Options& options);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_MATCH_FIT_H_
