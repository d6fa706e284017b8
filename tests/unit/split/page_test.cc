#include "split/page.h"

#include <gtest/gtest.h>

#include <string>

#include "text/word_stats.h"

namespace samestory {
namespace {

// All words but one are equally rare.
class PlainModel : public WordModel {
 public:
  double Idf(std::uint32_t word) const override { return word == WordHash("the") ? 0.1 : 5; }
  double Frequency(std::uint32_t) const override { return 1e-4; }
  double Opening(std::uint32_t word) const override { return word == WordHash("also") ? -1 : 0; }
  double Title(std::uint32_t) const override { return 0; }
  double MaxIdf() const override { return 10; }
  void Prefetch(std::span<const std::uint32_t>) const override {}
};

Page Read(std::string_view text) {
  static const PlainModel model;
  return PageReader(model).Read(text, "en");
}

TEST(Page, CountsWordsOfUnits) {
  const Page page = Read("The ferry left the Harbour.\n\nFerries leave late");
  ASSERT_EQ(page.units.size(), 2u);
  EXPECT_EQ(page.units[0].words, 5u);
  EXPECT_EQ(page.units[1].words, 3u);
  EXPECT_EQ(page.word_hashes.size(), 8u);
  const auto first = page.OccurrencesOf(page.units[0]);
  ASSERT_EQ(first.size(), 4u);  // "the" stands twice
  std::uint32_t count = 0;
  for (const Occurrence& at : first) count += at.count;
  EXPECT_EQ(count, 5u);
}

TEST(Page, TakesWordsThatDifferInAFinalSForOne) {
  const Page page = Read("The harbours reopened.\nA harbour opens.");
  std::size_t shared = 0;
  for (const Occurrence& a : page.OccurrencesOf(page.units[0])) {
    for (const Occurrence& b : page.OccurrencesOf(page.units[1])) shared += a.term == b.term;
  }
  EXPECT_EQ(shared, 1u);
}

TEST(Page, CommonWordsWeighNothing) {
  const Page page = Read("the ferry");
  const auto words = page.OccurrencesOf(page.units[0]);
  EXPECT_EQ(page.terms[words[0].term].weight, 0);
  EXPECT_GT(page.terms[words[1].term].weight, 3);
}

TEST(Page, KeepsAShortLineWholeAndCutsALongOneIntoSentences) {
  const std::string sentence =
      "The ferry left the old harbour late in the evening with few aboard.";
  EXPECT_EQ(Read("Who pays? The town does.").units.size(), 1u);
  std::string paragraph = sentence;
  for (int i = 0; i < 4; ++i) paragraph += " " + sentence;
  const Page page = Read("Ferries\n" + paragraph);
  ASSERT_EQ(page.units.size(), 6u);
  EXPECT_TRUE(page.units[1].starts_line);
  for (std::size_t u = 2; u < 6; ++u) EXPECT_FALSE(page.units[u].starts_line);
}

TEST(Page, MeasuresTitleCaseOverLongerWords) {
  const Page page = Read("Old Harbour Ferry Leaves At Noon\nthe ferry leaves at noon");
  EXPECT_GT(page.units[0].title_case, 0.8);
  EXPECT_LT(page.units[1].title_case, 0.2);
}

class HabitModel : public PlainModel {
 public:
  double Title(std::uint32_t word) const override { return word == WordHash("ferry") ? 0.5 : 0; }
};

TEST(Page, KnowsALanguageByTheHabitsOfItsWords) {
  const HabitModel model;
  const auto known = [&](std::string_view text) {
    return PageReader(model).Read(text, "en").known;
  };
  EXPECT_EQ(known("ferry ferry ferry"), 1);
  EXPECT_EQ(known("ferry harbour"), 0);
  const double between = known("ferry ferry ferry ferry ferry harbour");
  EXPECT_GT(between, 0);
  EXPECT_LT(between, 1);
  EXPECT_EQ(known(""), 1);
}

TEST(Page, TellsNamesFromNounsWithCapitals) {
  std::string names, nouns;
  for (int i = 0; i < 10; ++i) {
    names += "In the town of Skelby the old ferry left late today.\n";
    nouns += "Heute fuhr die alte Fähre im Hafen von Skelby zum Abend ab.\n";
  }
  EXPECT_EQ(Read(names).names, 1);
  EXPECT_EQ(Read(nouns).names, 0);
  EXPECT_EQ(Read("The Ferry Of Skelby Left").names, 1);  // a title tells nothing
}

TEST(WithoutFinalS, LeavesShortWordsAndDoubleS) {
  EXPECT_EQ(WithoutFinalS("ferrys"), "ferry");
  EXPECT_EQ(WithoutFinalS("gas"), "gas");
  EXPECT_EQ(WithoutFinalS("press"), "press");
  EXPECT_EQ(WithoutFinalS(""), "");
}

}  // namespace
}  // namespace samestory
