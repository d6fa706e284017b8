#include "text/number.h"

#include <gtest/gtest.h>

#include <string>

#include "random_text.h"

namespace samestory {
namespace {

std::string Fold(std::string word) {
  word.resize(FoldDigitGroups({word.data(), word.size()}));
  return word;
}

TEST(FoldDigitGroups, Commas) {
  EXPECT_EQ(Fold("1,200"), "1200");
  EXPECT_EQ(Fold("12,345,678.9"), "12345678.9");
  EXPECT_EQ(Fold("12,34,567"), "1234567");
  EXPECT_EQ(Fold("1,200km"), "1200km");
  EXPECT_EQ(Fold("v1,200"), "v1200");
  for (const char* word : {"1,20", "1234,567", "1,2,3", "1,200,50", "1,2345", "1,2,345"}) {
    EXPECT_EQ(Fold(word), word);
  }
}

TEST(FoldDigitGroups, Stops) {
  EXPECT_EQ(Fold("1.200.300"), "1200300");
  EXPECT_EQ(Fold("1.200,5"), "1200.5");
  EXPECT_EQ(Fold("1.200.300,55"), "1200300.55");
  EXPECT_EQ(Fold("10-1.200,5"), "10-1200.5");
  for (const char* word :
       {"1.200", "1200.300.400", "3.10.2022", "1.2.3", "1.200-5", "192.168.1.1"}) {
    EXPECT_EQ(Fold(word), word);
  }
}

TEST(FoldDigitGroups, DigitsOfAnyScript) {
  EXPECT_EQ(Fold("१,२३४"), "१२३४");
  EXPECT_EQ(Fold("١,٢٣"), "١,٢٣");
}

TEST(FoldDigitGroups, ASecondTimeChangesNothing) {
  RandomText random(1);
  for (int i = 0; i < 200'000; ++i) {
    std::string word;
    for (std::uint32_t parts = 1 + random.Below(6); parts > 0; --parts) {
      word += std::string(1 + random.Below(4), static_cast<char>('0' + random.Below(10)));
      if (random.Below(12) == 0) word += "k1";
      if (parts > 1) word += std::string_view(",,,...:-/")[random.Below(9)];
    }
    const std::string folded = Fold(word);
    ASSERT_EQ(Fold(folded), folded) << word;
  }
}

}  // namespace
}  // namespace samestory
