#include "io/feed.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "io/xml_fault.h"
#include "unit/io/io_testing.h"

namespace samestory::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t kTime = 1626069845;  // 2021-07-12T06:04:05Z

ReadResult ReadFeedBytes(const std::string& bytes) { return ReadBytes(bytes, "feed.xml"); }

/// The only item of an RSS feed.
ReadRecord RssItem(const std::string& item, const std::string& channel = "") {
  const ReadResult result = ReadFeedBytes(
      "<rss version='2.0'><channel><title>The "
      "Outlet</title><link>https://example.org/news/</link>" +
      channel + "<item>" + item + "</item></channel></rss>");
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_THAT(result.bad, IsEmpty());
  EXPECT_THAT(result.records, SizeIs(1));
  return result.records.size() == 1 ? result.records[0] : ReadRecord(InputRecord());
}

ReadRecord AtomEntry(const std::string& entry, const std::string& attributes = "") {
  const ReadResult result = ReadFeedBytes(
      "<feed xmlns='http://www.w3.org/2005/Atom' " + attributes + "><title>The Outlet</title>" +
      "<link rel='self' href='https://example.org/feed'/><link href='https://example.org/'/>" +
      "<entry>" + entry + "</entry></feed>");
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_THAT(result.records, SizeIs(1));
  return result.records.size() == 1 ? result.records[0] : ReadRecord(InputRecord());
}

TEST(XmlFaultTest, IsFoundWhereItStands) {
  const auto reason = [](std::string_view text) {
    const std::optional<XmlFault> fault = FindXmlFault(text);
    return fault ? std::to_string(fault->offset) + " " + fault->reason : "";
  };
  EXPECT_EQ(reason(""), "");
  EXPECT_EQ(reason("\xef\xbb\xbf<?xml version='1.0'?><a b='&#x41;'>&amp;&#65;\t\r\n</a>"), "");
  EXPECT_EQ(reason("<a><![CDATA[ &nbsp; & ]]><!-- & --><?php & ?></a>"), "");
  EXPECT_EQ(reason("<!DOCTYPE a [<!ENTITY nbsp '&#160;'>]><a>&nbsp;</a>"), "");
  EXPECT_EQ(reason("<?xml-stylesheet href='a'?><?xml-model?><a/>"), "");
  EXPECT_EQ(reason(" <?xml version='1.0'?><a/>"), "1 the XML declaration is not at its start");
  EXPECT_EQ(reason("<a>fish & chips</a>"), "8 an ampersand begins no reference");
  EXPECT_EQ(reason("<a b='?x=1&y=2'/>"), "10 an ampersand begins no reference");
  EXPECT_EQ(reason("<a>&;</a>"), "3 an ampersand begins no reference");
  EXPECT_EQ(reason("<a>&#;</a>"), "3 an ampersand begins no reference");
  EXPECT_EQ(reason("<a>&"), "3 an ampersand begins no reference");
  EXPECT_EQ(reason("<a>&nbsp;</a>"), "3 the entity \"nbsp\" is not declared");
  EXPECT_EQ(reason("<a>\x02 &nbsp;</a>"), "3 a control character");
  EXPECT_EQ(reason("<a>&nbsp; \x02</a>"), "3 the entity \"nbsp\" is not declared");
  EXPECT_EQ(reason("<![CDATA[ never ends"), "");
}

TEST(RssTest, WarnsOfWhatCostsNothing) {
  const ReadResult result = ReadFeedBytes(
      "<rss><channel>\n<item><title>One</title></item>\n"
      "<item><title>Fish & chips</title></item></channel></rss>");
  EXPECT_TRUE(result.status.ok());
  EXPECT_THAT(result.bad, IsEmpty());
  EXPECT_THAT(result.records, SizeIs(2));
  ASSERT_THAT(result.warnings, SizeIs(1));
  EXPECT_EQ(result.warnings[0].line, 3u);
  EXPECT_THAT(result.warnings[0].reason, HasSubstr("not well-formed"));
}

TEST(RssTest, ReadsEveryField) {
  const ReadRecord record = RssItem(
      "\n<title> Bridge &amp; road closed </title>\n<link>https://example.org/1</link>"
      "<description>&lt;p&gt;The bridge.&lt;/p&gt;</description>"
      "<content:encoded><![CDATA[<p>The bridge <b>is</b> closed.</p><p>It&nbsp;reopens.</p>]]>"
      "</content:encoded>"
      "<guid isPermaLink='false'>tag:1</guid><pubDate>Mon, 12 Jul 2021 06:04:05 GMT</pubDate>",
      "<language>en-gb</language>");
  EXPECT_EQ(record.title, "Bridge & road closed");
  EXPECT_EQ(record.summary, "<p>The bridge.</p>");
  EXPECT_EQ(record.text, "The bridge is closed.\nIt reopens.");
  EXPECT_EQ(record.url, "https://example.org/1");
  EXPECT_EQ(record.id, "tag:1");
  EXPECT_EQ(record.source, "The Outlet");
  EXPECT_EQ(record.lang, "en-gb");
  EXPECT_EQ(record.published, kTime);
  EXPECT_EQ(record.raw,
            R"({"id":"tag:1","title":"Bridge & road closed","summary":"<p>The bridge.</p>",)"
            R"("text":"The bridge is closed.\nIt reopens.","url":"https://example.org/1",)"
            R"("source":"The Outlet","lang":"en-gb","published":"2021-07-12T06:04:05Z"})");
  EXPECT_FALSE(record.id_is_made);
  EXPECT_EQ(record.line, 1u);
}

TEST(RssTest, JoinsTextAndCdata) {
  EXPECT_EQ(RssItem("<title>a <![CDATA[b & <i>c</i>]]> d<!-- x --> e</title>").title,
            "a b & <i>c</i> d e");
  EXPECT_EQ(RssItem("<title>a <b>bold &amp;</b> <i/>move</title>").title,
            "a <b>bold &amp;</b> <i></i>move");
  EXPECT_EQ(RssItem("<title>caf&#233; &#x939; &nbsp; &unknown;</title>").title,
            "café ह &nbsp; &unknown;")
      << "what XML does not define is left to HTML";
}

TEST(RssTest, TheIdFallsBackToTheLinkAndThenTheNumber) {
  EXPECT_EQ(RssItem("<link>https://example.org/1</link>").id, "https://example.org/1");
  const ReadResult result = ReadFeedBytes(
      "<rss><channel><item><title>a</title></item><item><title>b</title></item></channel></rss>");
  EXPECT_THAT(result.Ids(), ElementsAre("#1", "#2"));
  EXPECT_TRUE(result.records[1].id_is_made);
}

TEST(RssTest, FindsTheLink) {
  EXPECT_EQ(RssItem("<guid>https://example.org/g</guid>").url, "https://example.org/g");
  EXPECT_EQ(RssItem("<guid isPermaLink='false'>https://example.org/g</guid>").url, "");
  EXPECT_EQ(RssItem("<guid>7</guid>").url, "");
  EXPECT_EQ(RssItem("<link/><guid>https://example.org/g</guid>").url, "https://example.org/g");
  EXPECT_EQ(RssItem("<atom:link href='https://example.org/a' rel='alternate'/>").url,
            "https://example.org/a");
  EXPECT_EQ(RssItem("<atom:link href='https://example.org/self' rel='self'/>").url, "");
  EXPECT_EQ(RssItem("<link>\n /1?a=1&amp;b=2\n</link>").url, "https://example.org/1?a=1&b=2");
  EXPECT_EQ(RssItem("<link xml:base='https://other.example/x/'>y</link>").url,
            "https://other.example/x/y");
  EXPECT_EQ(RssItem("<media:title>t</media:title><media:link>x</media:link>").url, "");
}

TEST(RssTest, KnowsVocabulariesByNamespaceNotPrefix) {
  const ReadRecord record = RssItem(
      "<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>Text</c:encoded>"
      "<d:date xmlns:d='http://purl.org/dc/elements/1.1/'>2021-07-12T06:04:05Z</d:date>"
      "<dc:title xmlns:dc='urn:unknown'>no title</dc:title>"
      "<media:title>Media title</media:title>");
  EXPECT_EQ(record.text, "Text");
  EXPECT_EQ(record.published, kTime);
  EXPECT_EQ(record.title, "Media title");
}

TEST(RssTest, PrefersItsOwnElements) {
  const ReadRecord record = RssItem(
      "<media:title>M</media:title><dc:title>D</dc:title><title>T</title><title>U</title>"
      "<media:group><media:description>MD</media:description></media:group>"
      "<atom:updated>2000-01-01</atom:updated><dc:date>2021-07-12T06:04:05Z</dc:date>"
      "<source url='x'>Another Outlet</source><dc:language>en_US</dc:language>");
  EXPECT_EQ(record.title, "T");
  EXPECT_EQ(record.summary, "MD");
  EXPECT_EQ(record.published, kTime);
  EXPECT_EQ(record.source, "Another Outlet");
  EXPECT_EQ(record.lang, "en-US");
  EXPECT_EQ(RssItem("<title/><dc:title>D</dc:title>").title, "D");
}

TEST(RssTest, AnEmptyItemIsARecord) {
  const ReadRecord record = RssItem("");
  EXPECT_EQ(record.title, "");
  EXPECT_EQ(record.id, "#1");
}

TEST(RssTest, ReadsTheOldForms) {
  const ReadResult rdf = ReadFeedBytes(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
      "<channel rdf:about='x'><title>Old</title><link>http://example.org/</link></channel>"
      "<item rdf:about='http://example.org/1'><title>One</title><link>http://example.org/1</link>"
      "<dc:date>2021-07-12T06:04:05Z</dc:date></item>"
      "<item rdf:about='http://example.org/2'><title>Two</title></item></rdf:RDF>");
  EXPECT_THAT(rdf.Titles(), ElementsAre("One", "Two"));
  EXPECT_THAT(rdf.Ids(), ElementsAre("http://example.org/1", "http://example.org/2"));
  EXPECT_EQ(rdf.records[1].url, "http://example.org/2");
  EXPECT_EQ(rdf.records[0].published, kTime);
  EXPECT_EQ(rdf.records[0].source, "Old");

  const ReadResult old = ReadFeedBytes(
      "<?xml version='1.0'?><!DOCTYPE rss [ <!ENTITY x 'y'> ]>\n<rss version='0.91'><channel>"
      "<title>Older</title><item><title>One &x;</title><link>http://example.org/1</link></item>"
      "</channel></rss>");
  ASSERT_THAT(old.records, SizeIs(1));
  EXPECT_EQ(old.records[0].title, "One &x;") << "entities are not expanded";
  EXPECT_EQ(old.records[0].line, 2u);
}

TEST(AtomTest, ReadsEveryField) {
  const ReadRecord record = AtomEntry(
      "<id>urn:1</id><title type='html'>Bridge &amp;amp; road</title>"
      "<link rel='enclosure' href='https://example.org/a.mp3'/>"
      "<link rel='alternate' type='application/pdf' href='https://example.org/a.pdf'/>"
      "<link rel='alternate' type='text/html' href='/1'/>"
      "<summary>S</summary><content type='html'>&lt;p&gt;One.&lt;/p&gt;Two.</content>"
      "<published>2021-07-12T06:04:05Z</published><updated>2022-01-01T00:00:00Z</updated>",
      "xml:lang='fr'");
  EXPECT_EQ(record.id, "urn:1");
  EXPECT_EQ(record.title, "Bridge &amp; road");
  EXPECT_EQ(record.url, "https://example.org/1");
  EXPECT_EQ(record.summary, "S");
  EXPECT_EQ(record.text, "One.\nTwo.");
  EXPECT_EQ(record.published, kTime);
  EXPECT_EQ(record.source, "The Outlet");
  EXPECT_EQ(record.lang, "fr");
}

TEST(AtomTest, ReadsXhtmlAndOtherTypes) {
  EXPECT_EQ(AtomEntry("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
                      "<p>One &amp; <em>all</em>.</p>\n<h:p xmlns:h='http://www.w3.org/1999/xhtml'>"
                      "Two &lt;b.</h:p></div></content>")
                .text,
            "One & all.\nTwo <b.");
  EXPECT_EQ(AtomEntry("<content type='image/png'>aGVsbG8=</content>").text, "");
  EXPECT_EQ(AtomEntry("<content src='https://example.org/x' type='text/html'/>").text, "");
  EXPECT_EQ(AtomEntry("<content>Line one\nLine two</content>").text, "Line one\nLine two");
}

TEST(AtomTest, ResolvesAgainstNestedBases) {
  EXPECT_EQ(AtomEntry("<link href='y'/>", "xml:base='https://base.example/a/b'").url,
            "https://base.example/a/y");
  const ReadResult nested = ReadFeedBytes(
      "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://base.example/a/'>"
      "<entry xml:base='c/'><link href='y'/></entry></feed>");
  ASSERT_THAT(nested.records, SizeIs(1));
  EXPECT_EQ(nested.records[0].url, "https://base.example/a/c/y");
}

TEST(AtomTest, FallsBack) {
  EXPECT_EQ(AtomEntry("<updated>2021-07-12T06:04:05Z</updated>").published, kTime);
  EXPECT_EQ(
      AtomEntry("<published>soon</published><updated>2021-07-12T06:04:05Z</updated>").published,
      kTime);
  EXPECT_EQ(AtomEntry("<id>https://example.org/i</id>").url, "https://example.org/i");
  EXPECT_EQ(AtomEntry("<source><id>x</id><title>Origin</title></source>").source, "Origin");
  EXPECT_EQ(AtomEntry("<media:group xmlns:media='http://search.yahoo.com/mrss/'>"
                      "<media:description>MD</media:description></media:group>")
                .summary,
            "MD");
}

TEST(AtomTest, ReadsOldAndPrefixedAtom) {
  const ReadResult old = ReadFeedBytes(
      "<feed version='0.3' "
      "xmlns='http://purl.org/atom/ns#'><title>Old</title><entry><title>One</title>"
      "<link rel='alternate' href='http://example.org/1'/><issued>2021-07-12T06:04:05Z</issued>"
      "<modified>2022-07-12T06:04:05Z</modified></entry></feed>");
  ASSERT_THAT(old.records, SizeIs(1));
  EXPECT_EQ(old.records[0].published, kTime);
  const ReadResult prefixed = ReadFeedBytes(
      "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>P</a:title><a:entry><a:title>One"
      "</a:title><a:id>1</a:id><a:updated>2021-07-12T06:04:05Z</a:updated></a:entry></a:feed>");
  ASSERT_THAT(prefixed.records, SizeIs(1));
  EXPECT_EQ(prefixed.records[0].title, "One");
  EXPECT_EQ(prefixed.records[0].id, "1");
  EXPECT_EQ(prefixed.records[0].source, "P");
  EXPECT_EQ(prefixed.records[0].published, kTime);
}

TEST(JsonFeedTest, ReadsEveryField) {
  const ReadResult result = ReadBytes(
      R"({"version":"https://jsonfeed.org/version/1.1","title":"The Outlet","language":"en",
          "home_page_url":"https://example.org/","items":[
          {"id":"1","url":"/1","title":"One \ud800","summary":"S","content_html":"<p>A</p>B",
           "date_published":"2021-07-12T06:04:05Z"},
          {"id":2,"external_url":"https://other.example/2","content_text":"a\nb","language":"de",
           "date_modified":"2021-07-12T06:04:05Z"},
          7,{}]})",
      "feed.json");
  ASSERT_THAT(result.records, SizeIs(3));
  EXPECT_THAT(result.Ids(), ElementsAre("1", "2", "#3"));
  EXPECT_EQ(result.records[0].title, "One \uFFFD");
  EXPECT_EQ(result.records[0].repaired, 1u);
  EXPECT_EQ(result.records[0].summary, "S");
  EXPECT_EQ(result.records[0].text, "A\nB");
  EXPECT_EQ(result.records[0].url, "https://example.org/1");
  EXPECT_EQ(result.records[0].source, "The Outlet");
  EXPECT_EQ(result.records[0].lang, "en");
  EXPECT_EQ(result.records[0].published, kTime);
  EXPECT_EQ(result.records[1].url, "https://other.example/2");
  EXPECT_EQ(result.records[1].text, "a\nb");
  EXPECT_EQ(result.records[1].lang, "de");
  EXPECT_EQ(result.records[1].published, kTime);
}

TEST(FeedTest, WhatIsNotWellFormedGivesTheItemsBeforeTheError) {
  const std::string begin =
      "<rss><channel>\n<item><title>One</title></item>\n<item><title>Two</title></item>";
  for (const char* rest : {"<item><title>Three</wrong></item></channel></rss>", "<item><title>Thr",
                           "<item><title><![CDATA[Three", "<item", ""}) {
    const ReadResult result = ReadFeedBytes(begin + rest);
    EXPECT_TRUE(result.status.ok()) << result.status;
    EXPECT_THAT(result.Titles(), ElementsAre("One", "Two")) << rest;
    ASSERT_THAT(result.bad, SizeIs(1)) << rest;
    EXPECT_THAT(result.bad[0].reason, HasSubstr("not well-formed"));
    EXPECT_EQ(result.bad[0].line, 3u) << rest;
  }
}

TEST(FeedTest, AFeedInsideAPageIsFound) {
  const ReadResult result = ReadFeedBytes(
      "<html><head/><body><p>x</p><feed><entry><title>One</title></entry></feed></body></html>");
  EXPECT_THAT(result.Titles(), ElementsAre("One"));
}

TEST(FeedTest, WhatIsNoFeedIsAClearError) {
  const auto message = [](const std::string& bytes, const std::string& name = "feed.xml") {
    const ReadResult result = ReadBytes(bytes, name);
    EXPECT_EQ(result.status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(result.records, IsEmpty());
    EXPECT_THAT(std::string(result.status.message()), HasSubstr(name));
    return std::string(result.status.message());
  };
  EXPECT_THAT(message("<!DOCTYPE html><html><body><p>x</html>"), HasSubstr("is HTML, not a feed"));
  EXPECT_THAT(message("<opml/>"), HasSubstr("its root element is \"opml\""));
  EXPECT_THAT(message(""), HasSubstr("is no feed"));
  EXPECT_THAT(message("plain text"), HasSubstr("is no feed"));
  EXPECT_THAT(message("{\"version\":\"1\"}"), HasSubstr("no JSON Feed"));
  EXPECT_THAT(message("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[", "feed.json"),
              HasSubstr("is no JSON Feed"));
}

TEST(FeedTest, FeedsAreBounded) {
  ReaderOptions options;
  options.max_feed_bytes = 20;
  const ReadResult result = ReadBytes("<rss><channel></channel></rss>", "feed.xml", options);
  EXPECT_EQ(result.status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(result.status.message()), HasSubstr("longer than 20 bytes"));
}

TEST(FeedTest, DepthIsNoHarm) {
  std::string deep = "<rss><channel><item><description>";
  for (int i = 0; i < 200'000; ++i) deep += "<b>";
  EXPECT_THAT(ReadFeedBytes(deep).bad, SizeIs(1));
  for (int i = 0; i < 200'000; ++i) deep += "</b>";
  deep += "</description></item></channel></rss>";
  const ReadResult result = ReadFeedBytes(deep);
  ASSERT_THAT(result.records, SizeIs(1));
  EXPECT_EQ(result.records[0].summary.size(), 200'000u * 7);
}

TEST(FeedTest, RepairsAreCountedOnTheFirstRecord) {
  const ReadResult result = ReadFeedBytes(
      "<rss><channel><item><title>é "
      "\xff</title></item><item><title>\xfe</title></item></channel></rss>");
  ASSERT_THAT(result.records, SizeIs(2));
  EXPECT_EQ(result.records[0].title, "é \uFFFD");
  EXPECT_EQ(result.records[0].repaired, 2u);
  EXPECT_EQ(result.records[1].repaired, 0u);
  const ReadRecord reference = RssItem("<title>a&#xd800;b&#x41;</title><link>/&#xdfff;</link>");
  EXPECT_EQ(reference.title, "a\uFFFD\uFFFD\uFFFDbA") << "what XML forbids";
  EXPECT_EQ(reference.url, "https://example.org/\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(reference.repaired, 9u) << "of title, link and the id made of it";
}

}  // namespace
}  // namespace samestory::io
