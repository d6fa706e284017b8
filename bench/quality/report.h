#ifndef SAMESTORY_BENCH_QUALITY_REPORT_H_
#define SAMESTORY_BENCH_QUALITY_REPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "exact_eval.h"
#include "match_cross.h"
#include "match_eval.h"
#include "match_peers.h"
#include "split_calibration.h"
#include "split_metrics.h"
#include "split_seen.h"
#include "split_speed.h"
#include "stream_eval.h"

namespace samestory::quality {

/// Every quality figure of one run; a part that was not asked for is empty.
struct Report {
  std::vector<SplitRow> split;
  std::vector<Calibration> calibration;
  std::vector<SeenRow> seen;
  std::vector<SplitSpeed> split_speed;
  std::optional<MatchReport> match;
  std::vector<StsScore> sts;
  std::optional<MatchReliability> match_reliability;  ///< where cross-validated
  std::optional<StreamReport> stream;
  std::vector<ExactRow> exact;
};

/// To be read by people, a table a part; Markdown.
std::string Table(const Report& report);

/// The same figures for programs.
std::string Json(const Report& report);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_REPORT_H_
