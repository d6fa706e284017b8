#ifndef SAMESTORY_BENCH_QUALITY_FRAME_TRAIN_H_
#define SAMESTORY_BENCH_QUALITY_FRAME_TRAIN_H_

#include <string>
#include <vector>

#include "frame_counts.h"
#include "frame_logistic.h"
#include "frame_sets.h"
#include "split/frame.h"

namespace samestory::quality {

inline constexpr int kFrameFolds = 5;

/// A page of a training set for the frame.
struct FramePage {
  MarkedPage marked;
  int fold = 0;
  bool framed = false;  ///< a whole page
  FrameLines lines;
  std::vector<std::uint32_t> words;  ///< Page::word_hashes
  GateFeatures gate;
  std::size_t first_row = 0;
};

/// Pages, and the labels of all of their lines.
struct FrameSet {
  bool markup = false;
  std::vector<FramePage> pages;
  std::vector<bool> main;
  std::vector<float> weight;  ///< 0: the label says nothing
  std::vector<int> fold;
  FrameCounts counts;  ///< of the words of whole pages
};

/// Whole pages, the same with their story and its frame shortened, and articles without a frame:
/// stories with and without their tail, a sentence and a paragraph a line, cropped. The tails of
/// articles count for nothing: the cut finds those.
absl::StatusOr<FrameSet> MakeFrameSet(const std::string& data_dir, bool markup);

/// Both passes, the trees and the habits, fitted without the pages of `fold` (-1: none). Each page's features
/// use habits counted on other folds' pages; the second pass learns from what the first says of
/// pages it was not fitted on.
FrameModel FitFrame(const FrameSet& set, int fold);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_FRAME_TRAIN_H_
