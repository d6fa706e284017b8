#include "io/feed_writer.h"

#include <simdjson.h>

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "io/made_record.h"
#include "io/reader.h"
#include "unit/io/io_testing.h"

namespace samestory::io {
namespace {

constexpr FeedFormat kFormats[] = {FeedFormat::kRss, FeedFormat::kAtom, FeedFormat::kJsonFeed};

InputRecord Input(const Record& record) {
  InputRecord input;
  MakeRecord(record, 1, input);
  return input;
}

std::vector<Record> Records() {
  std::vector<Record> records(4);
  records[0].id = "n1";
  records[0].title = "Fish & chips <b>dearer</b> at \"Port Alder\" > Vell";
  records[0].summary = "<p>Two words: \xe6\x96\xb0\xe8\x81\x9e &amp; \xf0\x9f\x90\x9f</p>";
  records[0].text = "First line & more.\nA line with <angle> brackets.\nThird ]]> line.";
  records[0].url = "https://kestrel.example/a?x=1&y=2";
  records[0].source = "Kestrel & Daughters";
  records[0].lang = "en-GB";
  records[0].published = 1'500'000'000;
  records[1].id = "https://kestrel.example/b";
  records[1].title = "No date, no text";
  records[1].url = "https://kestrel.example/b";
  records[1].source = "Kestrel";
  records[2].id = "17";
  records[2].summary = "A summary alone";
  records[2].url = "https://northmoor.example/17";
  records[2].source = "Northmoor Wire";
  records[2].published = 951'782'399;  // 28 February 2000, 23:59:59
  records[3].id = "n4";
  records[3].title = "Everything else";
  records[3].text = "One line";
  records[3].url = "https://northmoor.example/18";
  records[3].source = "Northmoor Wire";
  records[3].published = 1'400'000'000;
  return records;
}

std::string Write(FeedFormat format, const std::vector<Record>& records, FeedHead head = {}) {
  FeedWriter writer(format, std::move(head));
  std::string out;
  writer.Head(out);
  for (const Record& record : records) {
    writer.Item(Input(record), {"s1", "new", {}, {}}, out);
  }
  writer.Foot(out);
  return out;
}

TEST(FeedWriterTest, TheReaderReadsTheSameRecordsBack) {
  const std::vector<Record> records = Records();
  for (const FeedFormat format : kFormats) {
    const ReadResult read = ReadBytes(Write(format, records), "river.feed");
    ASSERT_TRUE(read.status.ok()) << read.status;
    ASSERT_EQ(read.records.size(), records.size());
    EXPECT_TRUE(read.bad.empty());
    for (std::size_t i = 0; i < records.size(); ++i) {
      EXPECT_EQ(read.records[i].id, records[i].id);
      EXPECT_EQ(read.records[i].title, records[i].title);
      EXPECT_EQ(read.records[i].summary, records[i].summary);
      EXPECT_EQ(read.records[i].text, records[i].text);
      EXPECT_EQ(read.records[i].url, records[i].url);
      EXPECT_EQ(read.records[i].source, records[i].source);
      EXPECT_EQ(read.records[i].lang, records[i].lang);
      // Atom has no entry without a time.
      if (records[i].published || format != FeedFormat::kAtom) {
        EXPECT_EQ(read.records[i].published, records[i].published);
      }
    }
  }
}

TEST(FeedWriterTest, MarkupOfLinesIsKept) {
  const LineMarkup markup[] = {{LineTag::kHeading, 2, false, 0},
                               {LineTag::kListItem, 0, false, 0},
                               {LineTag::kParagraph, 0, false, 0}};
  Record record;
  record.id = "n1";
  record.title = "A title";
  record.text = "A heading\nAn item of a list\nA paragraph";
  InputRecord input = Input(record);
  input.record.markup = markup;
  FeedWriter writer(FeedFormat::kRss, {});
  std::string out;
  writer.Head(out);
  writer.Item(input, {}, out);
  writer.Foot(out);
  const ReadResult read = ReadBytes(out, "river.rss");
  ASSERT_EQ(read.records.size(), 1u);
  ASSERT_EQ(read.records[0].markup.size(), 3u);
  EXPECT_EQ(read.records[0].text, record.text);
  EXPECT_EQ(read.records[0].markup[0].tag, LineTag::kHeading);
  EXPECT_EQ(read.records[0].markup[0].heading_level, 2);
  EXPECT_EQ(read.records[0].markup[1].tag, LineTag::kListItem);
}

TEST(FeedWriterTest, WritesWellFormedXmlWhateverTheBytes) {
  std::vector<Record> records;
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  all += "\xef\xbf\xbe\xef\xbf\xbf]]>--><![CDATA[";
  Record record;
  record.id = record.title = record.summary = record.text = record.source = record.lang = all;
  record.url = all;
  records.push_back(record);
  records.emplace_back();
  for (const FeedFormat format : {FeedFormat::kRss, FeedFormat::kAtom}) {
    const std::string out = Write(format, records, {all, all});
    pugi::xml_document document;
    const pugi::xml_parse_result result = document.load_buffer(out.data(), out.size());
    EXPECT_TRUE(result) << result.description();
    for (const char c : out) EXPECT_TRUE(c == '\n' || c == '\t' || (c & 0xe0) != 0) << +c;
    EXPECT_EQ(ReadBytes(out, "river.xml").records.size(), 2u);
  }
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  EXPECT_EQ(parser.parse(Write(FeedFormat::kJsonFeed, records, {all, all})).get(element),
            simdjson::SUCCESS);
}

TEST(FeedWriterTest, RssHasWhatItsSpecificationAsksFor) {
  const std::string out =
      Write(FeedFormat::kRss, Records(), {"My river", "https://river.example/"});
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(out.c_str()));
  const pugi::xml_node channel = document.child("rss").child("channel");
  EXPECT_STREQ(document.child("rss").attribute("version").value(), "2.0");
  EXPECT_STREQ(channel.child("title").text().get(), "My river");
  EXPECT_STREQ(channel.child("link").text().get(), "https://river.example/");
  EXPECT_STRNE(channel.child("description").text().get(), "");
  EXPECT_STREQ(channel.child("lastBuildDate").text().get(), "Fri, 14 Jul 2017 02:40:00 GMT");
  const pugi::xml_node item = channel.child("item");
  EXPECT_STREQ(item.child("guid").attribute("isPermaLink").value(), "false");
  EXPECT_STREQ(item.child("source").attribute("url").value(), "https://kestrel.example");
  EXPECT_STREQ(item.child("samestory:story").text().get(), "s1");
  EXPECT_STREQ(item.next_sibling("item").next_sibling("item").child("pubDate").text().get(),
               "Mon, 28 Feb 2000 23:59:59 GMT");
}

TEST(FeedWriterTest, AtomHasWhatItsSpecificationAsksFor) {
  const std::string out = Write(FeedFormat::kAtom, Records());
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(out.c_str()));
  const pugi::xml_node feed = document.child("feed");
  EXPECT_TRUE(std::string(feed.child("id").text().get()).starts_with("urn:uuid:"));
  EXPECT_STREQ(feed.child("updated").text().get(), "2017-07-14T02:40:00Z");
  EXPECT_TRUE(feed.child("author").child("name"));
  std::vector<std::string> ids;
  for (const pugi::xml_node entry : feed.children("entry")) {
    for (const char* name : {"id", "title", "updated", "link"}) {
      EXPECT_TRUE(entry.child(name)) << name;
    }
    ids.emplace_back(entry.child("id").text().get());
  }
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(ids.size(), Records().size());
  EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
}

TEST(FeedWriterTest, EmptyFeedsAreFeedsToo) {
  for (const FeedFormat format : kFormats) {
    const ReadResult read = ReadBytes(Write(format, {}), "empty.feed");
    EXPECT_TRUE(read.status.ok()) << read.status;
    EXPECT_TRUE(read.records.empty());
  }
}

}  // namespace
}  // namespace samestory::io
