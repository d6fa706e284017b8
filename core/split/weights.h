#ifndef SAMESTORY_SPLIT_WEIGHTS_H_
#define SAMESTORY_SPLIT_WEIGHTS_H_

#include "split/features.h"

namespace samestory {

/// What each feature adds to the log-odds of a cut, in the order of CutFeature. Written by
/// `samestory_quality fit-split`: a softmax over the cuts of each labelled page, penalised by the
/// square; docs/split.md names the pages.
inline constexpr CutFeatures kCutWeights = {
    -2.838,  // cut
    2.999,   // one_unit
    4.018,   // log_units
    -4.804,  // share_of_page
    -0.015,  // page_units
    1.636,   // questions
    -1.765,  // exclamations
    0.701,   // open_ends
    0.942,   // open_length
    0.083,   // length_gap
    -2.599,  // length_variance
    -0.891,  // separators
    -0.849,  // closed_lists
    0.985,   // open_lists
    -1.229,  // speech
    0.994,   // title_case
    0.661,   // first_word
    -0.757,  // common_words
    -0.494,  // story_words
    -0.602,  // story_share
    -0.460,  // lead_words
    1.040,   // open_lead_words
    0.624,   // lead_links
    -1.143,  // own_words
    0.522,   // stranger_names
    0.413,   // closed_strangers
    2.818,   // chain
    -1.566,  // chain_gap
    0.187,   // opening_words
    0.357,   // title_words_gap
    -2.244,  // unknown
    -0.117,  // unknown_closed
    0.560,   // unknown_open
    1.305,   // stop_before
    0.326,   // length_before
    -0.630,  // stranger_before
    -2.193,  // stop_at_cut
    -1.108,  // question_at_cut
    0.140,   // opening_at_cut
    -2.450,  // link_at_cut
    1.500,   // repeated
    6.294,   // headlines
    -1.200,  // unseen
    -1.315,  // copies
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_WEIGHTS_H_
