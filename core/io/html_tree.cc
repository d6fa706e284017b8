#include "io/html_tree.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "io/html_arena.h"

namespace samestory::io {
namespace {

constexpr std::size_t kMemoryAtLeast = 64 << 20;
constexpr std::size_t kMemoryPerByte = 48;

absl::Status TooDeep() {
  return absl::InvalidArgumentError("the HTML nests more than " + std::to_string(kMaxHtmlDepth) +
                                    " elements");
}

absl::Status StatusOf(HtmlLimit limit) {
  switch (limit) {
    case HtmlLimit::kDepth:
      return TooDeep();
    case HtmlLimit::kFormatting:
      return absl::InvalidArgumentError("the HTML leaves too many formatting elements open");
    case HtmlLimit::kAttributes:
      return absl::InvalidArgumentError("the HTML has too many attributes on its tags");
    default:
      return absl::InvalidArgumentError("the HTML needs too much memory for its size");
  }
}

/// True where elements are nested more deeply than kMaxHtmlDepth. (The arena watches the stack of
/// open elements, and sees it in steps; a tree may also grow by elements being moved.)
bool IsTooDeep(const GumboNode& document) {
  struct Level {
    const GumboVector* children;
    unsigned next;
  };
  std::vector<Level> open = {{&ChildrenOf(document), 0}};
  while (!open.empty()) {
    Level& level = open.back();
    if (level.next == level.children->length) {
      open.pop_back();
      continue;
    }
    const auto& child = *static_cast<const GumboNode*>(level.children->data[level.next++]);
    if (!IsElement(child)) continue;
    if (open.size() > kMaxHtmlDepth) return true;
    if (ChildrenOf(child).length > 0) open.push_back({&ChildrenOf(child), 0});
  }
  return false;
}

}  // namespace

HtmlTree::HtmlTree(std::unique_ptr<HtmlArena> arena, const GumboNode* document)
    : arena_(std::move(arena)), document_(document) {}
HtmlTree::HtmlTree(HtmlTree&&) noexcept = default;
HtmlTree& HtmlTree::operator=(HtmlTree&&) noexcept = default;
HtmlTree::~HtmlTree() = default;

absl::StatusOr<HtmlTree> HtmlTree::Parse(std::string_view html) {
  auto arena =
      std::make_unique<HtmlArena>(kMemoryAtLeast + kMemoryPerByte * html.size(), kMaxHtmlDepth);
  const GumboNode* const document = arena->Parse(html.data(), html.size());
  if (document == nullptr) return StatusOf(arena->limit());
  if (IsTooDeep(*document)) return TooDeep();
  return HtmlTree(std::move(arena), document);
}

}  // namespace samestory::io
