#ifndef SAMESTORY_SPLIT_WEIGHTS_H_
#define SAMESTORY_SPLIT_WEIGHTS_H_

#include "split/features.h"

namespace samestory {

/// What each feature adds to the log-odds of a cut, in the order of CutFeature.
inline constexpr CutFeatures kCutWeights = {
    -0.758,  // cut
    0.799,  // units
    0.939,  // questions
    -1.884,  // exclamations
    0.351,  // open_ends
    0.879,  // open_length
    -0.833,  // separators
    -0.885,  // quotes
    0.887,  // first_word
    1.016,  // title_case
    -0.530,  // story_words
    -1.891,  // lead_words
    2.399,  // open_lead_words
    -0.748,  // own_words
    0.268,  // openings
    -2.661,  // length_variance
    1.708,  // stop_before
    -2.251,  // stop_at_cut
    0.110,  // opening_at_cut
    -2.754,  // link_at_cut
    0.000,  // repeated
    0.000,  // headlines
    0.000,  // copies
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_WEIGHTS_H_
