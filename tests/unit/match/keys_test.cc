#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "match/profile.h"
#include "profiles.h"

namespace samestory {
namespace {

using testing::Newsroom;

std::set<std::uint64_t> RareKeys(const Newsroom& news, std::string_view title,
                                 std::uint64_t seed = 1) {
  const auto block = news.Stamped(title);
  std::vector<std::uint64_t> keys;
  RareWordKeys(ProfileView(block), news.words, seed, keys);
  const std::set<std::uint64_t> distinct(keys.begin(), keys.end());
  EXPECT_EQ(distinct.size(), keys.size());
  return distinct;
}

std::size_t Shared(const std::set<std::uint64_t>& a, const std::set<std::uint64_t>& b) {
  return static_cast<std::size_t>(
      std::ranges::count_if(a, [&b](std::uint64_t key) { return b.contains(key); }));
}

TEST(RareWordKeys, ArePairsOfTheSixRarestStems) {
  const Newsroom news;
  EXPECT_EQ(RareKeys(news, "ferry aground off northern islands with passengers safe").size(), 15u);
  EXPECT_EQ(RareKeys(news, "ferry aground").size(), 1u);
  EXPECT_EQ(RareKeys(news, "ferry").size(), 1u);
  EXPECT_EQ(RareKeys(news, "ferry ferries ferry").size(), 1u);
  EXPECT_TRUE(RareKeys(news, "").empty());
}

TEST(RareWordKeys, DoNotDependOnOrderOrForm) {
  const Newsroom news;
  const auto keys = RareKeys(news, "Glacier lake bursts above mountain village");
  EXPECT_EQ(keys, RareKeys(news, "mountain village: glacier lake bursts above"));
  EXPECT_GT(Shared(keys, RareKeys(news, "Bursting of glaciers feared in the mountains")), 0u);
  EXPECT_EQ(Shared(keys, RareKeys(news, "Parliament votes on pension reform tomorrow")), 0u);
}

TEST(RareWordKeys, AreKeyedBySeed) {
  const Newsroom news;
  EXPECT_EQ(
      Shared(RareKeys(news, "glacier lake bursts", 1), RareKeys(news, "glacier lake bursts", 2)),
      0u);
}

TEST(RareWordKeys, WithoutAStampAreThoseOfTheStampOfNow) {
  Newsroom news;
  news.PassDays(5);
  const auto raw = Newsroom::Raw("glacier lake bursts above mountain village, 4 missing");
  std::vector<std::uint64_t> keys;
  RareWordKeys(ProfileView(raw), news.words, 1, keys);
  EXPECT_EQ(std::set<std::uint64_t>(keys.begin(), keys.end()),
            RareKeys(news, "glacier lake bursts above mountain village, 4 missing"));
}

TEST(RecurrenceKeys, AreTheSkeletonAndThePairs) {
  const auto keys_of = [](std::string_view title) {
    std::vector<std::uint64_t> keys;
    const auto block = Newsroom::Raw(title);
    RecurrenceKeys(ProfileView(block), keys);
    return keys;
  };
  const auto keys = keys_of("water level 4 metres");
  ASSERT_EQ(keys.size(), 4u);
  EXPECT_EQ(keys[0], keys_of("water level 9 metres")[0]);
  EXPECT_EQ(keys[1], keys_of("low water level")[2]);
  EXPECT_NE(keys[1], keys_of("level water")[1]);
  EXPECT_TRUE(keys_of("").empty());
  EXPECT_EQ(keys_of("water").size(), 1u);
}

}  // namespace
}  // namespace samestory
