#ifndef SAMESTORY_LINE_MARKUP_H_
#define SAMESTORY_LINE_MARKUP_H_

#include <cstdint>

namespace samestory {

/// What the markup of a page says of one line of its text: the nearest element around the line that
/// stands on lines of its own.
enum class LineTag : std::uint8_t {
  kUnknown,    ///< a div, a section, no markup at all
  kParagraph,  ///< p, pre
  kHeading,    ///< h1 to h6
  kListItem,   ///< li, dt, dd
  kCell,       ///< td, th
  kCaption,    ///< figcaption, caption, legend, summary
  kQuote,      ///< blockquote
  kTitle,      ///< the document's <title>, where it stands among the lines
};

struct LineMarkup {
  LineTag tag = LineTag::kUnknown;
  std::uint8_t heading_level = 0;  ///< 1..6 for kHeading, else 0
  bool navigation = false;  ///< stands inside nav, aside, footer, menu or a role that says so
  float link_share = 0;     ///< share of the line's characters inside links, 0..1
};

}  // namespace samestory

#endif  // SAMESTORY_LINE_MARKUP_H_
