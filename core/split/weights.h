#ifndef SAMESTORY_SPLIT_WEIGHTS_H_
#define SAMESTORY_SPLIT_WEIGHTS_H_

#include "split/features.h"

namespace samestory {

/// What each feature adds to the log-odds of a cut, in the order of CutFeature. Written by
/// `samestory_quality fit-split`: a softmax over the cuts of each labelled page, penalised by the
/// square; docs/split.md names the pages.
inline constexpr CutFeatures kCutWeights = {
    -0.754,  // cut
    0.544,   // units
    1.108,   // questions
    -1.574,  // exclamations
    0.667,   // open_ends
    0.933,   // open_length
    -0.771,  // separators
    -1.028,  // speech
    0.672,   // first_word
    0.797,   // title_case
    -0.525,  // story_words
    -1.405,  // lead_words
    1.983,   // open_lead_words
    -0.672,  // own_words
    0.120,   // opening_words
    -0.066,  // title_words
    0.140,   // title_words_gap
    -2.567,  // length_variance
    1.781,   // stop_before
    -2.390,  // stop_at_cut
    0.093,   // opening_at_cut
    -2.632,  // link_at_cut
    1.500,   // repeated
    6.449,   // headlines
    -1.200,  // unseen
    -3.454,  // copies
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_WEIGHTS_H_
