#ifndef SAMESTORY_SPLIT_WEIGHTS_H_
#define SAMESTORY_SPLIT_WEIGHTS_H_

#include "split/features.h"

namespace samestory {

/// What each feature adds to the log-odds of a cut, in the order of CutFeature. Written by
/// `samestory_quality fit-split`: a softmax over the cuts of each labelled page, penalised by the
/// square; docs/split.md names the pages.
inline constexpr CutFeatures kCutWeights = {
    -0.740,  // cut
    0.523,  // units
    1.098,  // questions
    -1.603,  // exclamations
    0.671,  // open_ends
    0.870,  // open_length
    -0.812,  // separators
    -1.054,  // speech
    0.727,  // first_word
    0.847,  // title_case
    -0.539,  // story_words
    -1.388,  // lead_words
    1.968,  // open_lead_words
    -0.689,  // own_words
    0.119,  // opening_words
    -0.064,  // title_words
    0.137,  // title_words_gap
    -2.483,  // length_variance
    1.738,  // stop_before
    -2.367,  // stop_at_cut
    0.091,  // opening_at_cut
    -2.618,  // link_at_cut
    1.500,  // repeated
    6.446,  // headlines
    -1.200,  // unseen
    -3.441,  // copies
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_WEIGHTS_H_
