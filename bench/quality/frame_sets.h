#ifndef SAMESTORY_BENCH_QUALITY_FRAME_SETS_H_
#define SAMESTORY_BENCH_QUALITY_FRAME_SETS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/line_markup.h"
#include "split/frame.h"
#include "split_metrics.h"
#include "split_pages.h"

namespace samestory::quality {

/// A whole page and, line by line, what its markup says: `tag` and `link` of the labelled lines.
struct MarkedPage {
  LabelledPage page;
  std::vector<LineMarkup> markup;  ///< one a line; all unknown where the set has none
};

absl::StatusOr<std::vector<MarkedPage>> LoadMarkedPages(const std::string& data_dir);

/// SplitPage and the two rules on whole pages with the shipped weights; with markup, and without.
absl::StatusOr<std::vector<SplitRow>> MeasureFrame(const std::string& data_dir);

/// The frame fitted and judged on different pages (5 folds by domain), by page type and source, at
/// every stance; and what it takes from pages that have no frame. The frame alone: what the cut of
/// the tail adds is not in these rows.
struct FrameCrossValidation {
  std::vector<SplitRow> rows;
  std::vector<FrameModel> folds;  ///< over text alone, by the fold they have not seen
};
absl::StatusOr<FrameCrossValidation> CrossValidateFrame(const std::string& data_dir);

/// The shipped frame, made anew.
struct FrameFiles {
  std::string weights;  ///< the text of core/split/frame_weights.h
  std::string trees;    ///< the text of core/split/frame_trees_table.h
  std::string habits;   ///< the bytes of core/split/data/frame_habits.bin
};

/// Fits the frame on all labelled pages. Deterministic.
absl::StatusOr<FrameFiles> FitFrameFiles(const std::string& data_dir);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_FRAME_SETS_H_
