#ifndef SAMESTORY_SPLIT_MARKS_H_
#define SAMESTORY_SPLIT_MARKS_H_

#include <cstdint>
#include <string_view>

namespace samestory {

/// How a line ends, after closing quotes and brackets.
enum class LineEnd : std::uint8_t {
  kOpen,  ///< no mark of ending
  kStop,  ///< . or the full stop of another script
  kQuestion,
  kExclamation,
  kEllipsis,   ///< ... or its single character
  kContinued,  ///< : ; ,
};

/// What punctuation says of a line, in any script (by Unicode properties).
struct LineMarks {
  LineEnd end = LineEnd::kOpen;
  bool speech = false;     ///< quotes some words, or part of a quotation that runs on
  bool separator = false;  ///< holds an arrow, ": ", or a spaced bar, dot or dash
  std::uint32_t commas = 0;  ///< commas and semicolons that part two things
  bool cased = false;      ///< holds a letter of a script that has capitals
};

/// Reads the marks of `line`, which is trimmed; invalid UTF-8 is U+FFFD. Linear.
LineMarks ReadMarks(std::string_view line);

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_MARKS_H_
