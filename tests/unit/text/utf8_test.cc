#include "text/utf8.h"

#include <gtest/gtest.h>

#include <string>

#include "random_text.h"
#include "samestory/text.h"
#include "text/white_space.h"

namespace samestory {
namespace {

constexpr std::string_view kReplaced = "\xEF\xBF\xBD";

struct Case {
  std::string_view bytes;
  std::size_t repaired;
  std::string text;
};

std::string Times(int n) {
  std::string out;
  for (int i = 0; i < n; ++i) out += kReplaced;
  return out;
}

TEST(RepairUtf8, ReplacesEachMaximalSubpart) {
  // The table of the Unicode standard, 3.9, and the bounds of every length.
  const Case cases[] = {
      {"plain", 0, "plain"},
      {"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82"
       "A",
       8, Times(8) + "A"},
      {"\xED\xA0\x80\xED\xBF\xBF\xED\xAF"
       "A",
       8, Times(8) + "A"},
      {"\xF4\x91\x92\x93\xFF"
       "A\x80\xBF"
       "B",
       7, Times(5) + "A" + Times(2) + "B"},
      {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"
       "A",
       4, Times(4) + "A"},
      {"\xC2\x80\xDF\xBF", 0, "\xC2\x80\xDF\xBF"},
      {"\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80", 0, "\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80"},
      {"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", 0, "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"},
      {"\xF0\x90\x80", 1, Times(1)},
      {"\xC1\xBF\xF5\x80", 4, Times(4)}};
  for (const Case& c : cases) {
    std::size_t repaired = 99;
    EXPECT_EQ(RepairUtf8(c.bytes, &repaired), c.text);
    EXPECT_EQ(repaired, c.repaired);
  }
  EXPECT_EQ(RepairUtf8("\xFF"), kReplaced);
}

TEST(Utf8, WhatIsEncodedIsDecoded) {
  for (std::uint32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    char bytes[4];
    const std::size_t length = EncodeUtf8(c, bytes);
    const Decoded step = DecodeUtf8(std::string_view(bytes, length), 0);
    ASSERT_TRUE(step.valid);
    ASSERT_EQ(step.code_point, c);
    ASSERT_EQ(step.length, length);
  }
}

TEST(WhiteSpace, IsTrimmedInEveryEncodingLength) {
  EXPECT_EQ(TrimSpace(" \t\u0085\u00A0\u1680\u2003\u2028\u202F\u205F\u3000x y\u3000\u00A0\n"),
            "x y");
  EXPECT_EQ(TrimSpace("\u200B"), "\u200B");  // no white space, says Unicode
  EXPECT_EQ(TrimSpace(" \n "), "");
}

}  // namespace
}  // namespace samestory
