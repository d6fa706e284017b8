#ifndef SAMESTORY_MATCH_TURNING_H_
#define SAMESTORY_MATCH_TURNING_H_

#include <string>
#include <vector>

#include "match/features.h"
#include "match/judge.h"

namespace samestory {

/// The single changes that would turn whether an unequal pair is one story, each as a
/// sentence, the time between the two first: by how far they are apart, by the slots in
/// which they differ, by one word more or one less that both have (the lightest that is
/// enough). Empty where none would. For explanations only: it judges the pair once a word.
std::vector<std::string> TurningChanges(const Comparison& pair, const PairSurroundings& around,
                                        const Judge& judge);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_TURNING_H_
