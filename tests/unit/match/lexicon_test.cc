#include "match/lexicon.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "text/word_stats.h"

namespace samestory {
namespace {

const Lexicon::Name* Find(std::string_view lang, std::string_view word) {
  return Lexicon::For(lang).Find(word, WordHash(word));
}

SlotType TypeOf(std::string_view lang, std::string_view word) {
  const Lexicon::Name* name = Find(lang, word);
  return name == nullptr ? SlotType::kNone : name->type;
}

TEST(Lexicon, DaysAndMonthsOfSeveralLanguages) {
  EXPECT_EQ(TypeOf("en", "march"), SlotType::kMonth);
  EXPECT_EQ(TypeOf("en", "sept"), SlotType::kMonth);
  EXPECT_EQ(TypeOf("en", "tuesday"), SlotType::kWeekday);
  EXPECT_EQ(TypeOf("fr", "février"), SlotType::kMonth);
  EXPECT_EQ(TypeOf("de-AT", "donnerstag"), SlotType::kWeekday);
  EXPECT_EQ(TypeOf("hi", "सोमवार"), SlotType::kWeekday);
  EXPECT_EQ(Find("en", "februar"), nullptr);
}

TEST(Lexicon, ShortNamesNeedANumberBesideThem) {
  EXPECT_TRUE(Find("en", "may")->needs_number);
  EXPECT_TRUE(Find("en", "sun")->needs_number);
  EXPECT_FALSE(Find("en", "june")->needs_number);
  EXPECT_FALSE(Find("en", "sunday")->needs_number);
}

TEST(Lexicon, NumberWordsHaveValues) {
  EXPECT_EQ(Find("en", "four")->value, 4);
  EXPECT_EQ(Find("en", "seventeen")->value, 17);
  EXPECT_EQ(Find("fr", "quatre")->value, 4);
  EXPECT_EQ(Find("de", "einundzwanzig")->value, 21);
  EXPECT_EQ(Find("en", "many"), nullptr);
}

TEST(Lexicon, MagnitudesIncludeThoseOfIndia) {
  EXPECT_EQ(Lexicon::For("en").Magnitude("million"), 1e6);
  EXPECT_EQ(Lexicon::For("en").Magnitude("m"), 1e6);
  EXPECT_EQ(Lexicon::For("en").Magnitude("bn"), 1e9);
  EXPECT_EQ(Lexicon::For("en").Magnitude("lakh"), 1e5);
  EXPECT_EQ(Lexicon::For("en").Magnitude("crore"), 1e7);
  EXPECT_EQ(Lexicon::For("de").Magnitude("mrd"), 1e9);
  EXPECT_EQ(Lexicon::For("en").Magnitude("monday"), std::nullopt);
  EXPECT_EQ(Lexicon::For("en").Magnitude("kilos"), std::nullopt);
}

TEST(Lexicon, OrdinalEndings) {
  EXPECT_TRUE(Lexicon::For("en").IsOrdinalEnding("st"));
  EXPECT_TRUE(Lexicon::For("en").IsOrdinalEnding("th"));
  EXPECT_TRUE(Lexicon::For("fr").IsOrdinalEnding("er"));
  EXPECT_FALSE(Lexicon::For("en").IsOrdinalEnding("m"));
  EXPECT_FALSE(Lexicon::For("en").IsOrdinalEnding(""));
}

TEST(Lexicon, UnknownLanguagesAreReadAsEnglish) {
  const Lexicon* english = &Lexicon::For("en");
  for (const char* lang : {"", "zz", "en-GB", "EN", "?!", "x", "english-of-some-kind"}) {
    EXPECT_EQ(&Lexicon::For(lang), english) << lang;
  }
}

TEST(Lexicon, ManyThreadsMayAskAtOnce) {
  std::vector<std::thread> threads;
  std::vector<const Lexicon*> found(4);
  for (std::size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&found, i] { found[i] = &Lexicon::For("pl"); });
  }
  for (auto& thread : threads) thread.join();
  for (const Lexicon* lexicon : found) EXPECT_EQ(lexicon, found[0]);
  EXPECT_NE(found[0], &Lexicon::For("en"));
}

}  // namespace
}  // namespace samestory
