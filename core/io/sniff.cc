#include "io/sniff.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "io/html_page.h"
#include "io/json_text.h"

namespace samestory::io {
namespace {

constexpr std::size_t kMostLookedAt = 64 << 10;
constexpr std::size_t kMarkBytes = 4;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kJsonFeedVersions[] = {"https://jsonfeed.org/version/",
                                                  "http://jsonfeed.org/version/"};

struct NamedFormat {
  std::string_view ending;
  InputFormat format;
};

constexpr NamedFormat kEndings[] = {
    {".ndjson", InputFormat::kNdjson}, {".jsonl", InputFormat::kNdjson},
    {".xml", InputFormat::kFeed},      {".rss", InputFormat::kFeed},
    {".atom", InputFormat::kFeed},     {".rdf", InputFormat::kFeed},
    {".html", InputFormat::kHtml},     {".htm", InputFormat::kHtml},
    {".xhtml", InputFormat::kHtml},    {".txt", InputFormat::kLines}};

bool IsFeedVersion(std::string_view token) {
  // Some writers escape the slashes.
  std::string plain;
  for (const char c : token.substr(1)) {
    if (c != '\\') plain += c;
  }
  return std::any_of(std::begin(kJsonFeedVersions), std::end(kJsonFeedVersions),
                     [&](std::string_view version) { return plain.starts_with(version); });
}

/// True where `text` may be the beginning of a byte order mark or of wide markup.
bool BeginsMark(std::string_view text) {
  return std::string_view("\0\xef\xfe\xff", 4).find(text.front()) != text.npos;
}

/// True for markup in UTF-16, with or without a byte order mark.
bool IsWideMarkup(std::string_view text) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view begin : {"\xff\xfe<\0"sv, "\xfe\xff\0<"sv, "<\0"sv, "\0<"sv}) {
    if (text.starts_with(begin)) return true;
  }
  return false;
}

}  // namespace

InputFormat FormatOfName(std::string_view path, bool txt_is_page) {
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (path.ends_with(packed)) path.remove_suffix(packed.size());
  }
  for (const auto& [ending, format] : kEndings) {
    if (!path.ends_with(ending)) continue;
    return format == InputFormat::kLines && txt_is_page ? InputFormat::kPage : format;
  }
  return InputFormat::kAuto;
}

std::optional<bool> IsJsonFeed(std::string_view text) {
  int depth = 0;
  std::string_view key;     // the last string at depth 1 that stood before a colon
  std::string_view string;  // the last string
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      const std::size_t end = JsonStringEnd(text, i);
      if (end == text.size()) return std::nullopt;
      string = text.substr(i, end - i);
      i = end - 1;
      if (depth == 1 && key == "\"version\"" && IsFeedVersion(string)) return true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (--depth <= 0) return false;
    } else if (c == ':' && depth == 1) {
      key = string;
    } else if (c == ',' && depth == 1) {
      key = {};
    }
  }
  return std::nullopt;
}

absl::StatusOr<InputFormat> FormatOfContent(PeekedSource& source) {
  for (std::size_t wanted = 1; wanted <= kMostLookedAt;) {
    const absl::StatusOr<std::string_view> peeked = source.Peek(wanted);
    if (!peeked.ok()) return peeked.status();
    std::string_view text = *peeked;
    const bool ended = text.size() < wanted;
    wanted = text.size() + 1;
    if (!ended && text.size() < kMarkBytes && BeginsMark(text)) continue;
    if (IsWideMarkup(text)) return InputFormat::kFeed;
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    text = TrimJsonSpace(text);
    if (!text.empty()) {
      if (text.front() == '<') {
        const std::optional<bool> is_html = IsHtml(text);
        if (is_html) return *is_html ? InputFormat::kHtml : InputFormat::kFeed;
        if (ended) return InputFormat::kFeed;
        continue;
      }
      if (text.front() != '{') return InputFormat::kNdjson;
      const std::optional<bool> is_feed = IsJsonFeed(text);
      if (is_feed) return *is_feed ? InputFormat::kFeed : InputFormat::kNdjson;
    }
    if (ended) break;
  }
  return InputFormat::kNdjson;
}

}  // namespace samestory::io
