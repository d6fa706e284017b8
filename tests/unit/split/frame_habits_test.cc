// The table of the frame's words: against a map, its bytes, damage, and what lines make of it.
#include "split/frame_habits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "base/endian.h"
#include "base/hash.h"
#include "split/evidence.h"
#include "split/frame_lines.h"
#include "split/page.h"
#include "text/word_stats.h"

namespace samestory {
namespace {

std::vector<FrameHabit> RandomWords(std::size_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<FrameHabit> words;
  while (words.size() < count) {
    words.push_back(
        {static_cast<std::uint32_t>(random()), static_cast<double>(random() % 200) / 32 - 3});
  }
  return words;
}

TEST(FrameHabits, AgreeWithAMapOnRandomTables) {
  std::vector<FrameHabit> words = RandomWords(5'000, 3);
  for (std::uint32_t i = 0; i < 50; ++i) words.push_back({7u << 20 | i, 1.0});  // one bucket
  std::map<std::uint32_t, double> expected;
  for (const FrameHabit& word : words) {
    expected.emplace(word.hash, std::min(word.habit, 127.0 / 32));
  }
  const FrameHabits habits(words);
  EXPECT_EQ(habits.words(), expected.size());
  for (const auto& [hash, habit] : expected) {
    EXPECT_EQ(habits.Of(hash), habit);
    if (!expected.contains(hash + 1)) {
      EXPECT_EQ(habits.Of(hash + 1), 0);
    }
  }
}

TEST(FrameHabits, DoNotDependOnTheOrderOfWords) {
  std::vector<FrameHabit> words = RandomWords(500, 4);
  const std::string bytes = FrameHabits(words).Encode();
  std::shuffle(words.begin(), words.end(), std::mt19937(5));
  EXPECT_EQ(FrameHabits(words).Encode(), bytes);
}

TEST(FrameHabits, ComeBackFromTheirBytes) {
  const std::vector<FrameHabit> words = RandomWords(500, 6);
  const FrameHabits habits(words);
  const auto parsed = FrameHabits::Parse(habits.Encode());
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->Encode(), habits.Encode());
  for (const FrameHabit& word : words) EXPECT_EQ(parsed->Of(word.hash), habits.Of(word.hash));
  EXPECT_TRUE(FrameHabits::Parse(FrameHabits().Encode()).ok());
}

// Magic, number of words, checksum; hashes in order; 32 times each habit.
TEST(FrameHabits, HaveTheBytesOfTheSpecification) {
  const std::string bytes = FrameHabits({{0x01020304, -1}, {5, 0.5}}).Encode();
  const std::string body("\x05\0\0\0\x04\x03\x02\x01\x10\xE0", 10);
  ASSERT_EQ(bytes.size(), 34u);
  EXPECT_EQ(bytes.substr(0, 8), "SSFH0001");
  EXPECT_EQ(LoadLittle64(bytes.data() + 8), 2u);
  EXPECT_EQ(LoadLittle64(bytes.data() + 16), Hash64(body, 0));
  EXPECT_EQ(bytes.substr(24), body);
}

TEST(FrameHabits, OfDamagedBytesAreRefused) {
  const std::string bytes = FrameHabits(RandomWords(40, 7)).Encode();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 4);
    EXPECT_FALSE(FrameHabits::Parse(damaged).ok()) << at;
    EXPECT_FALSE(FrameHabits::Parse(bytes.substr(0, at)).ok()) << at;
  }
  EXPECT_FALSE(FrameHabits::Parse(bytes + "x").ok());
}

TEST(FrameHabits, OfWordsOutOfOrderAreRefused) {
  std::string bytes = FrameHabits({{1, 1}, {2, 1}}).Encode();
  std::swap(bytes[24], bytes[28]);
  StoreLittle64(Hash64(bytes.substr(24), 0), bytes.data() + 16);
  EXPECT_THAT(FrameHabits::Parse(bytes).status().message(), testing::HasSubstr("order"));
}

TEST(ShippedFrameHabits, AreSoundAndKnowAMenuFromAStory) {
  ASSERT_TRUE(FrameHabits::Parse(ShippedFrameHabitsBytes()).ok());
  const FrameHabits& habits = ShippedFrameHabits();
  EXPECT_GT(habits.words(), 1'000u);
  EXPECT_GT(habits.Of(WordHash("subscribe")), 0.5);
  EXPECT_GT(habits.Of(WordHash("login")), 0.5);
  EXPECT_LT(habits.Of(WordHash("had")), 0);
}

TEST(ReadFrameHabits, SumsUpTheWordsOfEachLine) {
  const WordStats stats;
  const StatsWordModel model(stats);
  const std::string text = "alpha beta beta\n!!!\ngamma alpha\n";
  const Page page = PageReader(model).Read(text, "en");
  const FrameHabits habits(
      {{WordHash("alpha"), 1}, {WordHash("beta"), -2}, {WordHash("delta"), 3}});
  const FrameLines lines = ReadFrameLines(page, text, {}, habits);
  ASSERT_THAT(lines.lines, testing::SizeIs(3));
  EXPECT_EQ(lines.lines[0].habit_sum, -3);
  EXPECT_EQ(lines.lines[0].habit, -1);
  EXPECT_EQ(lines.lines[0].habit_most, 1);
  EXPECT_EQ(lines.lines[0].habit_least, -2);
  EXPECT_EQ(lines.lines[0].habit_first, 1);
  EXPECT_EQ(lines.lines[1].habit, 0);
  EXPECT_EQ(lines.lines[2].habit, 0.5);
  EXPECT_EQ(lines.lines[2].habit_first, 0);
  EXPECT_EQ(lines.lines[2].habit_least, 0);
}

}  // namespace
}  // namespace samestory
