#ifndef SAMESTORY_BENCH_QUALITY_MATCH_FIT_H_
#define SAMESTORY_BENCH_QUALITY_MATCH_FIT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "match/calibration.h"
#include "match_replay.h"
#include "match_sets.h"
#include "samestory/options.h"

namespace samestory::quality {

/// The part of five that a pair is kept apart in. Pairs of one group are in one part.
int FoldOf(const LabelledPair& pair);
inline constexpr int kFolds = 5;

/// What a set says in all; 0 for one that is not fitted on.
double SetWeight(std::string_view set);

/// Fits the judge's tables to the pairs of `data`:
///
///  - every pair is stamped twice, once by the whole stream and once by an eighth of
///    it, so that the weights fit long and short histories;
///  - a set has the same say whatever its size (the weights of kSets in the source);
///    templates are seen a second time, at little weight, as if an hour apart, and
///    distant look-alikes with the months that truly lie between them; the hours of
///    title versions, most of which were seen at once, are drawn from those of the
///    BBC's;
///  - weighted logistic regression with L2, each sign bounded to what the feature can
///    mean, by cyclic coordinate descent with Newton steps; first by the titles alone,
///    then, all else fixed, by the bodies;
///  - the join levels are the log-odds that so many natural look-alikes pass by their
///    titles alone;
///  - the calibration is a Platt scaling of log-odds that tables fitted on the other
///    four fifths of the groups gave.
///
/// The same data give the same tables.
class MatchFitter {
 public:
  MatchFitter(const MatchData& data, const Options& options);
  ~MatchFitter();

  /// On all pairs but those of part `left_out`, if any.
  JudgeTables Fit(std::optional<int> left_out = std::nullopt) const;

 private:
  struct Row;
  class Training;
  void AddRows(const std::vector<PairSample>& samples);
  void AddRow(const PairSample& sample, std::optional<double> hours, double weight);

  std::vector<double> version_hours_;
  std::vector<Row> rows_;
};

/// The definitions of weights.h and calibration.h, ready to be pasted.
std::string TablesSource(const JudgeTables& tables);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_MATCH_FIT_H_
