#include "split/marks.h"

#include <gtest/gtest.h>

namespace samestory {
namespace {

struct EndCase {
  const char* line;
  LineEnd end;
};

class MarksEnd : public testing::TestWithParam<EndCase> {};

TEST_P(MarksEnd, IsRead) { EXPECT_EQ(ReadMarks(GetParam().line).end, GetParam().end); }

INSTANTIATE_TEST_SUITE_P(
    Lines, MarksEnd,
    testing::Values(
        EndCase{"", LineEnd::kOpen}, EndCase{"A tram stops", LineEnd::kOpen},
        EndCase{"A tram stops.", LineEnd::kStop}, EndCase{"\"A tram stops.\"", LineEnd::kStop},
        EndCase{"(A tram stops.) ", LineEnd::kStop}, EndCase{"Why?", LineEnd::kQuestion},
        EndCase{"«Warum?»", LineEnd::kQuestion}, EndCase{"Halt!", LineEnd::kExclamation},
        EndCase{"And then...", LineEnd::kEllipsis}, EndCase{"And then…", LineEnd::kEllipsis},
        EndCase{"Read on:", LineEnd::kContinued}, EndCase{"one,", LineEnd::kContinued},
        EndCase{"电车停了。", LineEnd::kStop}, EndCase{"电车停了？", LineEnd::kQuestion},
        EndCase{"“电车停了。”", LineEnd::kStop}, EndCase{"ट्राम रुक गई।", LineEnd::kStop},
        EndCase{"لماذا؟", LineEnd::kQuestion}, EndCase{"Почему?", LineEnd::kQuestion},
        EndCase{"\"", LineEnd::kOpen}, EndCase{"100 %", LineEnd::kOpen},
        EndCase{"\xff\xfe", LineEnd::kOpen}));

TEST(Marks, FindsQuotedSpeechInManyScripts) {
  for (const char* line :
       {"\"We shall see what the weather brings,\" she said",
        "Il dit : « Nous verrons bien ce que dit le temps »",
        "„Wir werden sehen, was das Wetter bringt“, sagt er",
        "他说“我们要看看天气会怎么样再做决定”", "「天気がどうなるか見てから決めましょう」",
        "\"We shall see", "and so we went home.\""}) {
    EXPECT_TRUE(ReadMarks(line).speech) << line;
  }
}

TEST(Marks, AQuotedWordIsNoSpeech) {
  for (const char* line : {"A \"quiet\" week", "It's late", "the ‘usual’ way", "5' 11",
                           "Film \"The Owl\" and play \"The Cat\"", ""}) {
    EXPECT_FALSE(ReadMarks(line).speech) << line;
  }
}

TEST(Marks, FindsSeparators) {
  for (const char* line : {"Home | News", "Home > News", "Tram - Wikipedia", "Tram – a history",
                           "Weather: rain", "More →", "One • two"}) {
    EXPECT_TRUE(ReadMarks(line).separator) << line;
  }
  for (const char* line : {"well-known tram", "at 10:30 sharp", "a|b", "Ends with bar |", ""}) {
    EXPECT_FALSE(ReadMarks(line).separator) << line;
  }
}

TEST(Marks, KnowsScriptsWithCapitals) {
  EXPECT_TRUE(ReadMarks("1 a").cased);
  EXPECT_TRUE(ReadMarks("трамвай").cased);
  EXPECT_FALSE(ReadMarks("电车 123").cased);
  EXPECT_FALSE(ReadMarks("ट्राम").cased);
}

TEST(Marks, CountCommasThatPartThings) {
  EXPECT_EQ(ReadMarks("Marsh, Tolley; Cole, Ames.").commas, 3u);
  EXPECT_EQ(ReadMarks("It cost 1,250,000 pounds.").commas, 0u);
  EXPECT_EQ(ReadMarks("苹果、梨、葡萄").commas, 2u);
}

}  // namespace
}  // namespace samestory
