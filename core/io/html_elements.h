#ifndef SAMESTORY_IO_HTML_ELEMENTS_H_
#define SAMESTORY_IO_HTML_ELEMENTS_H_

#include <gumbo.h>

#include <cstdint>
#include <string_view>

#include "samestory/line_markup.h"

namespace samestory::io {

/// What an element does to the lines of its page.
struct ElementRule {
  enum Display : std::uint8_t {
    kInline,  ///< joins the text around it
    kBlock,   ///< stands on lines of its own
    kBreak,   ///< ends a line
    kNone,    ///< not text of the page, with all that it holds
  };
  Display display = kInline;
  LineTag tag = LineTag::kUnknown;  ///< of the lines in a block
  std::uint8_t heading_level = 0;
  bool navigation = false;
};

/// The rule of an HTML element, by the HTML standard's "Rendering", 15.3. Not displayed are, beside
/// what it says, form controls and embedded media with what stands in for them.
const ElementRule& RuleOf(const GumboElement& element);

/// True where `name`, in any case, is an element that stands on lines of its own.
bool IsBlockName(std::string_view name);

/// True for a value of the attribute `role` that names navigation or the furniture of a page (ARIA
/// landmark and widget roles).
bool IsNavigationRole(std::string_view role);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_HTML_ELEMENTS_H_
