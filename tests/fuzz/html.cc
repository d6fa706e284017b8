// HTML in any encoding, as a file and as a piece of a feed: it is read in bounded time and memory or
// refused, and what is read is valid UTF-8 with one markup entry for each line.
#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz_check.h"
#include "io/feed_encoding.h"
#include "io/html_file.h"
#include "io/html_page.h"

namespace {

void CheckText(const std::string& text) {
  FUZZ_CHECK(simdjson::validate_utf8(text.data(), text.size()));
}

void CheckLines(const samestory::io::HtmlLines& lines) {
  CheckText(lines.text);
  const auto ends = static_cast<std::size_t>(std::count(lines.text.begin(), lines.text.end(), '\n'));
  FUZZ_CHECK(lines.markup.size() == (lines.text.empty() ? 0 : ends + 1));
  FUZZ_CHECK(lines.text.find("\n\n") == std::string::npos && !lines.text.starts_with('\n'));
  for (const samestory::LineMarkup& markup : lines.markup) {
    FUZZ_CHECK(markup.link_share >= 0 && markup.link_share <= 1);
    FUZZ_CHECK((markup.heading_level > 0) == (markup.tag == samestory::LineTag::kHeading));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace samestory::io;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  IsHtml(bytes);
  std::size_t repaired = 0;
  const auto text = DecodeAs(bytes, MetaEncoding(bytes), repaired);
  if (!text.ok()) return 0;
  const auto page = ReadHtmlPage(*text);
  if (page.ok()) {
    CheckLines(page->lines);
    for (const std::string* field : {&page->title, &page->url, &page->source, &page->lang}) {
      CheckText(*field);
    }
  }
  const auto lines = LinesOfFragment(*text);
  if (lines.ok()) CheckLines(*lines);
  return 0;
}
