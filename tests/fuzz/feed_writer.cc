// Records of any text, written as a feed and read again: the feed is well-formed, every item comes
// back, and what was read is written and read as the same; but for addresses, which are resolved
// against that of the feed as they are read, and may be none. The input is fields, each ended by
// 0x1e: seven to a record; a first byte tells the format.
#include "io/feed_writer.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "fuzz_check.h"
#include "io/feed.h"
#include "io/made_record.h"
#include "samestory/text.h"

namespace {

using namespace samestory;

using Fields = std::array<std::string, 7>;  // id, title, summary, text, url, source, lang

// Without an id of its own an item is known by its place.
void NameAll(std::vector<Fields>& records) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i][0].empty()) records[i][0] = "#" + std::to_string(i + 1);
  }
}

std::vector<Fields> FieldsOf(std::string_view bytes) {
  std::vector<Fields> records;
  for (std::size_t field = 0; !bytes.empty(); ++field) {
    const std::size_t end = std::min(bytes.find('\x1e'), bytes.size());
    if (field % 7 == 0) records.emplace_back();
    records.back()[field % 7] = RepairUtf8(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  NameAll(records);
  return records;
}

std::string Write(io::FeedFormat format, const std::vector<Fields>& records) {
  io::FeedWriter writer(format, {});
  std::string out;
  writer.Head(out);
  for (std::size_t i = 0; i < records.size(); ++i) {
    Record record;
    const Fields& from = records[i];
    std::tie(record.id, record.title, record.summary, record.text, record.url, record.source,
             record.lang) = std::tie(from[0], from[1], from[2], from[3], from[4], from[5], from[6]);
    record.published = 1'700'000'000 + static_cast<std::int64_t>(i);
    io::InputRecord input;
    io::MakeRecord(record, i + 1, input);
    writer.Item(input, {"s1", "new", {}, {}}, out);
  }
  writer.Foot(out);
  return out;
}

std::vector<Fields> Read(io::FeedFormat format, const std::string& bytes) {
  FUZZ_CHECK(simdjson::validate_utf8(bytes.data(), bytes.size()));
  const absl::StatusOr<io::Feed> feed =
      format == io::FeedFormat::kJsonFeed ? io::ParseJsonFeed(bytes) : io::ParseXmlFeed(bytes);
  FUZZ_CHECK(feed.ok() && feed->error.empty());
  std::vector<Fields> records;
  for (const io::FeedItem& item : feed->items) {
    FUZZ_CHECK(item.error.empty());
    FUZZ_CHECK(item.published.has_value());
    records.push_back({item.id, item.title, item.summary, item.text, "", item.source, item.lang});
  }
  return records;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  constexpr io::FeedFormat kFormats[] = {io::FeedFormat::kRss, io::FeedFormat::kAtom,
                                         io::FeedFormat::kJsonFeed};
  const io::FeedFormat format = kFormats[data[0] % 3];
  const std::vector<Fields> records = FieldsOf({reinterpret_cast<const char*>(data + 1), size - 1});
  std::vector<Fields> read = Read(format, Write(format, records));
  NameAll(read);
  FUZZ_CHECK(read.size() == records.size());
  FUZZ_CHECK(Read(format, Write(format, read)) == read);
  return 0;
}
