#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_SETS_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_SETS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/split.h"
#include "split/features.h"
#include "split_calibration.h"
#include "split_metrics.h"
#include "split_pages.h"

namespace samestory::quality {

/// Says of each line of a page whether it is other.
using SplitMethod = std::function<std::vector<bool>(const LabelledPage&)>;

/// The two rules that pages are commonly cleaned with: keep what ends in a mark of ending; strip
/// the lines at the end that do not.
std::vector<bool> LinesWithoutStop(const LabelledPage& page);
std::vector<bool> LastLinesWithoutStop(const LabelledPage& page);

/// SplitPage as a method; `corpus` may be null.
std::vector<bool> SplitLines(const LabelledPage& page, const PageCorpus* corpus,
                             const SplitOptions& options = {});

/// One row a variant, one a source, and one for all of `pages`.
std::vector<SplitRow> MeasureMethod(const std::vector<LabelledPage>& pages, const std::string& set,
                                    const std::string& method, const SplitMethod& called_other);

/// The shipped split and the two rules on every labelled set of `data_dir`: pages alone, with
/// stops added to the tails, as paragraphs, and with 4, 10, 25 and 100% of a set's other pages
/// seen. The shipped weights were fitted on these very pages; CrossValidateSplit is the fair
/// figure where no other pages are at hand.
absl::StatusOr<std::vector<SplitRow>> MeasureSplit(const std::string& data_dir);

/// The model fitted and judged on different pages (5 folds).
struct CrossValidation {
  /// In the three stances, and with groups of features taken away: "no evidence", "no form",
  /// "no cohesion", "no word habits".
  std::vector<SplitRow> rows;
  std::vector<Calibration> calibration;
  std::vector<CutFeatures> folds;  ///< the model with all features, by the fold it has not seen
};
absl::StatusOr<CrossValidation> CrossValidateSplit(const std::string& data_dir);

/// Fits the model on all labelled pages; the text of core/split/weights.h. Deterministic.
absl::StatusOr<std::string> FitSplitWeights(const std::string& data_dir);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_SETS_H_
