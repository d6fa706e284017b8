#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "news_data.h"
#include "random_text.h"
#include "samestory/text.h"
#include "text/white_space.h"

namespace samestory {
namespace {

using testing::ElementsAre;

std::vector<std::string> Cut(std::string_view text, std::string_view lang = "en",
                             Segmentation segmentation = Segmentation::kSentences) {
  std::vector<std::string> out;
  for (const Segment& s : SegmentText(text, segmentation, lang)) {
    out.emplace_back(text.substr(s.begin, s.end - s.begin));
  }
  return out;
}

TEST(SegmentText, Lines) {
  const std::string_view text = " One. Two. \r\n\n\tThree\rFour\u2028Five\u2029 \u3000\n";
  EXPECT_THAT(Cut(text, "en", Segmentation::kLines),
              ElementsAre("One. Two.", "Three", "Four", "Five"));
  std::vector<std::size_t> lines;
  for (const Segment& s : SegmentText(text, Segmentation::kSentences)) lines.push_back(s.line);
  EXPECT_THAT(lines, ElementsAre(0, 0, 2, 3, 4));
  EXPECT_TRUE(SegmentText("", Segmentation::kSentences).empty());
  EXPECT_TRUE(SegmentText(" \n\u00A0\n", Segmentation::kSentences).empty());
}

TEST(SegmentText, EnglishSentences) {
  EXPECT_THAT(
      Cut("The bridge closed. Repairs take a year! Will it last? Nobody knows"),
      ElementsAre("The bridge closed.", "Repairs take a year!", "Will it last?", "Nobody knows"));
  EXPECT_THAT(Cut("Dr. Okafor met Mr. and Mrs. Lund at St. Ann Road. They spoke."),
              ElementsAre("Dr. Okafor met Mr. and Mrs. Lund at St. Ann Road.", "They spoke."));
  EXPECT_THAT(Cut("J. Reed of the U.S. Navy spoke. He left at 5 p.m. on Monday."),
              ElementsAre("J. Reed of the U.S. Navy spoke.", "He left at 5 p.m. on Monday."));
  EXPECT_THAT(Cut("“Is it done?” she asked. “Yes.” He nodded."),
              ElementsAre("“Is it done?” she asked.", "“Yes.”", "He nodded."));
  EXPECT_THAT(Cut("It cost $3.5m. That is 1.2% more."),
              ElementsAre("It cost $3.5m.", "That is 1.2% more."));
  EXPECT_THAT(Cut("They won in 2020. Then they lost."),
              ElementsAre("They won in 2020.", "Then they lost."));
}

TEST(SegmentText, AnAbbreviationIsAWholeWord) {
  // "in." ends with what German data has for "r."; here the sentence ends.
  EXPECT_THAT(Cut("Es war Sommer. Dann kam Regen.", "de"),
              ElementsAre("Es war Sommer.", "Dann kam Regen."));
}

TEST(SegmentText, OtherLanguages) {
  EXPECT_THAT(Cut("Am 3. Oktober sprach Dr. Lang. Das gilt z. B. auch hier.", "de-AT"),
              ElementsAre("Am 3. Oktober sprach Dr. Lang.", "Das gilt z. B. auch hier."));
  EXPECT_THAT(Cut("It was May 3. October is far.", "en"),
              ElementsAre("It was May 3.", "October is far."));
  EXPECT_THAT(Cut("El Sr. Mora llegó tarde. ¿Qué pasó? ¡Nada! Fin", "es"),
              ElementsAre("El Sr. Mora llegó tarde.", "¿Qué pasó?", "¡Nada!", "Fin"));
  EXPECT_THAT(Cut("Selon M. Petit, c'est fini. Le 3 janv. 2020 aussi.", "fr"),
              ElementsAre("Selon M. Petit, c'est fini.", "Le 3 janv. 2020 aussi."));
  EXPECT_THAT(Cut("Жил на ул. Садовой. Потом уехал.", "ru"),
              ElementsAre("Жил на ул. Садовой.", "Потом уехал."));
  EXPECT_THAT(Cut("बारिश हुई। बाज़ार बंद रहा। क्यों?", "hi"),
              ElementsAre("बारिश हुई।", "बाज़ार बंद रहा।", "क्यों?"));
  EXPECT_THAT(Cut("桥关闭了。修理要一年！会好吗？", "zh"),
              ElementsAre("桥关闭了。", "修理要一年！", "会好吗？"));
  EXPECT_THAT(Cut("Πού είσαι; Εδώ.", "el"), ElementsAre("Πού είσαι;", "Εδώ."));
}

TEST(SegmentText, AnyLanguageTagWillDo) {
  for (std::string_view lang :
       {"", "x", "en-GB", "EN_us", "xx", "zzz", "klingon", "../../etc", "\xff"}) {
    EXPECT_THAT(Cut("One here. Two there.", lang), ElementsAre("One here.", "Two there.")) << lang;
  }
}

void ExpectPartition(std::string_view text, Segmentation segmentation, std::string_view lang) {
  std::size_t at = 0;
  for (const Segment& s : SegmentText(text, segmentation, lang)) {
    ASSERT_GE(s.begin, at);
    ASSERT_LT(s.begin, s.end);
    ASSERT_LE(s.end, text.size());
    ASSERT_TRUE(TrimSpace(text.substr(at, s.begin - at)).empty());
    const std::string_view inside = text.substr(s.begin, s.end - s.begin);
    ASSERT_EQ(TrimSpace(inside), inside);
    at = s.end;
  }
  ASSERT_TRUE(TrimSpace(text.substr(at)).empty());
}

TEST(SegmentText, EveryByteIsInOneSegment) {
  RandomText random(1);
  for (int i = 0; i < 4'000; ++i) {
    const std::string text = random.Ascii("ab C.?! \n\r\"'(", 80) + random.Unicode(30) +
                             random.Ascii("\xff\xe2\x80\xa8. A", 20);
    for (std::string_view lang : {"en", "de", "zh", ""}) {
      ExpectPartition(text, Segmentation::kSentences, lang);
    }
    ExpectPartition(text, Segmentation::kLines, "");
  }
}

TEST(SegmentText, EveryByteOfRealPagesIsInOneSegment) {
  const auto pages = NewsLines("pages_tails.ndjson.gz", 100);
  if (pages.empty()) GTEST_SKIP() << "no news data in " SAMESTORY_DATA_DIR;
  for (const std::string& page : pages) ExpectPartition(page, Segmentation::kSentences, "en");
}

TEST(SegmentText, ThreadsDoNotDisturbEachOther) {
  const std::string text = "One is here. Dr. Two spoke. Am 3. Mai kam es. Ende!";
  const auto expected = Cut(text, "de");
  std::vector<std::vector<std::string>> results(4);
  std::vector<std::thread> threads;
  for (auto& result : results) {
    threads.emplace_back([&result, &text] {
      for (int i = 0; i < 50; ++i) {
        Cut(text, i % 2 == 0 ? "fr" : "ru");
        result = Cut(text, "de");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& result : results) EXPECT_EQ(result, expected);
}

}  // namespace
}  // namespace samestory
