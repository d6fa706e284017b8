#ifndef SAMESTORY_IO_HTML_LINES_H_
#define SAMESTORY_IO_HTML_LINES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "io/html_tree.h"
#include "samestory/line_markup.h"

namespace samestory::io {

/// The text of HTML, a line for each piece of text that stands on a line of its own,
/// in document order, and what the markup says of each line.
struct HtmlLines {
  std::string text;                ///< joined by '\n'; none is empty, none behind the last
  std::vector<LineMarkup> markup;  ///< one a line
};

/// What block elements (paragraphs, headings, list items, cells, ...) enclose stands
/// on lines of its own, a <br> and in <pre> a line end break a line, other elements
/// join the text around them. White space is folded to one blank. Scripts, styles,
/// templates, <noscript>, SVG, form controls, embedded media and elements with the
/// attribute `hidden` are left out, images with what stands in for them too. The tag
/// of a line is that of the nearest block around it. Linear.
HtmlLines LinesOf(const HtmlTree& tree);

/// The same of a piece of HTML as feeds carry it: without any tag of a block element
/// the line ends of `html` are kept, and markup whose brackets are all references
/// ("&lt;p&gt;", escaped twice) is read as markup. Errors as HtmlTree::Parse.
absl::StatusOr<HtmlLines> LinesOfFragment(std::string_view html);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_HTML_LINES_H_
