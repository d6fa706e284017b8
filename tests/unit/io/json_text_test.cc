#include "io/json_text.h"

#include <simdjson.h>

#include <random>
#include <string>

#include "gtest/gtest.h"
#include "samestory/text.h"

namespace samestory::io {
namespace {

/// `body` with its lone surrogates repaired; "<bad>" where an escape is not valid.
std::string Repaired(std::string body, std::size_t* count = nullptr) {
  std::size_t repaired = 0;
  if (!RepairEscapes(body.data(), body.size(), repaired)) return "<bad>";
  if (count != nullptr) *count = repaired;
  return body;
}

TEST(RepairEscapesTest, LeavesWhatIsValid) {
  for (const char* body : {R"()", R"(plain)", R"(\"\\\/\b\f\n\r\t)", R"(\u0041\u00e9)",
                           R"(\ud83d\ude00)", R"(\uD83D\uDE00x)", R"(\\ud800)", R"(\ufffd)"}) {
    std::size_t count = 1;
    EXPECT_EQ(Repaired(body, &count), body);
    EXPECT_EQ(count, 0u);
  }
}

TEST(RepairEscapesTest, RewritesLoneSurrogates) {
  std::size_t count = 0;
  EXPECT_EQ(Repaired(R"(a\ud800b)", &count), R"(a\ufffdb)");
  EXPECT_EQ(count, 1u);
  EXPECT_EQ(Repaired(R"(\ude00\ud83d)", &count), R"(\ufffd\ufffd)");
  EXPECT_EQ(count, 2u);
  EXPECT_EQ(Repaired(R"(\ud83d\ud83d\ude00)", &count), R"(\ufffd\ud83d\ude00)");
  EXPECT_EQ(count, 1u);
  EXPECT_EQ(Repaired(R"(\ud83d\n)", &count), R"(\ufffd\n)");
}

TEST(RepairEscapesTest, RefusesWhatIsNoEscape) {
  for (const char* body :
       {R"(\)", R"(a\x41)", R"(\u12)", R"(\u12g4)", R"(\U0041)", R"(\ud800\u)", R"(\0)", R"(\')"}) {
    EXPECT_EQ(Repaired(body), "<bad>") << body;
  }
}

TEST(UnescapeTest, ResolvesEscapes) {
  EXPECT_EQ(UnescapedString(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(UnescapedString(R"(caf\u00e9 \u0939 \ud83d\ude00 \uFFFD.)"), "café ह 😀 \uFFFD.");
  EXPECT_EQ(UnescapedString(R"(a\u0000b)"), std::string("a\0b", 3));
}

TEST(UnescapeTest, IsTheSameAsSimdjson) {
  std::mt19937_64 random(7);
  const char* pieces[] = {"a",       "é",       "\\n",     "\\\"",           "\\\\",
                          "\\u0041", "\\u00e9", "\\u20ac", "\\ud83d\\ude00", "中",
                          "\\/",     "\\t"};
  simdjson::dom::parser parser;
  for (int round = 0; round < 2'000; ++round) {
    std::string body;
    for (std::size_t n = random() % 20; n > 0; --n) body += pieces[random() % std::size(pieces)];
    const std::string_view expected = parser.parse('"' + body + '"').get_string().value();
    ASSERT_EQ(UnescapedString(body), expected) << body;
  }
}

TEST(JsonNumberTest, FollowsTheGrammar) {
  bool is_integer = false;
  for (const char* number : {"0", "-0", "7", "-12", "123456789012345678901234567890"}) {
    EXPECT_TRUE(IsJsonNumber(number, is_integer)) << number;
    EXPECT_TRUE(is_integer) << number;
  }
  for (const char* number : {"0.5", "-1.25", "1e5", "1E+5", "1.0e-10"}) {
    EXPECT_TRUE(IsJsonNumber(number, is_integer)) << number;
    EXPECT_FALSE(is_integer) << number;
  }
  for (const char* text : {"", "-", "01", "-01", "1.", ".5", "1e", "1e+", "+1", "1x", "0x10", "NaN",
                           "Infinity", "1 2", "--1"}) {
    EXPECT_FALSE(IsJsonNumber(text, is_integer)) << text;
  }
}

TEST(JsonStringEndTest, SkipsEscapedQuotes) {
  EXPECT_EQ(JsonStringEnd(R"("ab")", 0), 4u);
  EXPECT_EQ(JsonStringEnd(R"("a\"b" x)", 0), 6u);
  EXPECT_EQ(JsonStringEnd(R"("a\\" x)", 0), 5u);
  EXPECT_EQ(JsonStringEnd(R"("a\\\"" x)", 0), 7u);
  EXPECT_EQ(JsonStringEnd(R"("open)", 0), 5u);
  EXPECT_EQ(JsonStringEnd(R"("a\")", 0), 4u);
  EXPECT_EQ(JsonStringEnd(R"(")", 0), 1u);
}

TEST(AppendJsonStringTest, IsReadBack) {
  std::mt19937_64 random(11);
  simdjson::dom::parser parser;
  for (int round = 0; round < 2'000; ++round) {
    std::string text;
    for (std::size_t n = random() % 30; n > 0; --n) {
      text += static_cast<char>(random() % (round % 2 == 0 ? 128 : 256));
    }
    std::string json;
    AppendJsonString(json, text);
    ASSERT_EQ(parser.parse(json).get_string().value(), RepairUtf8(text));
  }
}

TEST(AppendJsonStringTest, EscapesNoMoreThanItMust) {
  std::string json;
  AppendJsonString(json, "é/\x7f\u2028 \"\\\n\x01");
  EXPECT_EQ(json, "\"é/\x7f\u2028 \\\"\\\\\\n\\u0001\"");
}

}  // namespace
}  // namespace samestory::io
