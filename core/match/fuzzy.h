#ifndef SAMESTORY_MATCH_FUZZY_H_
#define SAMESTORY_MATCH_FUZZY_H_

#include <string_view>

namespace samestory {

/// Whether two different canonical words may be forms of one word ("fights",
/// "fighting"; "Zelensky", "Zelenskyy"): both have four letters or more, and either
/// they begin with the same four or more letters which are half of the longer one,
/// or they begin with one letter and share 60% of their letter pairs (Dice).
/// Letters are code points; words beyond 32 of them are no match.
bool IsWordVariant(std::string_view a, std::string_view b);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_FUZZY_H_
