#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_TRAIN_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_TRAIN_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "split/decode.h"
#include "split_calibration.h"
#include "split_metrics.h"
#include "split_pages.h"
#include "split_softmax.h"

namespace samestory::quality {

/// Labelled pages of one set and how much of the others each may look at.
struct TrainingPage {
  LabelledPage page;
  double visible = 0;  ///< share of the other pages of its set that the corpus holds
  int fold = 0;
  std::vector<std::size_t> unit_of_line;
  std::size_t units = 0;
};

/// Pages of one group are in one of `folds` folds, the same ones for the frame and the cut.
int FoldOf(const LabelledPage& page, int folds);

/// The share of `pages` that a run has seen, the same at each call; a larger share holds a smaller.
std::vector<const LabelledPage*> VisiblePages(const std::vector<LabelledPage>& pages, double share);

/// The id that a page has in common with the variants made of it.
std::string_view BaseId(const LabelledPage& page);

/// Pages with their cuts read, page i and example i together.
struct TrainingSet {
  std::vector<TrainingPage> pages;
  std::vector<CutExample> examples;
};

/// How the training set is made.
struct TrainingOptions {
  int folds = 5;
  std::vector<double> visible = {0};  ///< one copy of each page for each share
  double weight_page_alone = 0.5;
  double weight_article_alone = 0.4;
  double weight_cropped = 0.5;
  double weight_headlines_with_stops = 1;
  double weight_page_tails_with_stops = 0.3;
  double weight_paragraphs = 0.25;
  double weight_one_other = 0.4;
  double weight_short = 0.1;
  double weight_window = 0.05;
  double weight_unknown_language = 0.15;
  double weight_unknown_with_stops = 0.01;
  double weight_unknown_window = 0.15;
};

/// Reads the labelled sets, makes the variants and reads their cuts.
absl::StatusOr<TrainingSet> MakeTrainingSet(const std::string& data_dir,
                                            const TrainingOptions& options);

/// The lines that a model calls other.
std::vector<bool> CalledOther(const TrainingPage& page, const CutTable& cuts,
                              const CutFeatures& weights, CutThresholds thresholds);

/// What the fit is told.
struct FitOptions {
  double l2 = 0.005;
  FreeFeatures used = AllFeatures();  ///< others get weight 0
  static FreeFeatures AllFeatures();
};

/// Fits in two steps, leaving out the pages of `fold` (-1: none): what a page alone tells, on the
/// pages that see no others; then, with that fixed, what other pages tell, on all.
CutFeatures FitSplit(const TrainingSet& set, const FitOptions& options, int fold);

/// The weights of each fold, fitted on the other folds.
std::vector<CutFeatures> CrossValidate(const TrainingSet& set, const FitOptions& options,
                                       int folds);

/// How the lines' probabilities of being story compare with their labels, each page judged by the
/// weights of its fold, on the labelled pages themselves that see no others.
std::vector<Calibration> Calibrate(const TrainingSet& set, const std::vector<CutFeatures>& models);

/// Rows by set and variant, each page judged by the weights of its fold.
std::vector<SplitRow> Report(const TrainingSet& set, const std::vector<CutFeatures>& models,
                             CutThresholds thresholds, const std::string& method);

/// The text of core/split/weights.h.
std::string WeightsHeader(const CutFeatures& weights);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_TRAIN_H_
