#include "text/white_space.h"

#include <string>

#include <gtest/gtest.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace samestory {
namespace {

std::string Utf8(UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  int length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  return std::string(bytes, static_cast<std::size_t>(length));
}

TEST(WhiteSpace, IsWhatUnicodeSaysItIs) {
  for (UChar32 c = 0; c <= 0x10FFFF; ++c) {
    if (U_IS_SURROGATE(c)) continue;
    const std::string text = Utf8(c);
    const std::size_t expected = u_hasBinaryProperty(c, UCHAR_WHITE_SPACE) ? text.size() : 0;
    ASSERT_EQ(LeadingSpace(text + "x"), expected) << std::hex << c;
    ASSERT_EQ(TrailingSpace("x" + text), expected) << std::hex << c;
  }
}

TEST(WhiteSpace, BytesThatAreNoCharacterAreText) {
  for (int last = 0; last < 0x80; ++last) {
    const std::string broken = {'\xE2', '\x80', static_cast<char>(last)};
    EXPECT_EQ(LeadingSpace(broken), 0u) << last;
  }
  EXPECT_EQ(LeadingSpace("\xE2\x80"), 0u);
  EXPECT_EQ(TrimSpace(" \xE2\x80\x41 "), "\xE2\x80\x41");
}

}  // namespace
}  // namespace samestory
