#include <simdjson.h>

#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "io/reader.h"
#include "samestory/text.h"
#include "unit/io/io_testing.h"

namespace samestory::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t kTime = 1626069845;  // 2021-07-12T06:04:05Z

/// Reads `line` between two good records, which must come out unharmed.
ReadResult ReadBetween(const std::string& line, const ReaderOptions& options = {}) {
  ReadResult result = ReadBytes(
      "{\"id\":\"before\",\"title\":\"One\"}\n" + line + "\n{\"id\":\"after\",\"title\":\"Two\"}\n",
      "in.ndjson", options);
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_GE(result.records.size(), 2u);
  if (result.records.size() < 2) return result;
  EXPECT_EQ(result.records.front().id, "before");
  EXPECT_EQ(result.records.front().title, "One");
  EXPECT_EQ(result.records.back().id, "after");
  EXPECT_EQ(result.records.back().title, "Two");
  EXPECT_EQ(result.records.back().line, 3u);
  result.records.erase(result.records.begin());
  result.records.pop_back();
  return result;
}

/// The one record that `line` gives.
ReadRecord Good(const std::string& line, const ReaderOptions& options = {}) {
  const ReadResult result = ReadBetween(line, options);
  EXPECT_THAT(result.bad, IsEmpty()) << result.bad.front().reason;
  EXPECT_THAT(result.records, SizeIs(1));
  return result.records.size() == 1 ? result.records[0] : ReadRecord(InputRecord());
}

/// Why `line` is bad.
std::string Bad(const std::string& line, const ReaderOptions& options = {}) {
  const ReadResult result = ReadBetween(line, options);
  EXPECT_THAT(result.records, IsEmpty()) << line;
  if (result.bad.size() != 1) return "<not one bad record>";
  EXPECT_EQ(result.bad[0].line, 2u);
  EXPECT_THAT(result.bad[0].file, HasSubstr("in.ndjson"));
  return result.bad[0].reason;
}

TEST(NdjsonTest, ReadsEveryField) {
  const std::string line =
      R"({"id":"x1","title":"T","summary":"S","text":"B","url":"https://example.org/1",)"
      R"("source":"Outlet","published":"2021-07-12T06:04:05Z","lang":"en","more":[1,{"a":2}]})";
  const ReadRecord record = Good("  " + line + " \r");
  EXPECT_EQ(record.id, "x1");
  EXPECT_EQ(record.title, "T");
  EXPECT_EQ(record.summary, "S");
  EXPECT_EQ(record.text, "B");
  EXPECT_EQ(record.url, "https://example.org/1");
  EXPECT_EQ(record.source, "Outlet");
  EXPECT_EQ(record.lang, "en");
  EXPECT_EQ(record.published, kTime);
  EXPECT_EQ(record.raw, line);
  EXPECT_EQ(record.line, 2u);
  EXPECT_FALSE(record.id_is_integer);
  EXPECT_FALSE(record.id_is_made);
  EXPECT_EQ(record.repaired, 0u);
}

TEST(NdjsonTest, ResolvesEscapes) {
  const std::string line =
      R"({"id":"a\/b","title":"\"Caf\u00e9\" \ud83d\ude00","t\u0065xt":"a\nb"})";
  const ReadRecord record = Good(line);
  EXPECT_EQ(record.id, "a/b");
  EXPECT_EQ(record.title, "\"Café\" 😀");
  EXPECT_EQ(record.text, "a\nb") << "also in keys";
  EXPECT_EQ(record.raw, line);
}

TEST(NdjsonTest, IdMayBeAnInteger) {
  for (const char* id : {"7", "0", "-12", "12345678901234567890123"}) {
    const ReadRecord record = Good("{\"id\":" + std::string(id) + "}");
    EXPECT_EQ(record.id, id);
    EXPECT_TRUE(record.id_is_integer);
    EXPECT_FALSE(record.id_is_made);
  }
  EXPECT_EQ(Bad(R"({"id":1.5})"), "\"id\" is not an integer: \"1.5\"");
  EXPECT_EQ(Bad(R"({"id":1e3})"), "\"id\" is not an integer: \"1e3\"");
  EXPECT_EQ(Bad(R"({"id":true})"), "\"id\" is true or false, not a string or an integer");
  EXPECT_EQ(Bad(R"({"id":["a"]})"), "\"id\" is an array, not a string or an integer");
}

TEST(NdjsonTest, AnAbsentIdIsMadeOfTheLine) {
  for (const char* line : {R"({"title":"T"})", R"({"id":null})", R"({"id":""})", R"({})"}) {
    const ReadRecord record = Good(line);
    EXPECT_EQ(record.id, "#2") << line;
    EXPECT_TRUE(record.id_is_made);
  }
  EXPECT_FALSE(Good(R"({"id":"#2"})").id_is_made);
}

TEST(NdjsonTest, NullIsAbsent) {
  const ReadRecord record =
      Good(R"({"title":null,"summary":null,"text":null,"url":null,"published":null,"lang":null})");
  EXPECT_EQ(record.title, "");
  EXPECT_EQ(record.published, std::nullopt);
}

TEST(NdjsonTest, WrongTypesAreBadAndNamed) {
  EXPECT_EQ(Bad(R"({"title":7})"), "\"title\" is a number, not a string");
  EXPECT_EQ(Bad(R"({"text":true})"), "\"text\" is true or false, not a string");
  EXPECT_EQ(Bad(R"({"summary":{"a":1}})"), "\"summary\" is an object, not a string");
  EXPECT_EQ(Bad(R"({"url":["a"]})"), "\"url\" is an array, not a string");
  EXPECT_EQ(Bad(R"({"source":1})"), "\"source\" is a number, not a string");
  EXPECT_EQ(Bad(R"({"lang":{}})"), "\"lang\" is an object, not a string");
  EXPECT_EQ(Bad(R"({"published":false})"), "\"published\" is true or false, not a time");
  EXPECT_EQ(Bad(R"({"description":3})"), "\"description\" is a number, not a string");
  ReaderOptions options;
  options.fields.text = "body";
  EXPECT_EQ(Bad(R"({"body":7})", options), "\"body\" is a number, not a string");
}

TEST(NdjsonTest, DescriptionStandsInForAnAbsentSummary) {
  EXPECT_EQ(Good(R"({"description":"D"})").summary, "D");
  EXPECT_EQ(Good(R"({"description":"D","summary":"S"})").summary, "S");
  EXPECT_EQ(Good(R"({"summary":"","description":"D"})").summary, "D");
  EXPECT_EQ(Good(R"({"summary":null,"description":"D"})").summary, "D");
  EXPECT_EQ(Good(R"({"summary":"S","description":7})").summary, "S") << "not read";
  ReaderOptions options;
  options.fields.summary = "teaser";
  EXPECT_EQ(Good(R"({"description":"D"})", options).summary, "");
}

TEST(NdjsonTest, FieldNamesCanBeMapped) {
  ReaderOptions options;
  options.fields = {"guid", "h1", "h1", "", "link", "outlet", "when", "language"};
  const ReadResult result =
      ReadBytes(R"({"guid":5,"h1":"T\n","":"empty","text":"no","link":"L","outlet":"O","when":0,)"
                R"("language":"de","title":1})",
                "in.ndjson", options);
  ASSERT_THAT(result.records, SizeIs(1));
  const ReadRecord& record = result.records[0];
  EXPECT_EQ(record.id, "5");
  EXPECT_EQ(record.title, "T\n");
  EXPECT_EQ(record.summary, "T\n");
  EXPECT_EQ(record.text, "") << "an empty name is never found";
  EXPECT_EQ(record.url, "L");
  EXPECT_EQ(record.source, "O");
  EXPECT_EQ(record.published, 0);
  EXPECT_EQ(record.lang, "de");
}

TEST(NdjsonTest, OfTwoEqualKeysTheFirstIsRead) {
  EXPECT_EQ(Good(R"({"title":"first","title":"second"})").title, "first");
  EXPECT_EQ(Good(R"({"title":"first","title":7})").title, "first");
}

TEST(NdjsonTest, ReadsTimes) {
  EXPECT_EQ(Good(R"({"published":1626069845})").published, kTime);
  EXPECT_EQ(Good(R"({"published":1626069845.5})").published, kTime);
  EXPECT_EQ(Good(R"({"published":1626069845678})").published, kTime);
  EXPECT_EQ(Good(R"({"published":"1626069845"})").published, kTime);
  EXPECT_EQ(Good(R"({"published":"Mon, 12 Jul 2021 06:04:05 GMT"})").published, kTime);
  EXPECT_EQ(Good(R"({"published":"2021-07-12T06:04:05\u005a"})").published, kTime);
  EXPECT_EQ(Good(R"({"published":"soon"})").published, std::nullopt);
  EXPECT_EQ(Good(R"({"published":""})").published, std::nullopt);
  EXPECT_EQ(Good(R"({"published":-5})").published, std::nullopt);
}

TEST(NdjsonTest, TextsOfAllKindsComeOutAsTheyAre) {
  for (const char* title : {"", "x", "😀", "👩‍👩‍👧 🇮🇳", "大地震后三人获救",
                            "बाढ़ से तीन की मौत", "e\u0301", "\u00a0"}) {
    const ReadRecord record = Good("{\"id\":\"a\",\"title\":\"" + std::string(title) + "\"}");
    EXPECT_EQ(record.title, title);
    EXPECT_EQ(record.repaired, 0u);
  }
}

TEST(NdjsonTest, InvalidUtf8IsRepairedAndCounted) {
  const ReadRecord record =
      Good("{\"id\":\"a\",\"title\":\"caf\xe9 \xf0\x9f\x98 ok\",\"x\":\"\xff\"}");
  EXPECT_EQ(record.title, "caf\uFFFD \uFFFD ok");
  EXPECT_EQ(record.repaired, 3u);
  EXPECT_EQ(record.raw, "{\"id\":\"a\",\"title\":\"caf\uFFFD \uFFFD ok\",\"x\":\"\uFFFD\"}");
  // A lead byte takes no quote with it.
  EXPECT_EQ(Good("{\"id\":\"a\",\"title\":\"caf\xe9\"}").title, "caf\uFFFD");
  EXPECT_THAT(Bad("{\"id\":\"\xe9\",\"title\":7}"), HasSubstr("\"title\" is a number"));
  EXPECT_EQ(Bad("{\"title\":\"\xe9"), "invalid JSON: a string is not closed");
}

TEST(NdjsonTest, LoneSurrogatesAreRepairedAndCounted) {
  const ReadRecord record =
      Good(R"({"id":"a","title":"x\ud800y\udc00","other":["\ud83d"],"\udfff":1})");
  EXPECT_EQ(record.title, "x\uFFFDy\uFFFD");
  EXPECT_EQ(record.repaired, 4u);
  EXPECT_EQ(record.raw, R"({"id":"a","title":"x\ufffdy\ufffd","other":["\ufffd"],"\ufffd":1})");
}

TEST(NdjsonTest, NulBytesMakeALineBad) {
  EXPECT_EQ(Bad(std::string("{\"title\":\"a\0b\"}", 15)),
            "invalid JSON: a control character stands in a string");
  EXPECT_THAT(Bad(std::string("{\"id\":\"a\"}\0\0", 12)), HasSubstr("text follows the object"));
  EXPECT_EQ(Bad(std::string(3, '\0')),
            "the line is no JSON object: it begins with \"\\u0000\\u0000\\u0000\"");
  EXPECT_EQ(Good(R"({"id":"a","title":"a\u0000b"})").title, std::string("a\0b", 3)) << "escaped";
}

TEST(NdjsonTest, WhatIsNoObjectIsBad) {
  EXPECT_EQ(Bad(R"([{"id":"a"}])"), "the line is a JSON array, not an object");
  EXPECT_EQ(Bad(R"("text")"), "the line is no JSON object: it begins with \"\\\"text\\\"\"");
  EXPECT_EQ(Bad("12"), "the line is no JSON object: it begins with \"12\"");
  EXPECT_EQ(Bad("null"), "the line is no JSON object: it begins with \"null\"");
  const std::string reason = Bad("Some line of text that is long é" + std::string(100, 'x'));
  EXPECT_THAT(reason, HasSubstr("xxx...\""));
  EXPECT_LT(reason.size(), 120u);
}

TEST(NdjsonTest, BrokenJsonIsBad) {
  EXPECT_EQ(Bad(R"({"id":"a","title":"cut)"), "invalid JSON: a string is not closed");
  EXPECT_EQ(Bad(R"({"id":"a","title":"cut")"), "invalid JSON at byte 24: the object is not closed");
  EXPECT_EQ(Bad(R"({"id":"a",)"), "invalid JSON at byte 11: the object is not closed");
  EXPECT_EQ(Bad(R"({"id":"a"}}))"), "invalid JSON at byte 11: text follows the object");
  EXPECT_EQ(Bad(R"({"id":"a"},)"), "invalid JSON at byte 11: text follows the object");
  EXPECT_EQ(Bad(R"({"x":[1,],"id":"a"})"),
            "invalid JSON at byte 9: a value is missing or not valid");
  EXPECT_EQ(Bad("{\"a\":" + std::string(100'000, '[')),
            "invalid JSON at byte 517: nested too deeply");
}

TEST(NdjsonTest, DuplicateIdsAreBothGiven) {
  const ReadResult result =
      ReadBytes("{\"id\":\"a\",\"title\":\"1\"}\n{\"id\":\"a\",\"title\":\"2\"}\n");
  EXPECT_THAT(result.Ids(), ElementsAre("a", "a"));
  EXPECT_THAT(result.Titles(), ElementsAre("1", "2"));
}

TEST(NdjsonTest, BlankLinesAreSkippedButCounted) {
  const ReadResult result = ReadBytes("\n  \t\r\n{}\n\n{}");
  EXPECT_THAT(result.Ids(), ElementsAre("#3", "#5"));
  EXPECT_THAT(result.bad, IsEmpty());
  for (const char* bytes : {"", "\n", "\n\n  \n", " ", "\xef\xbb\xbf"}) {
    const ReadResult blank = ReadBytes(bytes);
    EXPECT_TRUE(blank.status.ok());
    EXPECT_THAT(blank.records, IsEmpty());
    EXPECT_THAT(blank.bad, IsEmpty());
  }
}

TEST(NdjsonTest, ByteOrderMarksAndCrLfAreNoPartOfARecord) {
  const ReadResult result =
      ReadBytes("\xef\xbb\xbf{\"id\":\"a\"}\r\n{\"id\":\"b\"}\r\n\xef\xbb\xbf{\"id\":\"c\"}");
  EXPECT_THAT(result.Ids(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(result.records[0].raw, "{\"id\":\"a\"}");
}

TEST(NdjsonTest, AHundredMegabyteLineIsReadBelowTheBoundAndSkippedAboveIt) {
  const std::string title(100u << 20, 'x');
  const std::string line = "{\"title\":\"" + title + "\"}";
  EXPECT_TRUE(Good(line).title == title);
  ReaderOptions options;
  options.max_line_bytes = 64u << 20;
  EXPECT_EQ(Bad(line, options), "the line is longer than 67108864 bytes");
  options.max_line_bytes = 50;
  EXPECT_EQ(Bad("{\"title\":\"" + std::string(50, 'x') + "\"}", options),
            "the line is longer than 50 bytes");
}

TEST(NdjsonTest, BatchesGiveTheSameRecords) {
  const TempDir dir;
  std::mt19937_64 random(5);
  std::string bytes;
  for (int i = 0; i < 20'000; ++i) {
    bytes +=
        i % 50 == 0 ? "broken\n" : "{\"title\":\"" + std::string(random() % 200, 'x') + "\\n\"}\n";
  }
  const std::string path = dir.Write("in.ndjson", bytes);
  const ReadResult one = ReadFile(path);
  EXPECT_EQ(one.records.size(), 19'600u);
  EXPECT_EQ(one.bad.size(), 400u);
  for (const std::size_t batch : {1u, 7u, 4096u, 100'000u}) {
    const ReadResult many = ReadFile(path, {}, batch);
    EXPECT_TRUE(many.Titles() == one.Titles());
    EXPECT_TRUE(many.Ids() == one.Ids());
    EXPECT_EQ(many.bad.size(), 400u);
  }
}

TEST(NdjsonTest, RecordsKeepTheirViewsWhenMovedAndAfterTheReader) {
  const TempDir dir;
  std::string bytes;
  for (int i = 0; i < 30'000; ++i) {
    bytes += R"({"title":"title )" + std::to_string(i) +
             R"(","summary":"a\tb"})"
             "\n";
  }
  std::vector<InputRecord> kept;
  {
    auto reader = OpenReader(dir.Write("in.ndjson", bytes), {}, {}).value();
    InputRecord record;
    while (reader->Next(record).value()) kept.push_back(std::move(record));
  }
  ASSERT_EQ(kept.size(), 30'000u);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    ASSERT_EQ(kept[i].record.title, "title " + std::to_string(i));
    ASSERT_EQ(kept[i].record.summary, "a\tb");
    ASSERT_EQ(kept[i].record.id, "#" + std::to_string(i + 1));
  }
}

/// What a record must hold by simdjson's DOM: the slow, obvious reading.
void ExpectSameAsDom(const ReadRecord& record, const simdjson::dom::object& object) {
  const auto text = [&](const char* key) {
    std::string_view value;
    return object.at_key(key).get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  };
  EXPECT_EQ(record.title, text("title"));
  EXPECT_EQ(record.summary, text("summary").empty() ? text("description") : text("summary"));
  EXPECT_EQ(record.text, text("text"));
  if (!record.id_is_integer && !record.id_is_made) {
    EXPECT_EQ(record.id, text("id"));
  }
}

bool HasRightTypes(const simdjson::dom::object& object) {
  for (const auto member : object) {
    const bool is_text = member.key == "title" || member.key == "summary" || member.key == "text" ||
                         member.key == "description";
    if (is_text && !member.value.is_string() && !member.value.is_null()) return false;
    if (member.key == "id" && !member.value.is_string() && !member.value.is_null() &&
        !member.value.is_int64() && !member.value.is_uint64()) {
      return false;
    }
  }
  return true;
}

TEST(NdjsonTest, MutatedLinesAreReadAsTheDomReadsThem) {
  std::mt19937_64 random(9);
  const std::vector<std::string> seeds = {
      R"({"id":"a1","title":"Bridge closed","summary":"S","text":"B"})",
      R"({"id":17,"title":"Caf\u00e9 \"x\"","description":"d\\","n":[1,2,{"k":null}]})",
      R"({ "title" : "大" , "text" : "a\n\nb", "x" : -1.5e2 })"};
  static const std::string kBytes("{}[]:,\"\\ u09n\xe9\xff\0", 16);
  std::string bytes;
  std::vector<std::string> lines;
  for (int i = 0; i < 30'000; ++i) {
    std::string line = seeds[random() % seeds.size()];
    for (std::size_t n = random() % 4; n > 0 && line.size() > 1; --n) {
      const std::size_t at = random() % line.size();
      if (random() % 2 == 0) line[at] = kBytes[random() % kBytes.size()];
      if (random() % 3 == 0) line.erase(at, 1);
      if (random() % 3 == 0) line.insert(at, 1, kBytes[random() % kBytes.size()]);
    }
    lines.push_back(line);
    bytes += line + "\n";
  }
  const ReadResult result = ReadBytes(bytes);
  simdjson::dom::parser parser;
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    simdjson::dom::object object;
    const auto error = parser.parse(RepairUtf8(lines[i])).get(object);
    const bool is_good = good < result.records.size() && result.records[good].line == i + 1;
    if (is_good) {
      ASSERT_EQ(error, simdjson::SUCCESS) << lines[i];
      ExpectSameAsDom(result.records[good++], object);
    } else {
      ASSERT_LT(bad, result.bad.size());
      ASSERT_EQ(result.bad[bad++].line, i + 1) << lines[i];
      ASSERT_TRUE(error != simdjson::SUCCESS || !HasRightTypes(object)) << lines[i];
    }
  }
  EXPECT_EQ(good, result.records.size());
  EXPECT_EQ(bad, result.bad.size());
  EXPECT_GT(good, 10'000u);
  EXPECT_GT(bad, 5'000u);
}

}  // namespace
}  // namespace samestory::io
