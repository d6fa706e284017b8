#include "io/feed_encoding.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace samestory::io {
namespace {

using std::string_literals::operator""s;
using ::testing::HasSubstr;

std::string Decoded(const std::string& bytes, std::size_t expected_repairs = 0) {
  std::size_t repaired = 0;
  const auto text = DecodeMarkup(bytes, repaired);
  EXPECT_TRUE(text.ok()) << text.status();
  EXPECT_EQ(repaired, expected_repairs);
  return text.value_or("<error>");
}

std::string Declared(const char* encoding, const std::string& text) {
  return "<?xml version=\"1.0\" encoding=\"" + std::string(encoding) + "\"?>" + text;
}

/// What stands behind the declaration.
std::string DecodedAs(const char* encoding, const std::string& text, std::size_t repairs = 0) {
  return Decoded(Declared(encoding, text), repairs).substr(Declared(encoding, "").size());
}

TEST(DecodeMarkupTest, FollowsByteOrderMarks) {
  EXPECT_EQ(Decoded("\xef\xbb\xbf<a>é</a>"), "<a>é</a>");
  EXPECT_EQ(Decoded("\xff\xfe<\0a\0\xe9\0"s), "<aé");
  EXPECT_EQ(Decoded("\xfe\xff\0<\0a\0\xe9"s), "<aé");
  EXPECT_EQ(Decoded("\xff\xfe\0\0<\0\0\0"s), "<");
  EXPECT_EQ(Decoded("<\0?\0\xe9\0"s), "<?é") << "without a mark";
  EXPECT_EQ(Decoded("\0<\0?\0\xe9"s), "<?é");
}

TEST(DecodeMarkupTest, FollowsTheDeclaration) {
  EXPECT_EQ(DecodedAs("ISO-8859-1", "caf\xe9"), "café");
  EXPECT_EQ(DecodedAs("iso-8859-1", "\x93quoted\x94 \x96"), "“quoted” –") << "as browsers do";
  EXPECT_EQ(DecodedAs("latin1", "\x80"), "€");
  EXPECT_EQ(DecodedAs("windows-1251", "\xcf\xf0\xe8\xe2\xe5\xf2"), "Привет");
  EXPECT_EQ(DecodedAs("KOI8-R", "\xf0\xd2\xc9\xd7\xc5\xd4"), "Привет");
  EXPECT_EQ(DecodedAs("Shift_JIS", "\x93\xfa\x96\x7b"), "日本");
  EXPECT_EQ(DecodedAs("EUC-KR", "\xc7\xd1\xb1\xb9"), "한국");
  EXPECT_EQ(DecodedAs("gb2312", "\xd6\xd0\xb9\xfa"), "中国");
  EXPECT_EQ(DecodedAs("utf8", "é"), "é");
  EXPECT_EQ(DecodedAs("US-ASCII", "caf\xe9"), "café");
  EXPECT_EQ(Decoded("<?xml version='1.0' encoding = 'ISO-8859-15' ?>\xa4"),
            "<?xml version='1.0' encoding = 'ISO-8859-15' ?>€");
}

TEST(DecodeMarkupTest, DoesNotBelieveWideEncodingsInAsciiBytes) {
  EXPECT_EQ(DecodedAs("UTF-16", "é"), "é");
}

TEST(DecodeMarkupTest, RepairsUtf8ButReadsLegacyTextAsSuch) {
  EXPECT_EQ(DecodedAs("UTF-8", "é caf\xe9 \xff", 2), "é caf\uFFFD \uFFFD");
  EXPECT_EQ(DecodedAs("UTF-8", "caf\xe9 \x93x\x94"), "café “x”") << "no valid sequence at all";
  EXPECT_EQ(Decoded("<a>caf\xe9</a>"), "<a>café</a>");
  EXPECT_EQ(Decoded("\xef\xbb\xbf"
                    "caf\xe9",
                    1),
            "caf\uFFFD")
      << "the mark is certain";
}

TEST(DecodeMarkupTest, CountsReplacementsOfOtherEncodings) {
  EXPECT_EQ(DecodedAs("Shift_JIS", "\x93\xfa \xfd\xfe ok", 2), "日 \uFFFD\uFFFD ok");
  EXPECT_EQ(Decoded("\xff\xfe<\0\0\xd8x\0"s, 1), "<\uFFFDx");
}

TEST(DecodeMarkupTest, NamesUnknownEncodings) {
  std::size_t repaired = 0;
  const auto text = DecodeMarkup(Declared("x-no-such-code", "\xe9"), repaired);
  EXPECT_EQ(text.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(text.status().message()), HasSubstr("x-no-such-code"));
}

TEST(DecodeMarkupTest, ValidUtf8IsReadAsSuch) {
  EXPECT_EQ(DecodedAs("x-no-such-code", "é"), "é");
  EXPECT_EQ(DecodedAs("ISO-8859-1", "café – ok"), "café – ok");
  EXPECT_EQ(DecodedAs("windows-1251", "Привет"), "Привет");
  EXPECT_EQ(DecodedAs("ISO-2022-JP", "\x1b$BF|K\\\x1b(B"), "日本") << "which is ASCII as it stands";
}

TEST(DecodeMarkupTest, NulBecomesABlank) { EXPECT_EQ(Decoded("<a>x\0y</a>"s), "<a>x y</a>"); }

}  // namespace
}  // namespace samestory::io
