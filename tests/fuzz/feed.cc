// Feed bytes in any format and encoding: fields are valid UTF-8 and positions lie within the bytes,
// whatever the damage. JSON Feed is taken where the bytes begin with a brace, as in the reader.
#include "io/feed.h"

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz_check.h"
#include "io/feed_encoding.h"

namespace {

void CheckText(const std::string& text) {
  FUZZ_CHECK(simdjson::validate_utf8(text.data(), text.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::size_t repaired = 0;
  const absl::StatusOr<std::string> text = samestory::io::DecodeMarkup(bytes, repaired);
  if (!text.ok()) return 0;
  CheckText(*text);
  const bool is_json = text->find_first_not_of(" \t\r\n") != std::string::npos &&
                       (*text)[text->find_first_not_of(" \t\r\n")] == '{';
  const absl::StatusOr<samestory::io::Feed> feed =
      is_json ? samestory::io::ParseJsonFeed(*text) : samestory::io::ParseXmlFeed(*text);
  if (!feed.ok()) return 0;
  FUZZ_CHECK(feed->error_offset <= text->size());
  for (const samestory::io::FeedItem& item : feed->items) {
    FUZZ_CHECK(item.offset <= text->size());
    for (const std::string* field :
         {&item.id, &item.title, &item.summary, &item.text, &item.url, &item.source, &item.lang}) {
      CheckText(*field);
    }
  }
  return 0;
}
