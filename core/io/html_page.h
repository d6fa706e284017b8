#ifndef SAMESTORY_IO_HTML_PAGE_H_
#define SAMESTORY_IO_HTML_PAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "io/html_lines.h"
#include "io/reader.h"

namespace samestory::io {

/// An HTML document as a record has it. Empty means that the document does not say.
struct HtmlPage {
  HtmlLines lines;
  std::string title;   ///< og:title, else <title>, else the first <h1>
  std::string url;     ///< <link rel=canonical>, else og:url; absolute
  std::string source;  ///< og:site_name
  std::string lang;    ///< lang or xml:lang of <html>
  /// article:published_time or itemprop datePublished, else the first <time datetime> that stands
  /// in no navigation.
  std::optional<std::int64_t> published;
};

/// Reads a document in UTF-8. Of what a document says twice the first is taken. Errors as
/// HtmlTree::Parse.
absl::StatusOr<HtmlPage> ReadHtmlPage(std::string_view utf8);

/// True where `text` begins, behind white space, comments and an XML declaration,
/// with an HTML doctype or the tag of <html>, <head> or an element that stands on
/// lines of its own; absent where more of the text must be seen to know.
std::optional<bool> IsHtml(std::string_view text);

/// Replaces the HTML in the text of `record` by its lines, where `always` or where it
/// looks like HTML, and fills what of title, url, source, lang and time the record
/// has not. Returns why it cannot, in one line; empty where it can.
std::string ReadHtmlText(bool always, InputRecord& record);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_HTML_PAGE_H_
