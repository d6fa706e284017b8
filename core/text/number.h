#ifndef SAMESTORY_TEXT_NUMBER_H_
#define SAMESTORY_TEXT_NUMBER_H_

#include <cstddef>
#include <span>

namespace samestory {

/// Drops the separators of digit groups from `word`, in place; returns its new
/// length. `word` is canonical, of at most kMaxWordBytes. Groups are:
///  - by comma: 1 to 3 digits, then groups of 2 or 3, the last of 3 ("1,200",
///    "12,34,567");
///  - by stop: 1 to 3 digits, then groups of 3, where there are two groups or more,
///    or a decimal comma follows ("1.200.300", "1.200,50"; "1.200" alone stays). A
///    decimal comma behind them becomes a stop.
/// All other separators stay. Applying it twice changes nothing more.
std::size_t FoldDigitGroups(std::span<char> word);

}  // namespace samestory

#endif  // SAMESTORY_TEXT_NUMBER_H_
