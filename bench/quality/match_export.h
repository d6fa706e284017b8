#ifndef SAMESTORY_BENCH_QUALITY_MATCH_EXPORT_H_
#define SAMESTORY_BENCH_QUALITY_MATCH_EXPORT_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "match_replay.h"

namespace samestory::quality {

/// Writes the pairs to be judged by other systems into the folder `dir`, made where it is absent:
/// an NDJSON file a set, its name that of the set with "_" for a space, a line a pair:
///
///     {"set", "group", "same", "score"?, "hours_apart"?,
///      "older": {"title", "body", "source"}, "newer": {...}}
///
/// Titles are as the judge gets them, source dirt taken off; a body may be empty; `score` is that
/// of the STS sets. Beside the sets of LoadMatchData: "template 1h" (templates as if an hour apart)
/// and "titlever numbers" (title versions each of which has a slot that the other lacks), as
/// EvaluateMatch defines them. Gives the number of pairs of each set; files that were written stay
/// where a later one fails.
absl::StatusOr<std::map<std::string, std::size_t>> ExportPairs(
    const std::vector<PairSample>& samples, const std::string& dir);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_MATCH_EXPORT_H_
