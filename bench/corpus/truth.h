#ifndef SAMESTORY_BENCH_CORPUS_TRUTH_H_
#define SAMESTORY_BENCH_CORPUS_TRUTH_H_

#include <cstddef>
#include <span>
#include <vector>

#include "samestory/engine.h"
#include "samestory/options.h"
#include "samestory/record.h"

namespace samestory::bench {

/// How far a clustering agrees with exact Jaccard at the threshold.
struct Agreement {
  std::size_t pairs = 0;           ///< pairs at or above the threshold
  std::size_t pairs_together = 0;  ///< of these, in one story
  std::size_t duplicates = 0;      ///< records with an earlier record at or above it
  std::size_t flagged = 0;         ///< of these, linked to an earlier record
  std::size_t links = 0;           ///< records linked to an earlier one
  std::size_t right_links = 0;     ///< of these, to one at or above the threshold

  double pair_recall() const { return Share(pairs_together, pairs); }
  double flag_recall() const { return Share(flagged, duplicates); }
  double precision() const { return Share(right_links, links); }

 private:
  static double Share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
  }
};

/// Compares `rows` with all pairs of `records` by exact Jaccard over the engine's own
/// shingles, found through an inverted index that misses none. The records must be in
/// the order in which they were decided.
Agreement CompareWithExact(std::span<const Record> records, const std::vector<ClusterRow>& rows,
                           const Options& options);

}  // namespace samestory::bench

#endif  // SAMESTORY_BENCH_CORPUS_TRUTH_H_
