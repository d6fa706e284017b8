#include "split_metrics.h"

#include <utility>

namespace samestory::quality {

void SplitScore::Add(const LabelledPage& page, const std::vector<bool>& called_other) {
  bool right = true;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (!page.counted[i]) continue;
    const bool other = page.other[i], called = called_other[i];
    true_other += other && called;
    false_other += !other && called;
    missed_other += other && !called;
    true_main += !other && !called;
    right = right && other == called;
  }
  ++pages;
  exact += right;
}

double SplitScore::F1() const {
  const double denominator = 2.0 * true_other + false_other + missed_other;
  return denominator == 0 ? 0 : 2.0 * true_other / denominator;
}

double SplitScore::MainRecall() const {
  const double main = static_cast<double>(true_main + false_other);
  return main == 0 ? 0 : static_cast<double>(true_main) / main;
}

double SplitScore::Exact() const {
  return pages == 0 ? 0 : static_cast<double>(exact) / static_cast<double>(pages);
}

SplitRow RowOf(std::string set, std::string variant, std::string method, const SplitScore& score) {
  return {.set = std::move(set),
          .variant = std::move(variant),
          .method = std::move(method),
          .pages = score.pages,
          .lines = score.Lines(),
          .f1 = score.F1(),
          .main_recall = score.MainRecall(),
          .exact = score.Exact(),
          .main_lost = score.false_other,
          .other_kept = score.missed_other};
}

}  // namespace samestory::quality
