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

TEST(Marks, FindsDoubleQuotesOfManyScripts) {
  for (const char* line : {"She \"agreed\"", "Elle « accepte »", "Er sagt „ja“", "他说“好”",
                           "「はい」"}) {
    EXPECT_TRUE(ReadMarks(line).quote) << line;
  }
  for (const char* line : {"It's late", "the ‘usual’ way", "5' 11", ""}) {
    EXPECT_FALSE(ReadMarks(line).quote) << line;
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

}  // namespace
}  // namespace samestory
