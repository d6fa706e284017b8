#include "index/hit_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

namespace samestory::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Bands = std::vector<std::vector<std::uint32_t>>;

std::vector<std::uint32_t> Rank(const Bands& bands, std::vector<std::uint32_t> records = {}) {
  HitList hits(records);
  for (const auto& band : bands) {
    records.insert(records.end(), band.begin(), band.end());
    hits.EndBand();
  }
  hits.Rank();
  return records;
}

// The obvious way.
std::vector<std::uint32_t> RankByMap(const Bands& bands) {
  std::map<std::uint32_t, int> counts;
  for (const auto& band : bands) {
    for (const std::uint32_t record : band) ++counts[record];
  }
  std::vector<std::uint32_t> records;
  for (const auto& [record, count] : counts) records.push_back(record);
  std::stable_sort(records.begin(), records.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return counts[a] > counts[b]; });
  return records;
}

TEST(HitListTest, RanksByBandsThenNumber) {
  EXPECT_THAT(Rank({}), IsEmpty());
  EXPECT_THAT(Rank({{}, {}}), IsEmpty());
  EXPECT_THAT(Rank({{7}}), ElementsAre(7));
  EXPECT_THAT(Rank({{3, 9}, {9}, {}, {1, 9}, {1}}), ElementsAre(9, 1, 3));
  EXPECT_THAT(Rank({{0xfffffffe, 0}, {0xfffffffe}}), ElementsAre(0xfffffffe, 0));
}

TEST(HitListTest, CountsEqualBandsAsOftenAsTheyCome) {
  EXPECT_THAT(Rank({{4, 5}, {4, 5}, {5}, {4, 5}}), ElementsAre(5, 4));
  EXPECT_THAT(Rank({{1, 2}, {1, 2}, {3}, {3}, {3}}), ElementsAre(3, 1, 2));
}

TEST(HitListTest, KeepsWhatStoodBefore) {
  EXPECT_THAT(Rank({{2, 8}, {8}}, {50, 40}), ElementsAre(50, 40, 8, 2));
}

TEST(HitListTest, ClearTakesTheHitsAway) {
  std::vector<std::uint32_t> records = {5};
  HitList hits(records);
  records.push_back(6);
  hits.EndBand();
  hits.Clear();
  EXPECT_THAT(records, ElementsAre(5));
}

TEST(HitListTest, AgreesWithCountingInAMap) {
  std::mt19937 random(1);
  for (int round = 0; round < 3000; ++round) {
    Bands bands(1 + random() % 40);
    const std::uint32_t distinct = 1 + random() % (round % 2 == 0 ? 30 : 300);
    for (auto& band : bands) {
      if (random() % 4 == 0 && &band != &bands[0]) {
        band = (&band)[-1];
        continue;
      }
      const std::size_t hits = random() % 40;
      while (band.size() < hits) band.push_back(random() % distinct);
      std::sort(band.begin(), band.end());
      band.erase(std::unique(band.begin(), band.end()), band.end());
    }
    ASSERT_EQ(Rank(bands), RankByMap(bands)) << round;
  }
}

TEST(HitListTest, TakesTheMostBandsAndHits) {
  Bands bands(kMaxBands);
  for (std::uint32_t band = 0; band < kMaxBands; ++band) {
    for (std::uint32_t i = 0; i < 32; ++i) bands[band].push_back(band + i);
  }
  EXPECT_EQ(Rank(bands), RankByMap(bands));
}

}  // namespace
}  // namespace samestory::internal
