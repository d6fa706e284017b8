#include "io/sniff.h"

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "unit/io/io_testing.h"

namespace samestory::io {
namespace {

InputFormat Sniff(const std::string& bytes, std::size_t step = 1 << 20) {
  PeekedSource source(std::make_unique<MemorySource>(bytes, step));
  const InputFormat format = FormatOfContent(source).value();
  EXPECT_EQ(ReadAll(source, 1 << 24, "x").value(), bytes) << "nothing is lost";
  return format;
}

TEST(FormatOfNameTest, KnowsEndings) {
  EXPECT_EQ(FormatOfName("a.ndjson", false), InputFormat::kNdjson);
  EXPECT_EQ(FormatOfName("a.jsonl.gz", false), InputFormat::kNdjson);
  EXPECT_EQ(FormatOfName("a.txt", false), InputFormat::kLines);
  EXPECT_EQ(FormatOfName("a.txt.zst", true), InputFormat::kPage);
  EXPECT_EQ(FormatOfName("dir.txt/a.rss", true), InputFormat::kFeed);
  EXPECT_EQ(FormatOfName("a.json", false), InputFormat::kAuto);
  EXPECT_EQ(FormatOfName("-", true), InputFormat::kAuto);
}

TEST(FormatOfContentTest, KnowsMarkup) {
  EXPECT_EQ(Sniff("<?xml version='1.0'?><rss/>"), InputFormat::kFeed);
  EXPECT_EQ(Sniff("\xef\xbb\xbf \n <feed/>", 1), InputFormat::kFeed);
  EXPECT_EQ(Sniff(std::string("\xff\xfe<\0?\0", 6)), InputFormat::kFeed);
  EXPECT_EQ(Sniff(std::string("\0<\0?", 4), 2), InputFormat::kFeed);
}

TEST(FormatOfContentTest, TellsJsonFeedFromRecords) {
  EXPECT_EQ(Sniff(R"({"version":"https://jsonfeed.org/version/1.1","items":[]})", 3),
            InputFormat::kFeed);
  EXPECT_EQ(Sniff("{\n \"title\": \"t\",\n \"version\" : "
                  "\"https:\\/\\/jsonfeed.org\\/version\\/1\",\n\"items\":[]}",
                  5),
            InputFormat::kFeed);
  EXPECT_EQ(Sniff(R"({"items":[{"id":"a"}],"version":"https://jsonfeed.org/version/1"})"),
            InputFormat::kFeed);
  EXPECT_EQ(Sniff(R"({"id":"a","title":"https://jsonfeed.org/version/1"})"), InputFormat::kNdjson);
  EXPECT_EQ(Sniff(R"({"x":{"version":"https://jsonfeed.org/version/1"}})"), InputFormat::kNdjson);
  EXPECT_EQ(Sniff("{\"version\":\"1\"}\n{\"version\":\"https://jsonfeed.org/version/1\"}"),
            InputFormat::kNdjson)
      << "only the first object counts";
  EXPECT_EQ(Sniff(R"({"version")"), InputFormat::kNdjson);
}

TEST(FormatOfContentTest, IsNdjsonWhereNothingShows) {
  for (const char* bytes : {"", "  \n", "plain text", "[1]", "{", "{\"a\":\"", "\"<\""}) {
    EXPECT_EQ(Sniff(bytes), InputFormat::kNdjson) << bytes;
  }
  EXPECT_EQ(Sniff(std::string(100'000, ' ') + "<rss/>", 1000), InputFormat::kNdjson);
}

}  // namespace
}  // namespace samestory::io
