#ifndef SAMESTORY_IO_HTML_TREE_H_
#define SAMESTORY_IO_HTML_TREE_H_

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"

namespace samestory::io {

class HtmlArena;

/// So many elements may stand inside each other: twice what browsers keep.
inline constexpr std::size_t kMaxHtmlDepth = 1024;

/// A document parsed by the rules of the HTML standard (gumbo). Every input is
/// parsed to something, except what is made to exhaust a parser.
///
/// Gumbo's time grows with the product of tags and open elements, of tags and open
/// formatting elements, and with the square of a tag's attributes; its own way to
/// free a tree is recursive. So it runs in an arena, which watches the parser's
/// stacks as they grow, bounds all of them and the memory, and is freed as a whole.
class HtmlTree {
 public:
  /// `html` is UTF-8 without NUL and must outlive the tree. Cost: linear;
  /// some 10 times its size of memory. kInvalidArgument, in words for a user, where
  /// elements are nested more deeply than kMaxHtmlDepth, more than 128 formatting
  /// elements are open at once, tags have more attributes than pages do, or the tree
  /// needs more memory than 64 MiB and 48 bytes for each of `html`.
  static absl::StatusOr<HtmlTree> Parse(std::string_view html);

  HtmlTree(HtmlTree&&) noexcept;
  HtmlTree& operator=(HtmlTree&&) noexcept;
  ~HtmlTree();

  /// The document; its elements are nested kMaxHtmlDepth deep at most.
  const GumboNode& document() const { return *document_; }

 private:
  explicit HtmlTree(std::unique_ptr<HtmlArena> arena, const GumboNode* document);

  std::unique_ptr<HtmlArena> arena_;
  const GumboNode* document_;
};

/// The children of `node`, which is no text.
inline const GumboVector& ChildrenOf(const GumboNode& node) {
  return node.type == GUMBO_NODE_DOCUMENT ? node.v.document.children : node.v.element.children;
}

inline bool IsElement(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}

/// The value of an attribute by its name in lower case; null where there is none.
inline const char* AttributeOf(const GumboNode& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.v.element.attributes, name);
  return found != nullptr ? found->value : nullptr;
}

}  // namespace samestory::io

#endif  // SAMESTORY_IO_HTML_TREE_H_
