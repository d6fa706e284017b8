#include "io/writer.h"

#include <simdjson.h>

#include <clocale>
#include <cmath>
#include <cstdio>
#include <limits>
#include <random>
#include <string>

#include "gtest/gtest.h"

namespace samestory::io {
namespace {

std::string Number(double value, int decimals = 4) {
  std::string out;
  AppendNumber(out, value, decimals);
  return out;
}

std::string Annotate(std::string_view raw, std::string_view value = "1") {
  std::string out;
  AnnotateObject(raw, "samestory", value, out);
  return out;
}

TEST(AppendNumberTest, RoundsAndLeavesOutZeros) {
  EXPECT_EQ(Number(1), "1");
  EXPECT_EQ(Number(0), "0");
  EXPECT_EQ(Number(-0.0), "0");
  EXPECT_EQ(Number(5.0 / 6), "0.8333");
  EXPECT_EQ(Number(0.5), "0.5");
  EXPECT_EQ(Number(2.0 / 3), "0.6667");
  EXPECT_EQ(Number(0.00001), "0");
  EXPECT_EQ(Number(-0.00001), "0");
  EXPECT_EQ(Number(0.99999), "1");
  EXPECT_EQ(Number(100), "100");
  EXPECT_EQ(Number(-12.5), "-12.5");
  EXPECT_EQ(Number(1234.5678, 2), "1234.57");
  EXPECT_EQ(Number(120, 0), "120");
  EXPECT_EQ(Number(std::nan("")), "null");
  EXPECT_EQ(Number(-std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(Number(std::numeric_limits<double>::max(), 17).size(), 309u);
}

TEST(AppendNumberTest, SharesAreThoseOfAllDigits) {
  const auto expected = [](double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", value);
    std::string number = text;
    number.resize(number.find_last_not_of('0') + 1);
    return number.ends_with('.') ? number.substr(0, number.size() - 1) : number;
  };
  for (int whole = 1; whole <= 400; ++whole) {
    for (int part = 0; part <= whole; ++part) {
      const double value = static_cast<double>(part) / whole;
      ASSERT_EQ(Number(value), expected(value)) << part << " / " << whole;
    }
  }
  for (int i = 0; i <= 20'000; ++i) {
    const double tie = i / 20'000.0;
    for (const double value : {tie, std::nextafter(tie, 0), std::nextafter(tie, 1)}) {
      ASSERT_EQ(Number(value), expected(value)) << i;
    }
  }
}

TEST(AppendNumberTest, KnowsNoLocale) {
  const char* old = std::setlocale(LC_ALL, nullptr);
  const std::string saved = old != nullptr ? old : "C";
  for (const char* locale : {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "C.UTF-8"}) {
    if (std::setlocale(LC_ALL, locale) == nullptr) continue;  // not installed
    EXPECT_EQ(Number(0.25), "0.25");
  }
  std::setlocale(LC_ALL, saved.c_str());
}

TEST(JsonWriterTest, PutsCommasWhereTheyBelong) {
  std::string out;
  JsonWriter json(out);
  json.BeginObject();
  json.Key("a").String("x\"y").Key("b").BeginArray().Int(-1).Uint(~0ull).Number(0.25);
  json.BeginObject().EndObject().BeginArray().EndArray().EndArray();
  json.Key("c").Bool(true).Key("d").Null().Key("e").Raw("[1, 2]").Key("f").Number(1, 2);
  json.EndObject();
  EXPECT_EQ(out, R"({"a":"x\"y","b":[-1,18446744073709551615,0.25,{},[]],)"
                 R"("c":true,"d":null,"e":[1, 2],"f":1})");
}

TEST(AnnotateObjectTest, AddsAMemberAndKeepsEveryByte) {
  EXPECT_EQ(Annotate("{}"), R"({"samestory":1})");
  EXPECT_EQ(Annotate("{ }"), R"({ "samestory":1})");
  EXPECT_EQ(Annotate(R"({"id":"a"})"), R"({"id":"a","samestory":1})");
  EXPECT_EQ(Annotate(R"({ "id" : 1e2 , "x":[ {} ] })"),
            R"({ "id" : 1e2 , "x":[ {} ] ,"samestory":1})");
  EXPECT_EQ(Annotate(R"({"t":"{\"}"})", "{\"a\":2}"), R"({"t":"{\"}","samestory":{"a":2}})");
}

TEST(AnnotateObjectTest, ReplacesMembersOfTheKey) {
  EXPECT_EQ(Annotate(R"({"samestory":{"x":[1,"}"]}})"), R"({"samestory":1})");
  EXPECT_EQ(Annotate(R"({"a":1,"samestory":0,"b":2})"), R"({"a":1,"b":2,"samestory":1})");
  EXPECT_EQ(Annotate(R"({"samestory":0, "b": 2})"), R"({ "b": 2,"samestory":1})");
  EXPECT_EQ(Annotate(R"({"b":2,"samestory":null})"), R"({"b":2,"samestory":1})");
  EXPECT_EQ(Annotate(R"({"samestory":0,"a":"x","samestory":0})"), R"({"a":"x","samestory":1})");
  EXPECT_EQ(Annotate(R"({"same\u0073tory":0,"a":1})"), R"({"a":1,"samestory":1})");
}

TEST(AnnotateObjectTest, LeavesWhatOnlyLooksLikeTheKey) {
  EXPECT_EQ(Annotate(R"({"a":{"samestory":0}})"), R"({"a":{"samestory":0},"samestory":1})");
  EXPECT_EQ(Annotate(R"({"a":"samestory"})"), R"({"a":"samestory","samestory":1})");
  EXPECT_EQ(Annotate(R"({"a":"\",\"samestory\":0"})"),
            R"({"a":"\",\"samestory\":0","samestory":1})");
  EXPECT_EQ(Annotate(R"({"samestory2":0,"a\u0062":2})"),
            R"({"samestory2":0,"a\u0062":2,"samestory":1})");
}

TEST(AnnotateObjectTest, GivesValidJsonWithAllOtherMembers) {
  std::mt19937_64 random(3);
  const char* const keys[] = {"a", "samestory", "same", "x\\\"y", "\\u0073amestory"};
  const char* const values[] = {"1", "\"samestory\"", "{\"samestory\":[1,{}]}", "[\"}\",\"\\\\\"]",
                                "null"};
  simdjson::dom::parser parser;
  for (int round = 0; round < 3'000; ++round) {
    std::string raw = "{";
    std::size_t others = 0;
    for (std::size_t i = 0, n = random() % 6; i < n; ++i) {
      const std::size_t key = random() % std::size(keys);
      others += key != 1 && key != 4;
      raw += std::string(i > 0 ? "," : "") + (random() % 3 == 0 ? " " : "") + "\"" + keys[key] +
             "\":" + values[random() % std::size(values)] + (random() % 3 == 0 ? " " : "");
    }
    raw += "}";
    const std::string annotated = Annotate(raw, "7");
    simdjson::dom::object object;
    ASSERT_EQ(parser.parse(annotated).get(object), simdjson::SUCCESS) << annotated;
    ASSERT_EQ(object.size(), others + 1) << raw << "\n" << annotated;
    ASSERT_EQ(object.at_key("samestory").get_int64().value(), 7) << annotated;
  }
}

TEST(AnnotateObjectTest, IsSafeForWhatIsNoObject) {
  for (const char* raw : {"", "}", "{", "[", "\"samestory\"", "{\"samestory",
                          "{\"samestory\":", "{\"samestory\":{"}) {
    Annotate(raw);
  }
}

}  // namespace
}  // namespace samestory::io
