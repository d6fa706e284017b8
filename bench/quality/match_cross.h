#ifndef SAMESTORY_BENCH_QUALITY_MATCH_CROSS_H_
#define SAMESTORY_BENCH_QUALITY_MATCH_CROSS_H_

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "match_eval.h"
#include "match_sets.h"
#include "samestory/options.h"

namespace samestory::quality {

/// Probabilities told against what is true: ten bins of equal width. Pairs count as much
/// as the fit lets their set count, so that no set says more for being larger.
struct MatchReliability {
  struct Bin {
    double weight = 0, predicted = 0, same = 0;  ///< sums
    std::size_t pairs = 0;
  };
  std::array<Bin, 10> bins;
  /// Expected calibration error: mean over pairs of |mean prediction - share| of the bin.
  double Error() const;
};

struct MatchCrossReport {
  std::vector<MatchRow> rows;  ///< methods "judge 5-fold", "judge 5-fold 1h"
  MatchReliability reliability;
};

/// Each pair judged by tables fitted on the other four fifths of the groups.
MatchCrossReport CrossValidateMatch(const MatchData& data, const Options& options);

/// To be read by people; Markdown.
std::string ReliabilityTable(const MatchReliability& reliability);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_MATCH_CROSS_H_
