#include "io/html_page.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "io/html_elements.h"
#include "io/resolve_url.h"
#include "samestory/text.h"
#include "text/white_space.h"

namespace samestory::io {
namespace {

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return absl::ascii_tolower(static_cast<unsigned char>(x)) ==
           absl::ascii_tolower(static_cast<unsigned char>(y));
  });
}

std::string_view Value(const GumboNode& node, const char* name) {
  const char* const value = AttributeOf(node, name);
  return value == nullptr ? std::string_view() : TrimSpace(value);
}

/// White space folded to single blanks, none at the ends.
std::string Folded(std::string_view text) {
  std::string folded;
  while (!text.empty()) {
    if (const std::size_t blank = LeadingSpace(text); blank > 0) {
      text.remove_prefix(blank);
      if (!folded.empty() && folded.back() != ' ') folded += ' ';
      continue;
    }
    folded += text.front();
    text.remove_prefix(1);
  }
  if (folded.ends_with(' ')) folded.pop_back();
  return folded;
}

std::string LanguageTag(std::string_view tag) {
  std::string lang(tag);
  std::replace(lang.begin(), lang.end(), '_', '-');
  return lang;
}

/// Calls `visit(node, in_navigation)` for every element below `root`, in document order.
template <typename Visit>
void ForEachElement(const GumboNode& root, const Visit& visit) {
  struct Level {
    const GumboVector* children;
    unsigned next;
    bool navigation;
  };
  std::vector<Level> open = {{&ChildrenOf(root), 0, false}};
  while (!open.empty()) {
    Level& level = open.back();
    if (level.next == level.children->length) {
      open.pop_back();
      continue;
    }
    const auto& child = *static_cast<const GumboNode*>(level.children->data[level.next++]);
    if (child.type != GUMBO_NODE_ELEMENT) continue;
    const bool navigation = level.navigation || RuleOf(child.v.element).navigation ||
                            IsNavigationRole(Value(child, "role"));
    visit(child, navigation);
    if (child.v.element.children.length > 0) {
      open.push_back({&child.v.element.children, 0, navigation});
    }
  }
}

/// The text below `root`, folded.
std::string TextOf(const GumboNode& root) {
  std::string text;
  std::vector<const GumboNode*> left = {&root};
  while (!left.empty()) {
    const GumboNode& node = *left.back();
    left.pop_back();
    if (node.type == GUMBO_NODE_ELEMENT) {
      const GumboVector& children = node.v.element.children;
      if (RuleOf(node.v.element).display != ElementRule::kInline) text += ' ';
      for (unsigned i = children.length; i > 0; --i) {
        left.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
      }
    } else if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE) {
      text += node.v.text.text;
    }
  }
  return Folded(text);
}

/// Collects what a document says of itself.
class Metadata {
 public:
  void Visit(const GumboNode& node, bool in_navigation) {
    const GumboElement& element = node.v.element;
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML) return;
    switch (element.tag) {
      case GUMBO_TAG_HTML:
        Offer(LanguageTag(Value(node, "lang")), lang_);
        Offer(LanguageTag(Value(node, "xml:lang")), lang_);
        break;
      case GUMBO_TAG_TITLE:
        if (title_.empty()) title_ = TextOf(node);
        break;
      case GUMBO_TAG_H1:
        if (heading_.empty()) heading_ = TextOf(node);
        break;
      case GUMBO_TAG_BASE:
        Offer(std::string(Value(node, "href")), base_);
        break;
      case GUMBO_TAG_LINK:
        if (EqualIgnoringCase(Value(node, "rel"), "canonical")) {
          Offer(std::string(Value(node, "href")), canonical_);
        }
        break;
      case GUMBO_TAG_META:
        VisitMeta(node);
        break;
      case GUMBO_TAG_TIME:
        VisitTime(node, in_navigation);
        break;
      default:
        break;
    }
  }

  void Fill(HtmlPage& page) const {
    page.title = !og_title_.empty() ? og_title_ : !title_.empty() ? title_ : heading_;
    page.source = site_;
    page.lang = lang_;
    page.published = published_ ? published_ : time_;
    for (const std::string& url : {canonical_, og_url_}) {
      const std::string resolved = url.empty() ? url : ResolveUrl(base_.empty() ? og_url_ : base_, url);
      if (!resolved.starts_with("http://") && !resolved.starts_with("https://")) continue;
      page.url = resolved;
      break;
    }
    for (std::string* field : {&page.title, &page.url, &page.source, &page.lang}) {
      *field = RepairUtf8(*field);
    }
  }

 private:
  static void Offer(std::string value, std::string& field) {
    if (field.empty()) field = std::move(value);
  }

  void VisitMeta(const GumboNode& node) {
    const std::string_view content = Value(node, "content");
    if (content.empty()) return;
    for (const char* attribute : {"property", "name", "itemprop"}) {
      const std::string_view name = Value(node, attribute);
      if (EqualIgnoringCase(name, "og:title")) Offer(Folded(content), og_title_);
      if (EqualIgnoringCase(name, "og:url")) Offer(std::string(content), og_url_);
      if (EqualIgnoringCase(name, "og:site_name")) Offer(Folded(content), site_);
      if (IsPublished(name) && !published_) published_ = ParseTime(content);
    }
  }

  void VisitTime(const GumboNode& node, bool in_navigation) {
    const std::string_view time = Value(node, "datetime");
    if (time.empty()) return;
    if (IsPublished(Value(node, "itemprop")) && !published_) published_ = ParseTime(time);
    if (!in_navigation && !time_) time_ = ParseTime(time);
  }

  static bool IsPublished(std::string_view name) {
    return EqualIgnoringCase(name, "article:published_time") ||
           EqualIgnoringCase(name, "datePublished");
  }

  std::string og_title_, title_, heading_, canonical_, og_url_, base_, site_, lang_;
  std::optional<std::int64_t> published_, time_;
};

/// `text` behind white space, byte order mark, comments and processing instructions; empty where it
/// ends before.
std::string_view BehindProlog(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  while (true) {
    while (const std::size_t blank = LeadingSpace(text)) text.remove_prefix(blank);
    std::string_view end;
    if (text.starts_with("<!--")) end = "-->";
    if (text.starts_with("<?")) end = ">";
    if (end.empty()) return text;
    const std::size_t at = text.find(end, 2);
    if (at == text.npos) return {};
    text.remove_prefix(at + end.size());
  }
}

}  // namespace

absl::StatusOr<HtmlPage> ReadHtmlPage(std::string_view utf8) {
  const absl::StatusOr<HtmlTree> tree = HtmlTree::Parse(utf8);
  if (!tree.ok()) return tree.status();
  HtmlPage page;
  page.lines = LinesOf(*tree);
  Metadata metadata;
  ForEachElement(tree->document(), [&](const GumboNode& node, bool in_navigation) {
    metadata.Visit(node, in_navigation);
  });
  metadata.Fill(page);
  return page;
}

std::optional<bool> IsHtml(std::string_view text) {
  constexpr std::string_view kDoctype = "<!doctype";
  constexpr std::string_view kHtml = "html";
  text = BehindProlog(text);
  if (text.empty()) return std::nullopt;
  if (text.front() != '<') return false;
  const std::string_view doctype = text.substr(0, kDoctype.size());
  if (EqualIgnoringCase(doctype, kDoctype.substr(0, doctype.size()))) {
    text.remove_prefix(doctype.size());
    while (const std::size_t blank = LeadingSpace(text)) text.remove_prefix(blank);
    if (text.size() < kHtml.size()) return std::nullopt;
    return EqualIgnoringCase(text.substr(0, kHtml.size()), kHtml);
  }
  std::size_t size = 1;
  while (size < text.size() && absl::ascii_isalnum(static_cast<unsigned char>(text[size]))) ++size;
  if (size == text.size()) return std::nullopt;
  if (text[size] != '>' && text[size] != '/' && LeadingSpace(text.substr(size)) == 0) return false;
  const std::string_view name = text.substr(1, size - 1);
  return EqualIgnoringCase(name, "head") || (!name.empty() && IsBlockName(name));
}

std::string ReadHtmlText(bool always, InputRecord& record) {
  Record& fields = record.record;
  if (fields.text.empty() || (!always && !IsHtml(fields.text).value_or(false))) return {};
  absl::StatusOr<HtmlPage> page =
      fields.text.find('\0') == fields.text.npos
          ? ReadHtmlPage(fields.text)
          : [&] {
              std::string text(fields.text);
              std::replace(text.begin(), text.end(), '\0', ' ');
              return ReadHtmlPage(text);
            }();
  if (!page.ok()) return std::string(page.status().message());

  record.page.clear();
  for (const std::string* field :
       {&page->lines.text, &page->title, &page->url, &page->source, &page->lang}) {
    record.page.insert(record.page.end(), field->begin(), field->end());
  }
  const char* at = record.page.data();
  const auto next = [&at](std::string_view of) {
    return std::string_view(std::exchange(at, at + of.size()), of.size());
  };
  fields.text = next(page->lines.text);
  const auto fill = [](std::string_view value, std::string_view& field) {
    if (field.empty()) field = value;
  };
  fill(next(page->title), fields.title);
  fill(next(page->url), fields.url);
  fill(next(page->source), fields.source);
  fill(next(page->lang), fields.lang);
  if (!fields.published) fields.published = page->published;
  record.markup = std::move(page->lines.markup);
  fields.markup = record.markup;
  return {};
}

}  // namespace samestory::io
