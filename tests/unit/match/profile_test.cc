#include "match/profile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "profiles.h"

namespace samestory {
namespace {

using testing::Newsroom;

constexpr std::string_view kHeadline =
    "Ferry with 48 aboard runs aground off northern islands, all passengers safe";

TEST(Profile, HoldsTheText) {
  CanonicalText text;
  Canonicalize(kHeadline, text);
  std::vector<std::uint32_t> block;
  BuildProfile(text, kHeadline, "en", block);
  const ProfileView view(block);
  EXPECT_EQ(view.text(), text.text());
  ASSERT_EQ(view.num_words(), text.words().size());
  for (std::size_t i = 0; i < view.num_words(); ++i) {
    EXPECT_EQ(view.word_hashes()[i], WordHash(text.word(i)));
    EXPECT_EQ(view.word(i).length, text.word(i).size());
  }
  EXPECT_TRUE(ProfileView::IsValid(block));
  EXPECT_FALSE(view.Has(ProfileView::kStamped));
}

TEST(Profile, IsCompact) {
  EXPECT_EQ(ProfileView(Newsroom::Raw(kHeadline)).num_words(), 12u);
  EXPECT_LT(Newsroom::Raw(kHeadline).size() * 4, 220u);
}

TEST(Profile, EmptyTexts) {
  const auto block = Newsroom::Raw(" ... ");
  const ProfileView view(block);
  EXPECT_TRUE(ProfileView::IsValid(block));
  EXPECT_EQ(view.num_words(), 0u);
  EXPECT_EQ(view.text(), "");
}

TEST(Profile, WordsKnowTheirSlotsAndRepetitions) {
  const auto block = Newsroom::Raw("day 4: from day to day, $7 more");
  const ProfileView view(block);
  EXPECT_FALSE(view.word(0).repeated);
  EXPECT_TRUE(view.word(1).is_slot);
  EXPECT_TRUE(view.word(1).has_value);
  EXPECT_EQ(view.value(1), 4);
  EXPECT_TRUE(view.word(3).repeated);
  EXPECT_TRUE(view.word(5).repeated);
  EXPECT_EQ(view.word(6).type, SlotType::kMoney);
  EXPECT_EQ(view.value(6), 7);
}

TEST(Profile, SkeletonsMaskRunsOfSlots) {
  const auto skeleton = [](std::string_view title) {
    return ProfileView(Newsroom::Raw(title)).skeleton();
  };
  EXPECT_EQ(skeleton("Lottery results for March 7, 2031"), skeleton("Lottery results for 12 June"));
  EXPECT_NE(skeleton("Lottery results for March 7"), skeleton("Lottery rules for March 7"));
  EXPECT_NE(skeleton("Lottery results"), skeleton("results Lottery"));
}

TEST(Profile, LongTextsKeepTheirFirstWords) {
  std::string words, longer;
  for (int i = 0; i < 100; ++i) words += "word" + std::to_string(i) + " ";
  longer = words + "end";
  const auto a = Newsroom::Raw(words), b = Newsroom::Raw(longer);
  const ProfileView view(a);
  EXPECT_EQ(view.num_words(), ProfileView::kMaxWords);
  EXPECT_TRUE(view.Has(ProfileView::kTruncated));
  EXPECT_EQ(view.text(), ProfileView(b).text());
  EXPECT_NE(view.text_hash(), ProfileView(b).text_hash());
}

TEST(Profile, LongWordsAreCutBetweenLetters) {
  std::string word;
  for (int i = 0; i < 128; ++i) word += "é";  // 256 bytes
  const auto block = Newsroom::Raw(word);
  const ProfileView view(block);
  EXPECT_TRUE(ProfileView::IsValid(block));
  ASSERT_GE(view.num_words(), 1u);
  EXPECT_EQ(view.word(0).length, 254u);
}

TEST(Profile, StampsAreWhatTheStreamHasTaught) {
  Newsroom news;
  for (int day = 9; day >= 1; --day) {
    news.Learn("river level report for day " + std::to_string(day), Newsroom::kToday - day);
  }
  auto block = news.Stamped("river level report for day 77");
  const ProfileView view(block);
  ASSERT_TRUE(view.Has(ProfileView::kStamped));
  EXPECT_EQ(view.skeleton_days(), 9u);
  EXPECT_EQ(view.word(0).pair_days, 8u);                     // "river level", without yesterday
  EXPECT_EQ(view.word(view.num_words() - 2).pair_days, 0u);  // "day 77"
  EXPECT_GT(view.word(5).weight, view.word(3).weight);       // "77" against "for"
  for (std::size_t i = 0; i < view.num_words(); ++i) {
    EXPECT_NEAR(view.word(i).weight * ProfileView::kWeightUnit,
                news.words.Idf(view.word_hashes()[i]), ProfileView::kWeightUnit);
  }
  const auto first = block;
  StampProfile(news.words, news.recurrence, Newsroom::kToday, block);
  EXPECT_EQ(block, first);
  StampProfile(news.words, news.recurrence, Newsroom::kToday - 2, block);
  EXPECT_EQ(ProfileView(block).skeleton_days(), 7u);
}

TEST(Profile, YesterdaysPairsAreStillNews) {
  Newsroom news;
  news.Learn("harbour crane topples", Newsroom::kToday - 1);
  EXPECT_EQ(ProfileView(news.Stamped("harbour crane topples")).word(0).pair_days, 0u);
  news.Learn("harbour crane topples", Newsroom::kToday - 2);
  EXPECT_EQ(ProfileView(news.Stamped("harbour crane topples")).word(0).pair_days, 1u);
}

TEST(Profile, DamagedBlocksAreRefused) {
  const auto good = Newsroom::Raw("Bridge 7 closed for 3 weeks after crash");
  ASSERT_TRUE(ProfileView::IsValid(good));
  auto longer = good;
  longer.push_back(0);
  EXPECT_FALSE(ProfileView::IsValid(longer));
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(ProfileView::IsValid(std::span(good).first(size)));
  }
  auto other_version = good;
  other_version[0] += 1;
  EXPECT_FALSE(ProfileView::IsValid(other_version));
}

}  // namespace
}  // namespace samestory
