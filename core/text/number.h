#ifndef SAMESTORY_TEXT_NUMBER_H_
#define SAMESTORY_TEXT_NUMBER_H_

#include <cstddef>
#include <string>

namespace samestory {

/// Drops the separators of digit groups from the word of `text` that reaches from
/// `begin` to `end`, the end of `text`; returns its new end. Groups are:
///  - by comma: 1 to 3 digits, then groups of 2 or 3, the last of 3 ("1,200",
///    "12,34,567");
///  - by stop: 1 to 3 digits, then groups of 3, where there are two groups or more,
///    or a decimal comma follows ("1.200.300", "1.200,50"; "1.200" alone stays). A
///    decimal comma behind them becomes a stop.
/// All other separators stay. Applying it twice changes nothing more.
std::size_t FoldDigitGroups(std::string& text, std::size_t begin, std::size_t end);

}  // namespace samestory

#endif  // SAMESTORY_TEXT_NUMBER_H_
