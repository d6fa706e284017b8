#include "index/spill_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <random>
#include <vector>

#include "base/hash.h"

namespace samestory::internal {
namespace {

using ::testing::ElementsAre;
constexpr std::size_t kRing = 6;

std::vector<std::uint32_t> Records(const SpillTable& table, std::uint64_t key) {
  std::vector<std::uint32_t> records;
  if (const SpillNode* node = table.Find(key)) {
    table.ForEachRecord(*node, [&](std::uint32_t stored) { records.push_back(stored); });
  }
  return records;
}

TEST(SpillTableTest, KeepsTheNewestOfAKey) {
  MemoryBudget budget(0);
  SpillTable table(kRing, budget);
  ASSERT_TRUE(table.EnsureRoom(10, 0));
  table.Add(5, 1, /*hot=*/true);
  EXPECT_THAT(Records(table, 5), ElementsAre(1));
  for (std::uint32_t stored = 2; stored <= 9; ++stored) table.Append(*table.Find(5), stored);
  EXPECT_THAT(Records(table, 5), ElementsAre(4, 5, 6, 7, 8, 9));
  EXPECT_EQ(table.size(), 1u);
  EXPECT_EQ(table.hot_keys(), 1u);
  table.Erase(*table.Find(5));
  EXPECT_EQ(table.Find(5), nullptr);
  EXPECT_EQ(table.hot_keys(), 0u);
}

TEST(SpillTableTest, RefusesToPassTheBudget) {
  MemoryBudget budget(4000);
  SpillTable table(kRing, budget);
  std::uint64_t key = 0;
  while (table.EnsureRoom(1, 0)) table.Add(Mix64(++key, 0), 1, false);
  EXPECT_GT(key, 10u);
  EXPECT_LE(budget.used(), 4000u);
  for (std::uint64_t k = 1; k <= key; ++k) ASSERT_THAT(Records(table, Mix64(k, 0)), ElementsAre(1));
}

TEST(SpillTableTest, ForgetsDeadKeysBeforeItGrows) {
  MemoryBudget budget(0);
  SpillTable table(kRing, budget);
  std::size_t bytes = 0;
  for (std::uint32_t stored = 1; stored < 20'000; ++stored) {
    ASSERT_TRUE(table.EnsureRoom(1, stored > 100 ? stored - 100 : 0));
    table.Add(Mix64(stored, 0), stored, false);
    if (stored == 2'000) bytes = budget.used();
  }
  EXPECT_EQ(budget.used(), bytes);
  EXPECT_LT(table.size(), 1'000u);
}

// Against an ordered map of deques, keys crowded so that runs are long and wrap around.
TEST(SpillTableTest, AgreesWithAMap) {
  MemoryBudget budget(0);
  SpillTable table(kRing, budget);
  std::map<std::uint64_t, std::deque<std::uint32_t>> oracle;
  std::mt19937_64 random(2);
  const auto draw = [&]() -> std::uint64_t {
    switch (random() % 3) {
      case 0:
        return ~std::uint64_t{0} - random() % 20;  // the end, which wraps
      case 1:
        return (std::uint64_t{random() % 64} << 58) + random() % 4;
      default:
        return random() << 54;
    }
  };
  for (std::uint32_t step = 1; step < 60'000; ++step) {
    const std::uint64_t key = draw();
    const auto found = oracle.find(key);
    ASSERT_EQ(table.Find(key) != nullptr, found != oracle.end());
    if (found != oracle.end() && random() % 3 == 0) {
      table.Erase(*table.Find(key));
      oracle.erase(found);
    } else {
      ASSERT_TRUE(table.EnsureRoom(1, 0));
      if (found == oracle.end()) {
        table.Add(key, step, step % 2 == 0);
      } else {
        table.Append(*table.Find(key), step);
      }
      oracle[key].push_back(step);
      if (oracle[key].size() > kRing) oracle[key].pop_front();
      ASSERT_EQ(Records(table, key),
                std::vector<std::uint32_t>(oracle[key].begin(), oracle[key].end()));
    }
    ASSERT_EQ(table.size(), oracle.size());
    if (step % 16 != 0) continue;
    const std::uint64_t low = draw(), high = random() % 8 == 0 ? 0 : draw();
    if (high != 0 && high <= low) continue;
    std::vector<std::uint64_t> in, expected;
    table.ForEachIn(low, high, [&](const SpillNode& node) { in.push_back(node.key); });
    std::sort(in.begin(), in.end());
    const auto end = high == 0 ? oracle.end() : oracle.lower_bound(high);
    for (auto i = oracle.lower_bound(low); i != end; ++i) expected.push_back(i->first);
    ASSERT_EQ(in, expected);
  }
}

}  // namespace
}  // namespace samestory::internal
