#include "io/text_file.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "unit/io/io_testing.h"

namespace samestory::io {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(LinesTest, EachLineIsATitle) {
  const ReadResult result = ReadBytes(
      "\xef\xbb\xbf"
      "Bridge closed\r\n\n   \n  Three \"rescued\"\t\n大水",
      "in.txt");
  EXPECT_THAT(result.Titles(), ElementsAre("Bridge closed", "Three \"rescued\"", "大水"));
  EXPECT_THAT(result.Ids(), ElementsAre("#1", "#4", "#5"));
  EXPECT_EQ(result.records[1].raw, R"({"id":"#4","title":"Three \"rescued\""})");
  EXPECT_TRUE(result.records[1].id_is_made);
  EXPECT_EQ(result.records[1].line, 4u);
}

TEST(LinesTest, RepairsAndBounds) {
  ReaderOptions options;
  options.max_line_bytes = 10;
  const ReadResult result = ReadBytes("caf\xe9 \xff\n01234567890\nok\n", "in.txt", options);
  EXPECT_THAT(result.Titles(), ElementsAre("caf\uFFFD \uFFFD", "ok"));
  EXPECT_EQ(result.records[0].repaired, 2u);
  EXPECT_EQ(result.records[1].repaired, 0u);
  ASSERT_THAT(result.bad, SizeIs(1));
  EXPECT_EQ(result.bad[0].line, 2u);
  EXPECT_EQ(result.bad[0].reason, "the line is longer than 10 bytes");
}

ReaderOptions PageOptions() {
  ReaderOptions options;
  options.txt_is_page = true;
  return options;
}

TEST(PageTest, TheFileIsOneRecord) {
  const std::string page = "First line.\n\nSecond \"line\".\r\n";
  const ReadResult result = ReadBytes("\xef\xbb\xbf" + page, "my.page.txt", PageOptions());
  ASSERT_THAT(result.records, SizeIs(1));
  EXPECT_EQ(result.records[0].text, page);
  EXPECT_EQ(result.records[0].id, "my.page");
  EXPECT_FALSE(result.records[0].id_is_made);
  EXPECT_EQ(result.records[0].raw,
            R"({"id":"my.page","text":"First line.\n\nSecond \"line\".\r\n"})");
}

TEST(PageTest, AnEmptyFileIsAnEmptyPage) {
  const ReadResult result = ReadBytes("", "empty.txt", PageOptions());
  ASSERT_THAT(result.records, SizeIs(1));
  EXPECT_EQ(result.records[0].text, "");
  EXPECT_EQ(result.records[0].id, "empty");
}

TEST(PageTest, RepairsAndBounds) {
  const ReadResult dirty = ReadBytes(std::string("a\0b\xff", 4), "x.txt", PageOptions());
  ASSERT_THAT(dirty.records, SizeIs(1));
  EXPECT_EQ(dirty.records[0].text, std::string("a\0b\uFFFD", 6));
  EXPECT_EQ(dirty.records[0].repaired, 1u);
  ReaderOptions options = PageOptions();
  options.max_page_bytes = 5;
  const ReadResult result = ReadBytes("123456", "x.txt", options);
  EXPECT_TRUE(result.status.ok());
  EXPECT_THAT(result.records, IsEmpty());
  ASSERT_THAT(result.bad, SizeIs(1));
  EXPECT_EQ(result.bad[0].reason, "the page is longer than 5 bytes");
}

TEST(PageTest, MadeRecordsKeepTheirViewsWhenMoved) {
  const TempDir dir;
  auto reader = OpenReader(dir.Write("p.txt", "x"), PageOptions(), {}).value();
  InputRecord record;
  ASSERT_TRUE(reader->Next(record).value());
  const InputRecord moved = std::move(record);
  EXPECT_EQ(moved.record.id, "p");
  EXPECT_EQ(moved.record.text, "x");
  EXPECT_EQ(moved.raw, R"({"id":"p","text":"x"})");
}

}  // namespace
}  // namespace samestory::io
