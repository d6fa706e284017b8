#ifndef SAMESTORY_SPLIT_FRAME_GATE_H_
#define SAMESTORY_SPLIT_FRAME_GATE_H_

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "split/frame_lines.h"
#include "split/frame_view.h"

namespace samestory {

/// Whether a page has a frame at all, from the form of the page as a whole: a clean article has
/// hardly a scrap; a whole page opens with a run of them.
inline constexpr std::array<std::string_view, 11> kGateFeatureNames = {
    "one",         "scraps",          "log_scraps",      "prose_lines",
    "closed",      "log_longest_run", "log_opening_run", "log_lines",
    "scraps_in_8", "open_in_8",       "prose_words",
};
using GateFeatures = std::array<float, kGateFeatureNames.size()>;

/// The same where the lines were read: its form, and what the first pass makes of its lines.
inline constexpr std::array<std::string_view, 9> kReadGateNames = {
    "frame_lines",   "log_frame_lines", "sure_lines",  "log_sure_lines", "log_longest_frame",
    "opening_story", "closing_story",   "story_words", "least_story",
};
using ReadGateFeatures = std::array<float, kGateFeatureNames.size() + kReadGateNames.size()>;

/// Linear in the lines.
GateFeatures ReadGate(const FrameLines& frame);
ReadGateFeatures ReadGate(const GateFeatures& form, const FrameContext& context);

/// P(the page has a frame).
double GateChance(std::span<const float> features, std::span<const float> weights);

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_FRAME_GATE_H_
