#include "io/html_lines.h"

#include <simdjson.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <utility>

#include "io/html_elements.h"
#include "samestory/text.h"
#include "text/markup.h"
#include "text/utf8.h"
#include "text/white_space.h"

namespace samestory::io {
namespace {

/// What holds for a piece of text because of the elements around it.
struct Style {
  LineTag tag = LineTag::kUnknown;
  std::uint8_t heading_level = 0;
  bool navigation = false, link = false, preformatted = false;
};

std::size_t Characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (c & 0xC0) != 0x80;
  return count;
}

class LineBuilder {
 public:
  explicit LineBuilder(bool keep_line_ends) : keep_line_ends_(keep_line_ends) {}

  void Add(std::string_view text, const Style& style) {
    while (!text.empty()) {
      if (const std::size_t blank = LeadingSpace(text); blank > 0) {
        const bool ends = text[0] == '\n' || text[0] == '\r';
        if (ends && (style.preformatted || keep_line_ends_)) EndLine();
        blank_ = true;
        text.remove_prefix(blank);
        continue;
      }
      std::size_t end = 1;
      while (end < text.size() && !MayBeSpace(text[end])) ++end;
      AddWord(text.substr(0, end), style);
      text.remove_prefix(end);
    }
  }

  void EndLine() {
    blank_ = false;
    if (characters_ == 0) return;
    lines_.markup.back().link_share =
        static_cast<float>(linked_) / static_cast<float>(characters_);
    characters_ = linked_ = 0;
  }

  HtmlLines Take() {
    EndLine();
    // Gumbo lets a number of too many digits ("&#4294967425;") stand for any byte.
    if (!simdjson::validate_utf8(lines_.text.data(), lines_.text.size())) {
      lines_.text = RepairUtf8(lines_.text);
    }
    return std::move(lines_);
  }

 private:
  /// False where a character cannot begin white space, by its first byte.
  static bool MayBeSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\xC2' || (c >= '\xE1' && c <= '\xE3');
  }

  void AddWord(std::string_view word, const Style& style) {
    if (characters_ == 0) {
      if (!lines_.markup.empty()) lines_.text += '\n';
      lines_.markup.push_back({style.tag, style.heading_level, style.navigation, 0});
    } else if (blank_) {
      lines_.text += ' ';
    }
    blank_ = false;
    lines_.text += word;
    const std::size_t count = Characters(word);
    characters_ += count;
    if (style.link) linked_ += count;
  }

  HtmlLines lines_;
  bool keep_line_ends_;
  bool blank_ = false;  ///< white space was read behind the text
  std::size_t characters_ = 0, linked_ = 0;  ///< of the line, without blanks
};

bool IsHidden(const GumboElement& element) {
  if (element.attributes.length == 0) return false;
  return gumbo_get_attribute(&element.attributes, "hidden") != nullptr;
}

bool HasNavigationRole(const GumboNode& node) {
  const char* const role =
      node.v.element.attributes.length > 0 ? AttributeOf(node, "role") : nullptr;
  return role != nullptr && IsNavigationRole(role);
}

class TreeReader {
 public:
  TreeReader(const HtmlTree& tree, bool keep_line_ends) : lines_(keep_line_ends) {
    open_.push_back({&tree.document(), 0, false, {}});
  }

  HtmlLines Read() {
    while (!open_.empty()) {
      Open& open = open_.back();
      const GumboVector& children = ChildrenOf(*open.node);
      if (open.next < children.length) {
        const auto& child = *static_cast<const GumboNode*>(children.data[open.next++]);
        Enter(child, open.style);
        continue;
      }
      if (open.is_block) lines_.EndLine();
      open_.pop_back();
    }
    return lines_.Take();
  }

 private:
  struct Open {
    const GumboNode* node;
    unsigned next;  ///< child to be read
    bool is_block;
    Style style;
  };

  void Enter(const GumboNode& node, Style style) {
    if (node.type == GUMBO_NODE_ELEMENT) return EnterElement(node, style);
    if (node.type == GUMBO_NODE_COMMENT || node.type == GUMBO_NODE_TEMPLATE) return;
    lines_.Add({node.v.text.text, std::strlen(node.v.text.text)}, style);
  }

  void EnterElement(const GumboNode& node, Style style) {
    const GumboElement& element = node.v.element;
    const ElementRule& rule = RuleOf(element);
    if (rule.display == ElementRule::kBreak) lines_.EndLine();
    if (rule.display == ElementRule::kNone || element.children.length == 0) {
      if (rule.display == ElementRule::kBlock) lines_.EndLine();
      return;
    }
    if (IsHidden(element)) return;
    const bool is_block = rule.display == ElementRule::kBlock;
    if (is_block) {
      lines_.EndLine();
      style.tag = rule.tag;
      style.heading_level = rule.heading_level;
    }
    style.navigation = style.navigation || rule.navigation || HasNavigationRole(node);
    style.link = style.link ||
                 (element.tag == GUMBO_TAG_A && AttributeOf(node, "href") != nullptr);
    style.preformatted = style.preformatted || element.tag == GUMBO_TAG_PRE ||
                         element.tag == GUMBO_TAG_LISTING || element.tag == GUMBO_TAG_PLAINTEXT;
    open_.push_back({&node, 0, is_block, style});
  }

  LineBuilder lines_;
  std::vector<Open> open_;
};

/// What the tags of a piece of HTML are.
struct Tags {
  bool any = false;      ///< <b>, a comment, ...
  bool block = false;    ///< <p>, </div>, <br>
  bool escaped = false;  ///< &lt;p&gt;
};

std::string_view TagName(std::string_view tag) {
  if (tag.starts_with('/')) tag.remove_prefix(1);
  std::size_t size = 0;
  while (size < tag.size() && ((tag[size] | 32) >= 'a' && (tag[size] | 32) <= 'z')) ++size;
  if (size == 1 && (tag[0] | 32) == 'h' && tag.size() > 1 && tag[1] >= '1' && tag[1] <= '6') ++size;
  return tag.substr(0, size);
}

Tags TagsOf(std::string_view html) {
  MarkupReader reader(html);
  Tags tags;
  for (std::size_t at = html.find_first_of("<&"); at != html.npos;) {
    const bool escaped = html[at] == '&';
    std::size_t length = 1;
    if (!escaped || html.substr(at).starts_with("&lt;")) {
      const Markup found = reader.Read(at, escaped);
      if (found.length > 0) {
        length = found.length;
        const bool block = IsBlockName(TagName(html.substr(at + (escaped ? 4 : 1), length)));
        (escaped ? tags.escaped : tags.any) = true;
        if (!escaped) tags.block = tags.block || block;
      }
    }
    at = html.find_first_of("<&", at + length);
  }
  return tags;
}

std::string WithoutReferences(std::string_view html) {
  std::string text;
  text.reserve(html.size());
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t next = std::min(html.find('&', at), html.size());
    text += html.substr(at, next - at);
    at = next;
    if (at == html.size()) break;
    const Reference reference = ParseReference(html, at);
    if (reference.length == 0) {
      text += html[at++];
      continue;
    }
    for (const std::uint32_t c : reference.code_points) {
      char bytes[4];
      if (c != 0) text.append(bytes, EncodeUtf8(c, bytes));
    }
    at += reference.length;
  }
  return text;
}

}  // namespace

HtmlLines LinesOf(const HtmlTree& tree) { return TreeReader(tree, false).Read(); }

absl::StatusOr<HtmlLines> LinesOfFragment(std::string_view html) {
  std::string resolved;
  Tags tags = TagsOf(html);
  if (tags.escaped && !tags.any) {
    resolved = WithoutReferences(html);
    html = resolved;
    tags = TagsOf(html);
  }
  const absl::StatusOr<HtmlTree> tree = HtmlTree::Parse(html);
  if (!tree.ok()) return tree.status();
  return TreeReader(*tree, !tags.block).Read();
}

}  // namespace samestory::io
