#ifndef SAMESTORY_BENCH_QUALITY_STREAM_EVAL_H_
#define SAMESTORY_BENCH_QUALITY_STREAM_EVAL_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "match_eval.h"
#include "match_sets.h"
#include "samestory/engine.h"

namespace samestory::quality {

/// What the engine makes of labelled pairs that come to it in a stream of other news.
struct StreamReport {
  std::vector<MatchRow> rows;  ///< joined: in one story; dropped: one item is kept for both
  EngineStats stats;
  std::size_t records = 0;
  std::size_t largest_story = 0;
  double seconds = 0;
};

/// Runs the items of all pairs, mixed in the order of time into `background` items of
/// the stream, through Engine::AddBatch. Items have no URL and ids of their own, so
/// that only their text and time can join them. A second stream, which adds rows alone, has
/// the pairs of templates as if they had come within an hour.
absl::StatusOr<StreamReport> EvaluateStream(const MatchData& data, const Options& options,
                                            std::size_t background);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_STREAM_EVAL_H_
