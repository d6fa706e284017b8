#include "text/markup.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace samestory {
namespace {

// Elements of the HTML standard, its obsolete ones included, in order. `inner` are those that may
// format a part of a word.
struct Element {
  std::string_view name;
  bool inner;
};
constexpr Element kElements[] = {
    {"a", false},          {"abbr", true},        {"acronym", true},   {"address", false},
    {"applet", false},     {"area", false},       {"article", false},  {"aside", false},
    {"audio", false},      {"b", true},           {"base", false},     {"basefont", true},
    {"bdi", true},         {"bdo", true},         {"big", true},       {"blink", true},
    {"blockquote", false}, {"body", false},       {"br", false},       {"button", false},
    {"canvas", false},     {"caption", false},    {"center", false},   {"cite", true},
    {"code", true},        {"col", false},        {"colgroup", false}, {"data", true},
    {"datalist", false},   {"dd", false},         {"del", true},       {"details", false},
    {"dfn", true},         {"dialog", false},     {"dir", false},      {"div", false},
    {"dl", false},         {"dt", false},         {"em", true},        {"embed", false},
    {"fieldset", false},   {"figcaption", false}, {"figure", false},   {"font", true},
    {"footer", false},     {"form", false},       {"frame", false},    {"frameset", false},
    {"h1", false},         {"h2", false},         {"h3", false},       {"h4", false},
    {"h5", false},         {"h6", false},         {"head", false},     {"header", false},
    {"hgroup", false},     {"hr", false},         {"html", false},     {"i", true},
    {"iframe", false},     {"image", false},      {"img", false},      {"input", false},
    {"ins", true},         {"kbd", true},         {"label", false},    {"legend", false},
    {"li", false},         {"link", false},       {"main", false},     {"map", false},
    {"mark", true},        {"marquee", false},    {"math", false},     {"menu", false},
    {"meta", false},       {"meter", false},      {"nav", false},      {"nobr", true},
    {"noframes", false},   {"noscript", false},   {"object", false},   {"ol", false},
    {"optgroup", false},   {"option", false},     {"output", false},   {"p", false},
    {"param", false},      {"picture", false},    {"pre", false},      {"progress", false},
    {"q", true},           {"rp", true},          {"rt", true},        {"ruby", true},
    {"s", true},           {"samp", true},        {"script", false},   {"search", false},
    {"section", false},    {"select", false},     {"slot", false},     {"small", true},
    {"source", false},     {"span", true},        {"strike", true},    {"strong", true},
    {"style", false},      {"sub", true},         {"summary", false},  {"sup", true},
    {"svg", false},        {"table", false},      {"tbody", false},    {"td", false},
    {"template", false},   {"textarea", false},   {"tfoot", false},    {"th", false},
    {"thead", false},      {"time", true},        {"title", false},    {"tr", false},
    {"track", false},      {"tt", true},          {"u", true},         {"ul", false},
    {"var", true},         {"video", false},      {"wbr", true}};
constexpr std::size_t kLongestElement = 10;

constexpr std::string_view kEscapedOpen = "&lt;";
constexpr std::string_view kEscapedClose = "&gt;";

constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool IsLetter(char c) { return Lower(c) >= 'a' && Lower(c) <= 'z'; }
constexpr bool IsNameByte(char c) { return IsLetter(c) || (c >= '0' && c <= '9'); }
constexpr bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(),
                                                   [](char a, char b) { return Lower(a) == b; });
}

const Element* FindElement(std::string_view name) {
  if (name.size() > kLongestElement) return nullptr;
  std::array<char, kLongestElement> buffer;
  std::transform(name.begin(), name.end(), buffer.begin(), Lower);
  const std::string_view lower(buffer.data(), name.size());
  const Element* found =
      std::lower_bound(std::begin(kElements), std::end(kElements), lower,
                       [](const Element& e, std::string_view n) { return e.name < n; });
  return found != std::end(kElements) && found->name == lower ? found : nullptr;
}

}  // namespace

Markup MarkupReader::Read(std::size_t pos, bool escaped) {
  const std::size_t inside = pos + (escaped ? kEscapedOpen.size() : 1);
  const std::string_view rest = text_.substr(inside);
  if (!escaped && rest.starts_with("!--") && !no_comment_end_) {
    const std::size_t end = text_.find("-->", inside + 3);
    no_comment_end_ = end == std::string_view::npos;
    if (!no_comment_end_) return {end + 3 - pos, true};
  }
  if (!escaped && rest.starts_with("![CDATA[")) return {9, true};
  if (pos < text_until_) return {0, false};
  return ReadTag(pos, inside, escaped);
}

// `inside` follows the opening bracket.
Markup MarkupReader::ReadTag(std::size_t pos, std::size_t inside, bool escaped) {
  std::size_t begin = inside;
  const bool closing = text_.substr(begin).starts_with('/');
  const bool declaration = text_.substr(begin).starts_with('!');
  if (closing || declaration) ++begin;
  std::size_t end = begin;
  while (end < text_.size() && IsNameByte(text_[end])) ++end;
  const std::string_view name = text_.substr(begin, end - begin);
  const Element* element = FindElement(name);
  if (declaration ? !EqualsIgnoringCase(name, "doctype") : element == nullptr) return {0, false};
  const std::size_t tag_end = TagEnd(end, escaped);
  if (tag_end == 0) return {0, false};
  if (declaration) return {tag_end - pos, true};
  std::size_t markup_end = tag_end;
  if (!closing && !escaped) {
    if (element->name == "script") markup_end = ContentEnd(tag_end, "script", no_script_end_);
    if (element->name == "style") markup_end = ContentEnd(tag_end, "style", no_style_end_);
  }
  return {markup_end - pos, !element->inner};
}

// Past the bracket that closes the tag whose name ends at `from`, or 0 where there is none before
// the next tag opens. Brackets within quoted attribute values do not count.
std::size_t MarkupReader::TagEnd(std::size_t from, bool escaped) {
  const std::string_view open = escaped ? kEscapedOpen : "<";
  const std::string_view close = escaped ? kEscapedClose : ">";
  std::size_t i = from;
  const bool name_ends = i < text_.size() && (IsSpace(text_[i]) || text_[i] == '/' ||
                                              text_.substr(i).starts_with(close));
  if (!name_ends) return 0;
  char quote = 0;
  for (; i < text_.size(); ++i) {
    const char c = text_[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && text_[i - 1] == '=') {
      quote = c;
    } else if (c == open[0] && text_.substr(i).starts_with(open)) {
      break;
    } else if (c == close[0] && text_.substr(i).starts_with(close)) {
      return i + close.size();
    }
  }
  text_until_ = i;
  return 0;
}

// Past the end tag of `element` at or after `from`; `from` where there is none.
std::size_t MarkupReader::ContentEnd(std::size_t from, std::string_view element,
                                     bool& none_left) const {
  if (none_left) return from;
  for (std::size_t i = text_.find("</", from); i != std::string_view::npos;
       i = text_.find("</", i + 2)) {
    if (!EqualsIgnoringCase(text_.substr(i + 2, element.size()), element)) continue;
    const std::size_t end = text_.find('>', i + 2 + element.size());
    if (end != std::string_view::npos) return end + 1;
    break;
  }
  none_left = true;
  return from;
}

}  // namespace samestory
