#ifndef SAMESTORY_SPLIT_FRAME_GATE_H_
#define SAMESTORY_SPLIT_FRAME_GATE_H_

#include <array>
#include <cstddef>
#include <string_view>

#include "split/frame_lines.h"

namespace samestory {

/// Whether a page has a frame at all: a few numbers of the page as a whole. A clean article has
/// hardly a scrap; a whole page opens with a run of them.
inline constexpr std::array<std::string_view, 11> kGateFeatureNames = {
    "one",         "scraps",          "log_scraps",      "prose_lines",
    "closed",      "log_longest_run", "log_opening_run", "log_lines",
    "scraps_in_8", "open_in_8",       "prose_words",
};
using GateFeatures = std::array<float, kGateFeatureNames.size()>;

/// Linear in the lines.
GateFeatures ReadGate(const FrameLines& frame);

/// P(the page has a frame).
double GateChance(const GateFeatures& features, const GateFeatures& weights);

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_FRAME_GATE_H_
