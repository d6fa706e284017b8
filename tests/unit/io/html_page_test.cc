#include "io/html_page.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "io/html_file.h"
#include "unit/io/io_testing.h"

namespace samestory::io {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

HtmlPage Page(std::string_view html) {
  auto page = ReadHtmlPage(html);
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? *std::move(page) : HtmlPage{};
}

TEST(HtmlPageTest, TitleIsOgTitleThenTitleThenHeading) {
  EXPECT_EQ(Page("<meta property=og:title content=' A &amp; b '><title>C</title><h1>D</h1>").title,
            "A & b");
  EXPECT_EQ(Page("<title>C\n d</title><h1>D</h1>").title, "C d");
  EXPECT_EQ(Page("<h1></h1><h1>D <i>e</i><br>f</h1><h1>G</h1>").title, "D e f");
  EXPECT_EQ(Page("<svg><title>icon</title></svg><title>Late</title>").title, "Late");
  EXPECT_EQ(Page("<p>x").title, "");
  EXPECT_EQ(Page("<title>T</title><p>x").lines.text, "x") << "no line of the text";
}

TEST(HtmlPageTest, UrlIsCanonicalThenOgUrl) {
  EXPECT_EQ(Page("<link rel=Canonical href=https://a.example/1><meta property=og:url "
                 "content=https://b.example/2>")
                .url,
            "https://a.example/1");
  EXPECT_EQ(Page("<meta property=og:url content=https://b.example/x/2>"
                 "<link rel=canonical href=../3>")
                .url,
            "https://b.example/3");
  EXPECT_EQ(Page("<base href=https://c.example/><link rel=canonical href=/4>").url,
            "https://c.example/4");
  EXPECT_EQ(Page("<link rel=canonical href=/4>").url, "");
  EXPECT_EQ(Page("<link rel=canonical href=javascript:x>").url, "");
}

TEST(HtmlPageTest, TimeIsOfThePageRatherThanOfATeaser) {
  constexpr std::int64_t kNoon = 1'700'049'600;  // 2023-11-15T12:00:00Z
  EXPECT_EQ(Page("<time datetime=2020-01-01></time><meta property=article:published_time "
                 "content=2023-11-15T12:00:00Z>")
                .published,
            kNoon);
  EXPECT_EQ(Page("<nav><time datetime=2020-01-01>x</time></nav>"
                 "<time datetime=2023-11-15T12:00:00Z>y</time><time datetime=2021-01-01>z</time>")
                .published,
            kNoon);
  EXPECT_EQ(Page("<time datetime=2020-01-01></time>"
                 "<time itemprop=datePublished datetime=2023-11-15T12:00:00Z></time>")
                .published,
            kNoon);
  EXPECT_EQ(Page("<time datetime=soon></time>").published, std::nullopt);
}

TEST(HtmlPageTest, LanguageAndSource) {
  EXPECT_EQ(Page("<html lang=de_AT><p>x").lang, "de-AT");
  EXPECT_EQ(Page("<html xml:lang=fr><p>x").lang, "fr");
  EXPECT_EQ(Page("<meta property=og:site_name content='The Wire'>").source, "The Wire");
}

TEST(IsHtmlTest, KnowsHowDocumentsBegin) {
  for (const char* html :
       {"<!DOCTYPE html><p>x", " \n<!doctype HTML PUBLIC \"x\">", "<html>", "<HTML lang=en>",
        "<!-- c --><head>", "<?xml version='1.0'?>\n<!-- c -->\n<!DOCTYPE html>", "<p>x", "<div\n>",
        "<h1>x", "\xef\xbb\xbf<body>", "<br/>x", "<article class=x>"}) {
    EXPECT_EQ(IsHtml(html), true) << html;
  }
  for (const char* other : {"Text", "<rss>", "<?xml?><feed>", "<b>bold", "<title>x", "< p>", "</p>x",
                            "<!DOCTYPE rss>", "<GLD> rises", "<p-x>"}) {
    EXPECT_EQ(IsHtml(other), false) << other;
  }
  for (const char* begin : {"", " ", "<", "<!doc", "<!DOCTYPE", "<!doctype ht", "<?xml", "<!-- c",
                            "<ht", "<html"}) {
    EXPECT_EQ(IsHtml(begin), std::nullopt) << begin;
  }
}

TEST(MetaEncodingTest, ReadsBothForms) {
  EXPECT_EQ(MetaEncoding("<meta charset=utf-8>"), "utf-8");
  EXPECT_EQ(MetaEncoding("<meta name=x content=y><META CHARSET = \"koi8-r\" />"), "koi8-r");
  EXPECT_EQ(MetaEncoding("<meta http-equiv=content-type content='text/html; charset=big5'>"),
            "big5");
  EXPECT_EQ(MetaEncoding("<meta content=charset>"), "");
  EXPECT_EQ(MetaEncoding("<p>charset=utf-8"), "");
  EXPECT_EQ(MetaEncoding("<meta charset"), "");
}

TEST(HtmlFileTest, ReadsADocumentAsARecord) {
  const ReadResult result = ReadBytes(
      "<!DOCTYPE html><html lang=en><head><meta charset=windows-1252><title>Caf\xe9</title>"
      "<link rel=canonical href=https://a.example/1></head><body><nav>Menu</nav><p>\x93One\x94",
      "my.page.html");
  ASSERT_THAT(result.records, SizeIs(1));
  const ReadRecord& record = result.records[0];
  EXPECT_EQ(record.id, "my.page");
  EXPECT_EQ(record.title, "Café");
  EXPECT_EQ(record.text, "Menu\n“One”");
  EXPECT_EQ(record.lang, "en");
  ASSERT_THAT(record.markup, SizeIs(2));
  EXPECT_TRUE(record.markup[0].navigation);
  EXPECT_EQ(record.markup[1].tag, LineTag::kParagraph);
  EXPECT_EQ(record.raw, R"({"id":"my.page","title":"Café","text":"Menu\n“One”",)"
                        R"("url":"https://a.example/1","lang":"en"})");
}

TEST(HtmlFileTest, IsKnownByItsBeginning) {
  EXPECT_EQ(ReadBytes("<!DOCTYPE html><p>x", "page").records.at(0).text, "x");
  EXPECT_EQ(ReadBytes("<!DOCTYPE html><p>x", "page.htm").records.at(0).id, "page");
  ReaderOptions options;
  options.html = true;
  EXPECT_EQ(ReadBytes("plain <b>x</b>", "page.txt", options).records.at(0).text, "plain x");
}

TEST(HtmlFileTest, FollowsMarksAndUnknownEncodings) {
  using std::string_literals::operator""s;
  EXPECT_EQ(ReadBytes("\xff\xfe<\0p\0>\0\xe9\0"s, "a.html").records.at(0).text, "é");
  EXPECT_EQ(ReadBytes("<meta charset=no-such>caf\xc3\xa9", "a.html").records.at(0).text, "café");
  EXPECT_EQ(ReadBytes("<p>caf\xe9", "a.html").records.at(0).text, "café");
  const ReadResult dirty = ReadBytes("<p>caf\xc3\xa9 \xff", "a.html");
  EXPECT_EQ(dirty.records.at(0).text, "café \uFFFD");
  EXPECT_EQ(dirty.records.at(0).repaired, 1u);
  EXPECT_EQ(ReadBytes("<p>a\0b"s, "a.html").records.at(0).text, "a b");
}

TEST(HtmlFileTest, WhatCannotBeReadIsABadRecord) {
  ReaderOptions options;
  options.max_page_bytes = 10;
  const ReadResult large = ReadBytes("<p>12345678", "a.html", options);
  EXPECT_TRUE(large.status.ok());
  EXPECT_THAT(large.records, IsEmpty());
  ASSERT_THAT(large.bad, SizeIs(1));
  EXPECT_EQ(large.bad[0].reason, "the page is longer than 10 bytes");
  std::string bomb;
  for (int i = 0; i < 5000; ++i) bomb += "<div>";
  const ReadResult deep = ReadBytes(bomb, "a.html");
  EXPECT_TRUE(deep.status.ok());
  ASSERT_THAT(deep.bad, SizeIs(1));
  EXPECT_THAT(deep.bad[0].reason, HasSubstr("nests"));
}

TEST(HtmlTextTest, TextOfRecordsIsReadWhereItLooksLikeHtml) {
  const ReadResult result = ReadBytes(
      R"({"id":1,"text":"<html lang=en><title>T</title><p>One.\n<p>T\u0000wo."})" "\n"
      R"({"id":2,"title":"Own","lang":"fr","text":"<p>A</p><h2>B</h2>"})" "\n"
      R"({"id":3,"text":"a <p> tag"})" "\n");
  ASSERT_THAT(result.records, SizeIs(3));
  EXPECT_EQ(result.records[0].text, "One.\nT wo.");
  EXPECT_EQ(result.records[0].title, "T");
  EXPECT_EQ(result.records[0].lang, "en");
  ASSERT_THAT(result.records[0].markup, SizeIs(2));
  EXPECT_EQ(result.records[1].title, "Own");
  EXPECT_EQ(result.records[1].lang, "fr");
  EXPECT_EQ(result.records[1].markup.at(1).tag, LineTag::kHeading);
  EXPECT_EQ(result.records[2].text, "a <p> tag");
  EXPECT_THAT(result.records[2].markup, IsEmpty());
  EXPECT_EQ(result.records[1].raw,
            R"({"id":2,"title":"Own","lang":"fr","text":"<p>A</p><h2>B</h2>"})");
}

TEST(HtmlTextTest, ABombIsABadRecordAmongGoodOnes) {
  std::string bomb;
  for (int i = 0; i < 5000; ++i) bomb += "<div>";
  const ReadResult result = ReadBytes("{\"id\":1,\"text\":\"<p>a\"}\n{\"id\":2,\"text\":\"" + bomb +
                                      "\"}\n{\"id\":3,\"text\":\"<p>c\"}\n");
  EXPECT_THAT(result.records, SizeIs(2));
  ASSERT_THAT(result.bad, SizeIs(1));
  EXPECT_EQ(result.bad[0].line, 2u);
}

TEST(HtmlTextTest, MovedRecordsKeepTheirViews) {
  const TempDir dir;
  auto reader = OpenReader(dir.Write("x.ndjson", "{\"text\":\"<title>T</title><p>One\"}\n"), {}, {})
                    .value();
  InputRecord record;
  ASSERT_TRUE(reader->Next(record).value());
  const InputRecord moved = std::move(record);
  EXPECT_EQ(moved.record.text, "<title>T</title><p>One") << "<title> alone is no page";
  auto html = OpenReader(dir.Write("y.ndjson", "{\"text\":\"<p>One<p>Two\"}\n"), {}, {}).value();
  InputRecord page;
  ASSERT_TRUE(html->Next(page).value());
  const InputRecord moved_page = std::move(page);
  EXPECT_EQ(moved_page.record.text, "One\nTwo");
  ASSERT_EQ(moved_page.record.markup.size(), 2u);
  EXPECT_EQ(moved_page.record.markup[1].tag, LineTag::kParagraph);
}

TEST(HtmlTextTest, FeedsHaveMarkupToo) {
  const ReadResult result = ReadBytes(
      "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
      "<item><title>A</title><content:encoded>&lt;h2&gt;Head&lt;/h2&gt;&lt;p&gt;Text"
      "</content:encoded></item></channel></rss>",
      "x.xml");
  ASSERT_THAT(result.records, SizeIs(1));
  EXPECT_EQ(result.records[0].text, "Head\nText");
  ASSERT_THAT(result.records[0].markup, SizeIs(2));
  EXPECT_EQ(result.records[0].markup[0].heading_level, 2);
}

}  // namespace
}  // namespace samestory::io
