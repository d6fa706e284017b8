#ifndef SAMESTORY_SPLIT_WEIGHTS_H_
#define SAMESTORY_SPLIT_WEIGHTS_H_

#include "split/features.h"

namespace samestory {

/// What each feature adds to the log-odds of a cut, in the order of CutFeature.
inline constexpr CutFeatures kCutWeights = {
    -1.462,  // cut
    0.307,   // units
    0.899,   // questions
    0.481,   // open_ends
    0.610,   // open_length
    -0.513,  // separators
    -1.135,  // quotes
    0.983,   // first_word
    -0.304,  // no_capitals
    0.658,   // title_case
    -0.511,  // story_words
    -1.900,  // lead_words
    -0.769,  // own_words
    -1.739,  // length_variance
    1.694,   // stop_before
    -2.038,  // stop_at_cut
    0.048,   // open_story_words
    2.256,   // open_lead_words
    1.0,     // repeated
    5.0,     // headlines
    -5.0,    // copies
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_WEIGHTS_H_
