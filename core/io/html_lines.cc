#include "io/html_lines.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "text/markup.h"
#include "text/utf8.h"
#include "text/white_space.h"

namespace samestory::io {
namespace {

// The HTML standard, "Rendering", 15.3: elements displayed as blocks, table rows or list items,
// and the line break. Sorted.
constexpr std::string_view kBlocks[] = {
    "address",    "article", "aside",  "blockquote", "body",    "br",       "caption", "center",
    "dd",         "details", "dialog", "dir",        "div",     "dl",       "dt",      "fieldset",
    "figcaption", "figure",  "footer", "form",       "h1",      "h2",       "h3",      "h4",
    "h5",         "h6",      "header", "hgroup",     "hr",      "html",     "legend",  "li",
    "listing",    "main",    "menu",   "nav",        "ol",      "optgroup", "option",  "p",
    "plaintext",  "pre",     "search", "section",    "summary", "table",    "td",      "th",
    "title",      "tr",      "ul",     "xmp"};
static_assert(std::is_sorted(std::begin(kBlocks), std::end(kBlocks)));

constexpr std::size_t kLongestName = 16;

/// True where the tag that begins `tag` ("<p ", "</DIV>", "&lt;br/") is of a block.
bool IsBlock(std::string_view tag) {
  tag.remove_prefix(tag.front() == '<' ? 1 : 4);
  if (tag.starts_with('/')) tag.remove_prefix(1);
  char name[kLongestName];
  std::size_t size = 0;
  for (const char c : tag) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const bool in_name = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    if (!in_name) break;
    if (size == kLongestName) return false;
    name[size++] = lower;
  }
  return std::binary_search(std::begin(kBlocks), std::end(kBlocks), std::string_view(name, size));
}

class LineBuilder {
 public:
  explicit LineBuilder(std::size_t size_hint) { text_.reserve(size_hint); }

  void AddText(std::string_view text) {
    if (blank_ && !text_.empty() && text_.back() != '\n') text_ += ' ';
    blank_ = false;
    text_ += text;
  }
  void AddBlank() { blank_ = true; }
  void EndLine() {
    blank_ = false;
    if (!text_.empty() && text_.back() != '\n') text_ += '\n';
  }
  std::string Take() {
    if (text_.ends_with('\n')) text_.pop_back();
    return std::move(text_);
  }

 private:
  std::string text_;
  bool blank_ = false;  ///< white space was read behind text_
};

class HtmlReader {
 public:
  HtmlReader(std::string_view html, bool keep_line_ends)
      : html_(html), markup_(html), keep_line_ends_(keep_line_ends), lines_(html.size()) {}

  std::string Read() {
    while (at_ < html_.size()) {
      const char c = html_[at_];
      if (c == '<' && ReadMarkup(false)) continue;
      if (c == '&' && ReadReference()) continue;
      if (const std::size_t blank = LeadingSpace(html_.substr(at_)); blank > 0) {
        ReadBlank(html_.substr(at_, blank));
        continue;
      }
      ReadText();
    }
    return lines_.Take();
  }

  bool saw_block() const { return saw_block_; }

 private:
  bool ReadMarkup(bool escaped) {
    const Markup found = markup_.Read(at_, escaped);
    if (found.length == 0) return false;
    if (IsBlock(html_.substr(at_, found.length))) {
      saw_block_ = true;
      lines_.EndLine();
    } else if (found.breaks_word) {
      lines_.AddBlank();
    }
    at_ += found.length;
    return true;
  }

  bool ReadReference() {
    if (html_.substr(at_).starts_with("&lt;") && ReadMarkup(true)) return true;
    const Reference reference = ParseReference(html_, at_);
    if (reference.length == 0) return false;
    char bytes[8];
    std::size_t size = EncodeUtf8(reference.code_points[0], bytes);
    if (reference.code_points[1] != 0) size += EncodeUtf8(reference.code_points[1], bytes + size);
    const std::string_view text(bytes, size);
    if (LeadingSpace(text) == size) {
      lines_.AddBlank();
    } else {
      lines_.AddText(text);
    }
    at_ += reference.length;
    return true;
  }

  void ReadBlank(std::string_view blank) {
    if (keep_line_ends_ && (blank == "\n" || blank == "\r")) {
      lines_.EndLine();
    } else {
      lines_.AddBlank();
    }
    at_ += blank.size();
  }

  /// One character, and what follows it up to the next that may mean something.
  void ReadText() {
    std::size_t end = at_ + 1;
    while (end < html_.size()) {
      const char c = html_[end];
      if (c == '<' || c == '&' || LeadingSpace(html_.substr(end)) > 0) break;
      ++end;
    }
    lines_.AddText(html_.substr(at_, end - at_));
    at_ = end;
  }

  std::string_view html_;
  MarkupReader markup_;
  bool keep_line_ends_;
  LineBuilder lines_;
  std::size_t at_ = 0;
  bool saw_block_ = false;
};

}  // namespace

std::string HtmlToLines(std::string_view html) {
  HtmlReader reader(html, false);
  std::string lines = reader.Read();
  if (reader.saw_block() || html.find_first_of("\n\r") == html.npos) return lines;
  return HtmlReader(html, true).Read();
}

}  // namespace samestory::io
