#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_PEERS_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_PEERS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "split_metrics.h"

namespace samestory::quality {

/// The rows that split_peers.py wrote of other systems: NDJSON of system, set, variant, f1_other,
/// recall_main, pages and lines. Rows of the match (match_peers.h) are passed over.
absl::StatusOr<std::vector<SplitRow>> LoadPeerRows(const std::string& path);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_PEERS_H_
