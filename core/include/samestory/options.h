#ifndef SAMESTORY_OPTIONS_H_
#define SAMESTORY_OPTIONS_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "samestory/export.h"

namespace samestory {

/// How a candidate pair is judged.
enum class Match {
  kJudge,    ///< all that the match stage knows: slots, rare words, time, recurrence
  kJaccard,  ///< exact Jaccard against `threshold`, and nothing else
};

/// Every option of the engine. The first group changes what is decided and
/// travels with a stored state; the second changes only speed and memory.
/// Defaults are for headlines and snippets.
struct Options {
  // ---- what is decided -----------------------------------------------------

  /// Least exact Jaccard of the shingle sets of two linked texts. (0, 1].
  double threshold = 0.7;

  /// Which evidence decides a link.
  Match match = Match::kJudge;

  /// Shingles are all word n-grams with 1 <= n <= ngram_size. 1 to 8.
  int ngram_size = 2;

  /// MinHash permutations a signature. 0: bands * rows. When given, it must be
  /// at least bands * rows. At most 1024.
  int num_perm = 0;

  /// LSH bands and rows a band. 0 and 0: chosen from `threshold` so that a pair
  /// exactly at it becomes a candidate with probability `recall` or more (see
  /// ChooseBanding in lsh.h).
  int bands = 0;
  int rows = 0;

  /// The recall that the chosen banding must promise at `threshold`. (0, 1).
  double recall = 0.998;

  /// Keys every hash of the engine. Two engines agree only under one seed.
  /// Keep it secret where input is hostile.
  std::uint64_t seed = 0x5a3e5707'19c0de01ULL;

  /// Only items first seen at most this many seconds ago are candidates.
  /// 0: no limit.
  std::int64_t window_seconds = 0;

  /// Words of one field that are read; what follows is ignored. 1 to 2^20.
  std::size_t max_words = 4096;

  /// Candidates verified for one record at most, best shared bands first.
  /// Bounds the cost of one record. 1 or more.
  std::size_t max_candidates = 16;

  /// Probability from which the judge joins two items. [0.5, 1).
  double join_probability = 0.60;

  /// Probability from which the judge joins two items of which each has a slot
  /// (a number, a date) that the other lacks. [0.5, 1).
  double update_probability = 0.90;

  /// Probability from which the judge calls an item a mere copy, to be dropped.
  double drop_probability = 0.80;

  /// Where true, records that have page text are split and the other headlines
  /// are looked up as items of their own.
  bool split_pages = true;

  // ---- speed and memory ----------------------------------------------------

  /// Threads for the stages that work on single records. 1 to 256. The result
  /// does not depend on it.
  int threads = 1;

  /// Bytes that the engine's own structures may take. 0: no bound. An Add that
  /// would pass it fails with kResourceExhausted and changes nothing.
  std::size_t max_memory_bytes = 0;
};

/// OK, or kInvalidArgument naming the first option out of range and its value.
SAMESTORY_EXPORT absl::Status Validate(const Options& options);

}  // namespace samestory

#endif  // SAMESTORY_OPTIONS_H_
