#ifndef SAMESTORY_BENCH_QUALITY_MATCH_EVAL_H_
#define SAMESTORY_BENCH_QUALITY_MATCH_EVAL_H_

#include <cstddef>
#include <string>
#include <vector>

#include "match_replay.h"
#include "samestory/options.h"

namespace samestory::quality {

/// Of the pairs of one set, how many one method joins into a story and how many of
/// those it drops as redundant.
struct MatchRow {
  std::string set, method;
  std::size_t n = 0, joined = 0, dropped = 0;
};

/// F1 of "joined" over the hand-labelled pairs; pairs labelled "related" count as
/// different.
struct HandScore {
  std::string method;
  double precision = 0, recall = 0, f1 = 0;
};

struct MatchReport {
  std::vector<MatchRow> rows;
  std::vector<HandScore> hand;
};

/// Methods: "judge"; "judge 1h" (every pair judged as if an hour apart, for the
/// sets of negatives whose hours were not observed); "judge titles" (bodies left
/// out); "jaccard .5", ".6", ".7", ".8" over the engine's shingles, which drop what
/// they join. Beside the sets themselves: "SET unequal" (pairs whose canonical texts
/// differ) and "SET numbers" (pairs with a slot on each side that the other lacks).
MatchReport EvaluateMatch(const std::vector<PairSample>& samples, const Options& options);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_MATCH_EVAL_H_
