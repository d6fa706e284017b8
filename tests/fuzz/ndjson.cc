// NDJSON bytes: every line gives a record or one bad record, what a record says is what simdjson's
// DOM reads in it, and annotating it gives JSON again.
#include "io/ndjson.h"

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "fuzz_check.h"
#include "io/reader.h"
#include "io/writer.h"

namespace {

class Bytes final : public samestory::io::ByteSource {
 public:
  explicit Bytes(std::string_view bytes) : left_(bytes) {}
  absl::StatusOr<std::size_t> Read(char* out, std::size_t size) override {
    // Short reads, so that lines are cut in many places.
    const std::size_t count = std::min({size, left_.size(), std::size_t{37}});
    std::memcpy(out, left_.data(), count);
    left_.remove_prefix(count);
    return count;
  }
  bool Ready() const override { return true; }
  std::uint64_t BytesRead() const override { return 0; }
  std::optional<std::uint64_t> BytesTotal() const override { return std::nullopt; }

 private:
  std::string_view left_;
};

void CheckRecord(const samestory::io::InputRecord& in) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  const std::string raw(in.raw);
  const auto error = parser.parse(raw).get(object);
  if (error == simdjson::NUMBER_ERROR) return;  // numbers that no double holds are kept as text
  FUZZ_CHECK(error == simdjson::SUCCESS);
  std::string_view title;
  const bool has_title = object.at_key("title").get(title) == simdjson::SUCCESS;
  FUZZ_CHECK(in.record.title == (has_title ? title : std::string_view()));
  FUZZ_CHECK(!in.record.id.empty());
  FUZZ_CHECK(simdjson::validate_utf8(in.record.text.data(), in.record.text.size()));

  std::string annotated;
  samestory::io::AnnotateObject(in.raw, "samestory", "{\"a\":[1]}", annotated);
  simdjson::dom::parser second;
  FUZZ_CHECK(second.parse(annotated).get(object) == simdjson::SUCCESS);
  std::size_t members = 0;
  for (const auto member : object) members += member.key == "samestory";
  FUZZ_CHECK(members == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::size_t bad = 0;
  samestory::io::ReaderOptions options;
  options.max_line_bytes = 1000;
  auto reader = samestory::io::ReadNdjson(
      std::make_unique<Bytes>(bytes), "fuzz", options,
      [&bad](const samestory::io::BadRecord& record) {
        FUZZ_CHECK(simdjson::validate_utf8(record.reason.data(), record.reason.size()));
        FUZZ_CHECK(record.reason.find('\n') == std::string::npos && record.reason.size() < 500);
        ++bad;
      });
  std::size_t good = 0;
  samestory::io::InputRecord record;
  for (;; ++good) {
    const auto more = reader->Next(record);
    FUZZ_CHECK(more.ok());
    if (!*more) break;
    CheckRecord(record);
  }
  const auto line_ends = std::count(bytes.begin(), bytes.end(), '\n');
  FUZZ_CHECK(good + bad <= static_cast<std::size_t>(line_ends) + 1);
  return 0;
}
