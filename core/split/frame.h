#ifndef SAMESTORY_SPLIT_FRAME_H_
#define SAMESTORY_SPLIT_FRAME_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/math.h"
#include "samestory/split.h"
#include "split/evidence.h"
#include "split/frame_gate.h"
#include "split/frame_lines.h"
#include "split/frame_trees.h"

namespace samestory {

/// One feature's weights in both passes, for text alone and for text with markup.
struct FrameWeight {
  std::string_view name;
  float first, second, first_markup, second_markup;
};

/// A model of the frame, in the order of FrameFeatureNames().
struct FrameModel {
  GateFeatures gate{};               ///< from the page's form
  ReadGateFeatures read_gate{};      ///< once its lines are read
  std::vector<float> first, second;  ///< of the first pass: without the context's weights
  std::vector<FrameTree> trees;      ///< over the first pass's features; corrects the second pass
  FrameHabits habits;
};

/// What the frame makes of the units of a page.
struct PageFrame {
  std::vector<double> chance;  ///< P(story); 1 on pages without a frame
  std::vector<bool> kept;      ///< false: called other
  bool all_kept = true;
  std::vector<LineReason> reasons;  ///< of each unit that starts a line, where asked for
};

/// Reads the frame of `page`, whose text is `text`. Pages of fewer than kFewestFramedLines lines
/// have none. `evidence`: of each unit, or empty. `model`: for pages with markup where the options
/// have it.
PageFrame ReadPageFrame(const Page& page, std::string_view text, const SplitOptions& options,
                        std::span<const LineEvidence> evidence, bool with_reasons,
                        const FrameModel& model);

/// What is shipped: frame_weights.h.
const FrameModel& ShippedFrame(bool markup);

/// What the frame makes of the lines of a page.
struct FrameReading {
  double chance = 0;             ///< P(the page has a frame)
  std::vector<double> log_odds;  ///< of each line being story where the page has one
  std::vector<LineReason> reasons;
};

/// Tells story from the frame of a page: navigation, furniture, other stories' teasers. A logistic
/// model reads each line with the text around it; a second one reads the line again with what the
/// first made of its neighbours (stacked sequential learning, Cohen and Carvalho, IJCAI 2005), and
/// boosted trees add what no sum of weights can say. Linear; about 1.2 us a line.
FrameReading ReadFrame(const FrameLines& lines, bool markup, const FrameModel& model,
                       bool with_reasons = false);

/// P(the page has a frame) from its form alone: the gate's, and less where long runs of sentences
/// make out a fifth of the page's lines or more; none from two fifths on, as that is an article
/// with a sentence a line.
double FrameChance(const FrameLines& lines, const FrameModel& model);

/// P(story) of a line where the page has a frame with probability `gate`; without one all is story.
inline double StoryChance(double gate, double log_odds) {
  return 1 - gate * (1 - StableLogistic(log_odds));
}

/// Below this P(main) a line is called other.
double FrameThreshold(SplitStance stance);

/// Pages of fewer lines have no frame: all their lines are story to it.
inline constexpr std::size_t kFewestFramedLines = 8;

/// A page that has a frame with a lower probability is clean: the frame is not read.
inline constexpr double kSurelyClean = 0.02;

/// What an element that says it is navigation (nav, aside, footer, role) takes from a line's
/// log-odds. Labelled pages do not say it, so it is set, not fitted: it turns a line that looks
/// like story at 19 to 1, not one that stands among long paragraphs.
inline constexpr double kNavigationLogOdds = 3;

/// What a line that pages of other stories hold loses for each doubling of their number, three at
/// most. Set, as the pages with navigation that are labelled are of too many sites to tell: less
/// than the cut of the tail takes it for, and nothing next to what a sentence of a story has.
inline constexpr double kRepeatedLogOdds = 1;

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_FRAME_H_
