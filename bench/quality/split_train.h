#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_TRAIN_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_TRAIN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "split/decode.h"
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

/// Pages with their cuts read, page i and example i together.
struct TrainingSet {
  std::vector<TrainingPage> pages;
  std::vector<CutExample> examples;
};

/// How the training set is made.
struct TrainingOptions {
  int folds = 5;
  std::vector<double> visible = {0};   ///< one copy of each page for each share
  double weight_story_alone = 0.5;
  double weight_cropped = 0.5;
  double weight_headlines_with_stops = 0.5;
  double weight_page_tails_with_stops = 0.1;
  double weight_paragraphs = 0.25;
  double weight_one_other = 0.15;
};

/// Reads the labelled sets, makes the variants and reads their cuts.
absl::StatusOr<TrainingSet> MakeTrainingSet(const std::string& data_dir,
                                            const TrainingOptions& options);

/// The lines that a model calls other.
std::vector<bool> CalledOther(const TrainingPage& page, const CutTable& cuts,
                              const CutFeatures& weights, CutThresholds thresholds);

struct CrossValidation {
  std::vector<CutFeatures> weights;  ///< of each fold: fitted on the other folds
  double loss = 0;                   ///< mean over the folds' own pages
};
CrossValidation CrossValidate(const TrainingSet& set, int folds, const FreeFeatures& free,
                              const CutFeatures& start, double l2);

/// Rows by set and variant, each page judged by the weights of its fold.
std::vector<SplitRow> Report(const TrainingSet& set, const CrossValidation& models,
                             CutThresholds thresholds, const std::string& method);

/// core/split/weights.h with `weights` in it.
std::string WeightsHeader(const CutFeatures& weights);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_TRAIN_H_
