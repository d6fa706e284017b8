#include "split/marks.h"

#include <gtest/gtest.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

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

// Mark by mark, as the header says; of how the line ends nothing.
LineMarks Oracle(std::string_view line) {
  struct Point {
    UChar32 value;
    std::int32_t end;  // byte behind it
  };
  std::vector<Point> points;
  const auto size = static_cast<std::int32_t>(line.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 value;
    U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(line.data()), at, size, value);
    points.push_back({value, at});
  }
  const auto at = [&](std::size_t i) { return i < points.size() ? points[i].value : 0; };
  const auto is_one_of = [](UChar32 point, std::u32string_view set) {
    return set.find(static_cast<char32_t>(point)) != set.npos;
  };
  LineMarks marks;
  std::optional<std::int32_t> quote;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool space = is_one_of(at(i), U" \t\u00a0");
    const UChar32 before = i == 0 ? ' ' : at(i - 1);
    const UChar32 twice_before = i == 1 ? ' ' : i == 0 ? 0 : at(i - 2);
    const bool is_bar = is_one_of(before, U"|->\u00b7\u00bb\u2013\u2014\u2022\u203a");
    const bool spaced_bar = is_bar && is_one_of(twice_before, U" \t\u00a0");
    marks.separator = marks.separator || (space && (spaced_bar || before == ':')) ||
                      (at(i) >= 0x2190 && at(i) <= 0x21ff);
    if (is_one_of(at(i), U"\"\u00ab\u00bb\u201c\u201d\u201e\u201f\u300c\u300d\u300e\u300f\u301d"
                         U"\u301e\u301f\uff02")) {
      marks.speech = marks.speech || (quote && points[i].end - *quote > 30);
      quote = quote ? std::nullopt : std::optional(points[i].end);
    }
    marks.commas += (space && is_one_of(before, U",;")) || is_one_of(at(i), U"\u3001\u060c\u061b\uff1b");
    marks.cased = marks.cased || u_hasBinaryProperty(at(i), UCHAR_CASED);
  }
  marks.speech = marks.speech || quote.has_value();
  return marks;
}

TEST(Marks, RandomLinesReadAsTheOracleReadsThem) {
  const std::vector<std::string> pieces = {
      "word", "Word", "7", "42nd", "a", " ", " ", " ", "  ", "\t", ", ", ",", "; ", ": ", ":", " - ",
      "-", " | ", "|", " > ", "\"", "\u201c", "\u201d", "\u00ab", "\u00bb", "\u00a0", "\u2192", "\u3001",
      "\u060c", "\u00e9t\u00e9", "\u6f22\u5b57", "\u0434\u0430", "\xff", "\xe2\x82", ".", "!", "'", "("};
  std::mt19937 random(4);
  for (int round = 0; round < 20'000; ++round) {
    std::string line;
    for (std::size_t n = random() % 14; n > 0; --n) line += pieces[random() % pieces.size()];
    const LineMarks marks = ReadMarks(line), oracle = Oracle(line);
    ASSERT_EQ(marks.speech, oracle.speech) << line;
    ASSERT_EQ(marks.separator, oracle.separator) << line;
    ASSERT_EQ(marks.commas, oracle.commas) << line;
    ASSERT_EQ(marks.cased, oracle.cased) << line;
  }
}

}  // namespace
}  // namespace samestory
