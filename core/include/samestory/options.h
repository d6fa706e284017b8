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

/// What a story holds.
enum class Group {
  kStory,   ///< all that is told of one story: updates and other wordings too
  kStrict,  ///< an item and what repeats it: exact, copy, truncated, contains. An update or
            ///< other wording begins a story of its own and names the item it relates to
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

  /// How wide a story is.
  Group group = Group::kStory;

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

  /// Only items first seen at most this many seconds ago, or offered again since, are
  /// candidates.
  /// 0: no limit.
  std::int64_t window_seconds = 0;

  /// A record's own time counts only if it lies at most this many seconds behind the
  /// stream's clock; what claims to be older counts as published when it came. 0: no limit.
  std::int64_t max_lateness_seconds = 0;

  /// Merges of two stories that records of one source may bring about in a day of the
  /// stream; beyond it they join the likelier story alone. 0: no limit.
  std::uint32_t max_merges_per_source = 0;

  /// Words of one field that are read; what follows is ignored. 1 to 2^20.
  std::size_t max_words = 4096;

  /// Candidates verified for one record at most, best shared bands first.
  /// Bounds the cost of one record. 1 or more.
  std::size_t max_candidates = 16;

  /// Share of the items that belong to no story yet which the judge may put into a wrong
  /// one, because the best look-alike among some 4,000 unrelated headlines of 72 hours
  /// passes for the same story. As measured on labelled news. [0.0005, 0.05].
  double max_wrong_joins = 0.0065;

  /// Chance of being wrong that the judge accepts when it calls an item a mere copy, to
  /// be dropped; what is less certain is joined and kept. As calibrated on labelled
  /// news. (0, 0.5].
  double max_wrong_drops = 0.05;

  /// Under kJaccard, in the batch run: no pair at the threshold may be missed, however
  /// many records share their rarest words. Floods of look-alikes then cost the square
  /// of their number. The streaming run has no use for it.
  bool exact = false;

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
