#include "io/double_encoding.h"

#include <string>

#include "gtest/gtest.h"

namespace samestory::io {
namespace {

TEST(UndoDoubleEncodingTest, UndoesIt) {
  EXPECT_EQ(UndoDoubleEncoding("cafÃ©"), "café");
  EXPECT_EQ(UndoDoubleEncoding("donâ€™t â€œgoâ€\u009d"), "don’t “go”") << "by Windows-1252";
  EXPECT_EQ(UndoDoubleEncoding("don\u00e2\u0080\u0099t"), "don’t") << "by ISO 8859-1";
  EXPECT_EQ(UndoDoubleEncoding("\u00f0\u0178\u02dc\u20ac"), "😀");
}

TEST(UndoDoubleEncodingTest, LeavesOtherText) {
  for (const char* text : {"", "plain", "café", "“quoted” – don’t", "Ãnimo", "naïve Ã© café",
                           "大 Ã©", "Привет", "100 €", "Â", "\uFFFD"}) {
    EXPECT_EQ(UndoDoubleEncoding(text), text);
  }
}

}  // namespace
}  // namespace samestory::io
