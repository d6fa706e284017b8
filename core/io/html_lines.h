#ifndef SAMESTORY_IO_HTML_LINES_H_
#define SAMESTORY_IO_HTML_LINES_H_

#include <string>
#include <string_view>

namespace samestory::io {

/// The text of a piece of HTML, a block a line: what the block elements of the HTML
/// standard (paragraphs, headings, list items, rows, breaks, ...) enclose stands on
/// lines of its own, without markup, references resolved, white space runs folded
/// into one blank, no blank lines. Where no block element is found the line ends of
/// `html` are kept. Cost: linear.
std::string HtmlToLines(std::string_view html);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_HTML_LINES_H_
