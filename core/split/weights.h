#ifndef SAMESTORY_SPLIT_WEIGHTS_H_
#define SAMESTORY_SPLIT_WEIGHTS_H_

#include "split/features.h"

namespace samestory {

/// What each feature adds to the log-odds of a cut, in the order of CutFeature. Written by
/// `samestory_quality fit-split`: a softmax over the cuts of each labelled page, penalised by the
/// square; docs/split.md names the pages.
inline constexpr CutFeatures kCutWeights = {
    -3.284,  // cut
    2.994,   // one_unit
    3.985,   // log_units
    -4.379,  // share_of_page
    0.076,   // page_units
    1.509,   // questions
    -1.881,  // exclamations
    0.607,   // open_ends
    0.925,   // open_length
    0.074,   // length_gap
    -2.611,  // length_variance
    -0.879,  // separators
    -0.804,  // closed_lists
    0.993,   // open_lists
    -1.228,  // speech
    0.998,   // title_case
    0.702,   // first_word
    -0.619,  // common_words
    -0.484,  // story_words
    -0.575,  // story_share
    -0.414,  // lead_words
    0.968,   // open_lead_words
    0.661,   // lead_links
    -1.051,  // own_words
    0.536,   // stranger_names
    0.140,   // closed_strangers
    1.212,   // stranger_part
    2.754,   // chain
    -1.600,  // chain_gap
    0.190,   // opening_words
    0.346,   // title_words_gap
    -2.289,  // unknown
    -0.079,  // unknown_closed
    0.579,   // unknown_open
    1.252,   // stop_before
    0.341,   // length_before
    -0.579,  // stranger_before
    -0.517,  // stranger_run
    -2.460,  // stop_at_cut
    -1.176,  // question_at_cut
    0.133,   // opening_at_cut
    -2.330,  // link_at_cut
    1.484,   // repeated
    6.293,   // headlines
    -1.200,  // unseen
    -1.300,  // copies
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_WEIGHTS_H_
