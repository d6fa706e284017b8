#include <simdjson.h>

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "io/feed.h"
#include "io/json_text.h"
#include "io/resolve_url.h"
#include "io/sniff.h"
#include "io/time.h"
#include "text/white_space.h"

namespace samestory::io {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

/// A string or a number, which the format forbids but readers must accept, as text.
std::string Text(const object& from, std::string_view key) {
  element value;
  if (from.at_key(key).get(value) != simdjson::SUCCESS) return {};
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(TrimSpace(text));
  return value.is_number() ? simdjson::to_string(value) : std::string();
}

std::string FirstText(const object& from, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (std::string text = Text(from, key); !text.empty()) return text;
  }
  return {};
}

FeedItem ReadItem(const object& from, const object& feed) {
  FeedItem item;
  item.title = Text(from, "title");
  item.summary = Text(from, "summary");
  item.text = Text(from, "content_text");
  if (item.text.empty()) SetContent(Text(from, "content_html"), item);
  item.url = FirstText(from, {"url", "external_url"});
  if (!item.url.empty())
    item.url = ResolveUrl(FirstText(feed, {"home_page_url", "feed_url"}), item.url);
  item.id = Text(from, "id");
  if (item.id.empty()) item.id = item.url;
  object note;
  if (from.at_key("_samestory").get(note) == simdjson::SUCCESS) item.source = Text(note, "source");
  if (item.source.empty()) item.source = Text(feed, "title");
  item.lang = Text(from, "language");
  if (item.lang.empty()) item.lang = Text(feed, "language");
  item.published = ParseTime(FirstText(from, {"date_published", "date_modified"}));
  return item;
}

}  // namespace

absl::StatusOr<Feed> ParseJsonFeed(std::string utf8) {
  Feed result;
  // In JSON a backslash stands in strings alone, so escapes can be repaired before parsing.
  RepairEscapes(utf8.data(), utf8.size(), result.repaired);
  simdjson::dom::parser parser;
  object feed;
  if (const auto error = parser.parse(utf8).get(feed); error != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(std::string("is no JSON Feed: ") +
                                      simdjson::error_message(error));
  }
  simdjson::dom::array items;
  if (!IsJsonFeed(utf8).value_or(false) || feed.at_key("items").get(items) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError("is JSON, but no JSON Feed");
  }
  for (const element item : items) {
    object members;
    if (item.get(members) == simdjson::SUCCESS) result.items.push_back(ReadItem(members, feed));
  }
  return result;
}

}  // namespace samestory::io
