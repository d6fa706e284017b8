#include "match/recurrence.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <vector>

#include "base/hash.h"

namespace samestory {
namespace {

std::uint64_t Key(std::uint64_t n) { return Mix64(n, 7); }

void LearnOne(Recurrence& recurrence, std::uint64_t n, std::int64_t day) {
  const std::uint64_t key = Key(n);
  recurrence.Learn({&key, 1}, day);
}

TEST(Recurrence, CountsDistinctDays) {
  Recurrence recurrence;
  for (const int day : {100, 100, 101, 101, 101, 105}) LearnOne(recurrence, 1, day);
  EXPECT_NEAR(recurrence.DaysBefore(Key(1), 106), 3, 0.05);
  EXPECT_NEAR(recurrence.DaysBefore(Key(1), 105), 2, 0.05);
  EXPECT_NEAR(recurrence.DaysBefore(Key(1), 101), 1, 0.05);
  EXPECT_NEAR(recurrence.DaysBefore(Key(1), 100), 0, 0.05);
  EXPECT_EQ(recurrence.DaysBefore(Key(2), 106), 0);
}

TEST(Recurrence, DaysMayArriveOutOfOrder) {
  Recurrence recurrence;
  for (const int day : {103, 101, 103, 102, 101}) LearnOne(recurrence, 1, day);
  EXPECT_NEAR(recurrence.DaysBefore(Key(1), 104), 3, 0.05);
  EXPECT_NEAR(recurrence.DaysBefore(Key(1), 102), 1, 0.05);
}

TEST(Recurrence, ADayBeforeAllThatAreRememberedIsNotCounted) {
  Recurrence recurrence;
  for (const int day : {101, 102, 103, 104, 100, 101}) LearnOne(recurrence, 1, day);
  EXPECT_NEAR(recurrence.DaysBefore(Key(1), 105), 4, 0.1);
}

TEST(Recurrence, StreamDaysAreThoseOfAllKeys) {
  Recurrence recurrence;
  LearnOne(recurrence, 1, 10);
  LearnOne(recurrence, 2, 10);
  LearnOne(recurrence, 3, 12);
  EXPECT_NEAR(recurrence.StreamDays(), 2, 0.05);
}

TEST(Recurrence, CountsFadeByHalfInAYear) {
  Recurrence recurrence;
  for (int day = 0; day < 40; ++day) LearnOne(recurrence, 1, 1000 + day);
  const double now = recurrence.DaysBefore(Key(1), 1040);
  const auto year = static_cast<int>(Recurrence::kHalfLifeDays);
  EXPECT_NEAR(recurrence.DaysBefore(Key(1), 1039 + year), now / 2, 0.2);
  EXPECT_NEAR(recurrence.DaysBefore(Key(1), 60000), 0, 0.01);
}

// A plain map of days, without bound or fading.
TEST(Recurrence, AgreesWithAPlainMapWhileDaysComeInOrder) {
  std::mt19937_64 random(5);
  Recurrence recurrence;
  std::map<std::uint64_t, std::set<int>> oracle;
  int asked = 0, forgotten = 0;
  for (int day = 300; day < 340; ++day) {
    for (int i = 0; i < 50; ++i) {
      const std::uint64_t n = random() % 200;
      for (const int back : {0, 1}) {
        const std::uint64_t key = Key(n + static_cast<unsigned>(back) * 1000);
        recurrence.Learn({&key, 1}, day - back);
        oracle[key].insert(day - back);
      }
    }
    for (const auto& [key, days] : oracle) {
      for (const int at : {day - 1, day, day + 1}) {
        const auto before = static_cast<double>(std::distance(days.begin(), days.lower_bound(at)));
        const double days = recurrence.DaysBefore(key, at);
        ++asked;
        forgotten += days < 0.92 * before - 0.01;  // more than 40 days fade: its bucket was full
        ASSERT_LE(days, before + 0.01);
      }
    }
  }
  EXPECT_LT(forgotten, asked / 50);
}

TEST(Recurrence, IsBoundedAndForgetsWhatWasUnseenForLongest) {
  constexpr std::size_t kMaxKeys = 10'000;
  Recurrence recurrence(kMaxKeys);
  for (std::uint64_t n = 0; n < 100'000; ++n) {
    LearnOne(recurrence, n, 1000 + static_cast<std::int64_t>(n / 1000));
  }
  EXPECT_LE(recurrence.MemoryBytes(), kMaxKeys * 64);
  int fresh = 0, stale = 0;
  for (std::uint64_t n = 0; n < 2000; ++n) {
    stale += recurrence.DaysBefore(Key(n), 2000) > 0;
    fresh += recurrence.DaysBefore(Key(99'999 - n), 2000) > 0;
  }
  EXPECT_LT(stale, 40);
  EXPECT_GT(fresh, 1950);
}

TEST(Recurrence, HoldsAsManyKeysAsItPromises) {
  Recurrence recurrence(20'000);
  for (std::uint64_t n = 0; n < 20'000; ++n) LearnOne(recurrence, n, 1000);
  int kept = 0;
  for (std::uint64_t n = 0; n < 20'000; ++n) kept += recurrence.DaysBefore(Key(n), 1001) > 0;
  EXPECT_GT(kept, 18'500);
}

TEST(Recurrence, GrowsUpToItsBoundAndKeepsWhatComesBack) {
  Recurrence recurrence;
  recurrence.BoundGrowth(4'000);
  constexpr std::size_t kBound = 2048 * 64;  // buckets for two keys each
  for (int day = 1000; day < 1030; ++day) {
    for (std::uint64_t n = 0; n < 200; ++n) LearnOne(recurrence, n, day);  // every day
    for (std::uint64_t n = 0; n < 2000; ++n) {
      LearnOne(recurrence, 1'000'000 + 2000 * static_cast<std::uint64_t>(day) + n, day);  // once
    }
  }
  EXPECT_LE(recurrence.MemoryBytes(), kBound);
  int kept = 0;
  for (std::uint64_t n = 0; n < 200; ++n) kept += recurrence.DaysBefore(Key(n), 1030) > 25;
  EXPECT_GT(kept, 195);
  // A higher bound lets it grow on.
  recurrence.BoundGrowth(100'000);
  const std::size_t before = recurrence.MemoryBytes();
  for (std::uint64_t n = 0; n < 20'000; ++n) LearnOne(recurrence, 9'000'000 + n, 1031);
  EXPECT_GT(recurrence.MemoryBytes(), before);
}

TEST(Recurrence, TakesAnyDay) {
  Recurrence recurrence;
  for (const std::int64_t day :
       {std::int64_t{-5}, std::int64_t{0}, std::int64_t{1} << 40, std::int64_t{-1} << 62}) {
    LearnOne(recurrence, 1, day);
    EXPECT_GE(recurrence.DaysBefore(Key(1), day), 0);
  }
}

}  // namespace
}  // namespace samestory
