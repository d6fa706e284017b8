#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_METRICS_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_METRICS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "split_pages.h"

namespace samestory::quality {

/// How well lines were told apart; "positive" is a line called other. Sums over all pages.
struct SplitScore {
  std::uint64_t pages = 0, exact = 0;
  std::uint64_t true_other = 0, false_other = 0, missed_other = 0, true_main = 0;

  /// Adds a page of which the lines in `called_other` were called other.
  void Add(const LabelledPage& page, const std::vector<bool>& called_other);

  double F1() const;          ///< of the other lines
  double MainRecall() const;  ///< share of the story's lines that were kept
  std::uint64_t Lines() const { return true_other + false_other + missed_other + true_main; }
  double Exact() const;       ///< share of pages with every line right
};

/// One line of a report.
struct SplitRow {
  std::string set, variant, method;
  std::uint64_t pages = 0, lines = 0;
  double f1 = 0, main_recall = 0;
  std::optional<double> exact;  ///< not known of other systems
  std::uint64_t main_lost = 0, other_kept = 0;
};

SplitRow RowOf(std::string set, std::string variant, std::string method, const SplitScore& score);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_METRICS_H_
