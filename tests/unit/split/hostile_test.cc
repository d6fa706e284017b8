// Pages that nobody wrote to be read: they must be split whole, in linear time and without harm.
#include <gtest/gtest.h>

#include <string>

#include "samestory/split.h"

namespace samestory {
namespace {

// Every byte that is not white space is in exactly one line.
void ExpectWhole(const std::string& text, const PageCorpus* corpus = nullptr) {
  const auto split = SplitPage(text, {}, corpus, "page");
  ASSERT_TRUE(split.ok()) << split.status();
  std::size_t at = 0;
  for (const PageLine& line : split->lines) {
    ASSERT_LE(at, line.begin);
    ASSERT_LT(line.begin, line.end);
    ASSERT_EQ(text.substr(at, line.begin - at).find_first_not_of(" \n\r\t"), std::string::npos);
    ASSERT_GE(line.score, 0);
    ASSERT_LE(line.score, 1);
    at = line.end;
  }
  EXPECT_EQ(text.substr(at).find_first_not_of(" \n\r\t"), std::string::npos);
}

std::string Repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST(HostilePages, AHundredThousandEqualLines) {
  const std::string text = Repeated("The very same seven words once more.\n", 100'000);
  ExpectWhole(text);
  PageCorpus corpus(1);
  corpus.Add("page", "", text);
  corpus.Add("other", "The very same seven words once more", text);
  ExpectWhole(text, &corpus);
}

TEST(HostilePages, AHundredThousandOpenLines) {
  ExpectWhole(Repeated("never ending list of things\n", 100'000));
}

TEST(HostilePages, OneLineOfTenMegabytes) {
  ExpectWhole(Repeated("word and word ", 10'000'000 / 14));
  ExpectWhole(std::string(10'000'000, 'x'));
  ExpectWhole(std::string(1'000'000, '.'));
}

TEST(HostilePages, EmptyLinesNulsAndStops) {
  ExpectWhole(std::string(1'000'000, '\n'));
  ExpectWhole(std::string(100'000, '\0'));
  ExpectWhole(Repeated(std::string("a\0b\n", 4), 1'000));
  ExpectWhole(Repeated(".\n", 100'000));
  ExpectWhole(Repeated(", , , ;\n", 1'000));
  ExpectWhole(Repeated("\xFF\xFE\n\xC3", 1'000));
}

}  // namespace
}  // namespace samestory
