#ifndef SAMESTORY_SPLIT_WEIGHTS_H_
#define SAMESTORY_SPLIT_WEIGHTS_H_

#include "split/features.h"

namespace samestory {

/// What each feature adds to the log-odds of a cut, in the order of CutFeature. Written by
/// `samestory_quality fit-split`: a softmax over the cuts of each labelled page, penalised by the
/// square; docs/split.md names the pages.
inline constexpr CutFeatures kCutWeights = {
    -0.712,  // cut
    0.778,  // units
    0.914,  // questions
    -1.863,  // exclamations
    0.365,  // open_ends
    0.881,  // open_length
    -0.830,  // separators
    -0.780,  // quotes
    0.855,  // first_word
    0.979,  // title_case
    -0.520,  // story_words
    -1.834,  // lead_words
    2.315,  // open_lead_words
    -0.741,  // own_words
    0.140,  // openings
    -2.536,  // length_variance
    1.714,  // stop_before
    -2.253,  // stop_at_cut
    0.107,  // opening_at_cut
    -2.760,  // link_at_cut
    1.902,  // repeated
    6.198,  // headlines
    -0.943,  // unseen
    -3.168,  // copies
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_WEIGHTS_H_
