// The parts of the quality tool that decide what the shipped weights and tables are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include "split_calibration.h"
#include "split_frequencies.h"
#include "split_metrics.h"
#include "split_pages.h"
#include "split_peers.h"
#include "split_softmax.h"
#include "split_train.h"

namespace samestory::quality {
namespace {

using testing::ElementsAre;

LabelledPage Page(std::vector<std::string> lines, std::size_t cut) {
  LabelledPage page;
  page.id = "page";
  page.variant = "headline";
  page.cut = cut;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    page.other.push_back(i >= cut);
    page.counted.push_back(true);
    page.paragraph.push_back(i < cut ? static_cast<int>(i / 2) : -1);
  }
  page.lines = std::move(lines);
  return page;
}

TEST(SplitScore, CountsLinesAndWholePages) {
  SplitScore score;
  score.Add(Page({"a", "b", "c", "d"}, 2), {false, false, true, true});
  EXPECT_EQ(score.F1(), 1);
  EXPECT_EQ(score.Exact(), 1);
  score.Add(Page({"a", "b", "c", "d"}, 2), {false, true, true, false});
  // 3 of 4 other lines found, 1 of 4 main lines lost.
  EXPECT_DOUBLE_EQ(score.F1(), 0.75);
  EXPECT_DOUBLE_EQ(score.MainRecall(), 0.75);
  EXPECT_DOUBLE_EQ(score.Exact(), 0.5);
}

TEST(SplitScore, LeavesOutLinesWithoutALabel) {
  SplitScore score;
  LabelledPage page = Page({"a", "b"}, 1);
  page.counted[1] = false;
  score.Add(page, {false, false});
  EXPECT_EQ(score.Exact(), 1);
  EXPECT_EQ(score.missed_other, 0u);
}

TEST(Variants, KeepLinesAndLabelsTogether) {
  const LabelledPage page = Page({"a.", "b.", "c.", "d.", "e.", "f.", "t1", "t2?"}, 6);
  EXPECT_THAT(WithStops(page).lines, ElementsAre("a.", "b.", "c.", "d.", "e.", "f.", "t1.", "t2?"));
  EXPECT_THAT(StoryAlone(page).lines, ElementsAre("a.", "b.", "c.", "d.", "e.", "f."));
  EXPECT_EQ(StoryAlone(page).cut, 6u);
  EXPECT_THAT(OneOther(page).lines, ElementsAre("a.", "b.", "c.", "d.", "e.", "f.", "t1"));
  const LabelledPage cropped = Cropped(page, 4);
  EXPECT_THAT(cropped.lines, ElementsAre("a.", "b.", "c.", "f.", "t1", "t2?"));
  EXPECT_THAT(cropped.other, ElementsAre(false, false, false, false, true, true));
  EXPECT_EQ(cropped.cut, 4u);
  const LabelledPage joined = InParagraphs(page);
  EXPECT_THAT(joined.lines, ElementsAre("a. b.", "c. d.", "e. f.", "t1", "t2?"));
  EXPECT_EQ(joined.cut, 3u);
  EXPECT_EQ(BaseId(joined), "page");
}

TEST(Variants, ShortenTheStoryOrTakeItsLanguageAway) {
  const LabelledPage page = Page({"A b.", "C d.", "E f.", "Tail one", "Tail two"}, 3);
  const LabelledPage made = Short(page, 1);
  EXPECT_THAT(made.lines, ElementsAre("A b.", "Tail one", "Tail two"));
  EXPECT_EQ(made.cut, 1u);
  EXPECT_THAT(StoryAlone(Short(page, 2)).lines, ElementsAre("A b.", "C d."));
  EXPECT_EQ(AsUnknownLanguage(page).lines[3], "tail one");
  EXPECT_EQ(AsUnknownLanguage(page).variant, kUnknownLanguage);
  EXPECT_EQ(AsUnknownLanguage(StoryAlone(page)).variant, "unknown, story");
  EXPECT_THAT(Window(page, 1, 2).lines, ElementsAre("C d.", "E f."));
  EXPECT_EQ(Window(page, 1, 2).cut, 2u);
}

TEST(Calibration, IsTheGapBetweenPredictionAndShare) {
  Calibration calibration("set");
  for (int i = 0; i < 10; ++i) calibration.Add(0.75, i < 5);  // says .75, is .5
  for (int i = 0; i < 10; ++i) calibration.Add(1, true);
  EXPECT_EQ(calibration.bins()[7].lines, 10u);
  EXPECT_EQ(calibration.bins()[9].main, 10u);
  EXPECT_DOUBLE_EQ(calibration.Error(), 0.125);
}

TEST(LoadPeerRows, ReadsRowsAndRefusesIncompleteOnes) {
  const std::string path = testing::TempDir() + "/peers.ndjson";
  std::ofstream(path) << R"({"system":"x 1.0","set":"pages_tails","variant":"all",)"
                      << R"("f1_other":0.5,"recall_main":0.25,"pages":2,"lines":9})" << "\n";
  const auto rows = LoadPeerRows(path);
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 1u);
  EXPECT_EQ((*rows)[0].method, "x 1.0");
  EXPECT_EQ((*rows)[0].f1, 0.5);
  EXPECT_EQ((*rows)[0].lines, 9u);
  EXPECT_FALSE((*rows)[0].exact.has_value());
  std::ofstream(path) << R"({"system":"x","set":"pages_tails"})" << "\n";
  EXPECT_FALSE(LoadPeerRows(path).ok());
  EXPECT_FALSE(LoadPeerRows(path + ".none").ok());
}

CutExample Example(double units_right, double units_wrong) {
  CutExample example;
  example.cuts.first = 1;
  example.cuts.rows.resize(2);
  example.cuts.allowed = {true, true};
  example.cuts.rows[0][kOpenEnds] = units_wrong;
  example.cuts.rows[1][kOpenEnds] = units_right;
  example.right = 1;
  return example;
}

TEST(FitCuts, FindsTheMaximumOfTheLikelihood) {
  // Among three choices of scores w, 0 and 0 the first is right in 3 of 4 pages, the third (no
  // cut) in one: the maximum has e^w / (e^w + 2) = 3/4.
  std::vector<CutExample> examples(4, Example(1, 0));
  examples[3].right = 2;
  const CutFit fit = FitCuts(examples, {}, FitOptions::AllFeatures(), {}, 1e-9);
  EXPECT_NEAR(fit.weights[kOpenEnds], std::log(6.0), 1e-4);
  EXPECT_EQ(fit.weights[kQuestions], 0);
}

TEST(FitCuts, LeavesFixedWeightsAndSkippedPagesAlone) {
  std::vector<CutExample> examples(4, Example(1, 0));
  examples[3].right = 2;
  FreeFeatures none;
  none.fill(false);
  CutFeatures start{};
  start[kOpenEnds] = 0.25;
  EXPECT_EQ(FitCuts(examples, {}, none, start, 0.1).weights[kOpenEnds], 0.25);
  const std::vector<bool> skip = {true, true, true, false};
  const CutFit fit = FitCuts(examples, skip, FitOptions::AllFeatures(), {}, 1e-3);
  EXPECT_LT(fit.weights[kOpenEnds], 0);
}

TEST(FitCuts, IgnoresCutsThatAreNotAllowed) {
  std::vector<CutExample> examples(3, Example(1, 5));
  for (CutExample& example : examples) example.cuts.allowed[0] = false;
  examples[2].right = 2;
  const CutFit fit = FitCuts(examples, {}, FitOptions::AllFeatures(), {}, 1e-9);
  EXPECT_NEAR(fit.weights[kOpenEnds], std::log(2.0), 1e-4);
}

TEST(ReadFrequencyLists, ReadsWhatTheFormatHolds) {
  // [{"format": "cB", "version": 1}, [], ["the"], ["of", "zum"]]
  const std::string bytes =
      "\x94\x82\xa6"
      "format"
      "\xa2"
      "cB"
      "\xa7"
      "version"
      "\x01\x90\x91\xa3"
      "the"
      "\x92\xa2"
      "of"
      "\xd9\x03"
      "zum";
  const auto lists = ReadFrequencyLists(bytes);
  ASSERT_TRUE(lists.ok());
  EXPECT_THAT(*lists, ElementsAre(ElementsAre(), ElementsAre("the"), ElementsAre("of", "zum")));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ReadFrequencyLists(bytes.substr(0, size)).ok()) << size;
  }
}

}  // namespace
}  // namespace samestory::quality
