#include "match/profile_words.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "match/slots.h"
#include "profiles.h"

namespace samestory {
namespace {

using testing::Newsroom;

// Word by word, what ProfileView says of each.
TEST(ProfileWords, AgreesWithTheViewWordByWord) {
  const char* vocabulary[] = {"storm", "Alder", "4", "march", "tuesday", "2031", "$7", "5%",
                              "3rd",   "two",   "é", "2-1",   "v2.1",    "the",  "day"};
  std::mt19937 random(2);
  Newsroom news;
  ProfileWords words;
  for (int round = 0; round < 2000; ++round) {
    std::string title = "One day";
    for (std::size_t n = random() % 70; n > 0; --n) {
      title += std::string(" ") + vocabulary[random() % std::size(vocabulary)];
    }
    const auto block = news.Stamped(title);
    const ProfileView view(block);
    words.Read(view);
    words.ReadFirsts();
    ASSERT_EQ(words.size, view.num_words());
    std::set<std::uint32_t> seen;
    std::string text;
    int weight = 0;
    for (std::size_t i = 0; i < words.size; ++i) {
      const ProfileWord word = view.word(i);
      const auto has = [i](WordMask mask) { return (mask & WordBit(i)) != 0; };
      const bool is_new = seen.insert(view.word_hashes()[i]).second;
      ASSERT_EQ(has(words.all), is_new);
      ASSERT_EQ(has(words.repeated), word.repeated);
      ASSERT_EQ(word.repeated, !is_new);
      ASSERT_EQ(has(words.slots), is_new && word.is_slot);
      ASSERT_EQ(has(words.values), is_new && word.has_value);
      ASSERT_EQ(has(words.names), is_new && word.type == SlotType::kName);
      ASSERT_EQ(has(words.dates), is_new && IsDateType(word.type)) << title << i;
      ASSERT_EQ((words.BeginningLike(words.First(i)) & WordBit(i)) != 0, true);
      if (is_new) weight += word.weight;
      text += (i > 0 ? " " : "") + std::string(words.Word(i));
    }
    EXPECT_EQ(text, view.text());
    EXPECT_EQ(words.weight, weight);
    EXPECT_EQ(words.Weight(words.all), weight);
  }
}

TEST(ProfileWords, ATextWithoutWords) {
  const auto block = Newsroom::Raw("...");
  const ProfileWords words{ProfileView(block)};
  EXPECT_EQ(words.size, 0u);
  EXPECT_EQ(words.all, 0u);
  EXPECT_EQ(words.CountShingles(2), 0u);
}

}  // namespace
}  // namespace samestory
