#include "engine/tally.h"

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace samestory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The obvious way: sort by falling count, then by number.
std::vector<ItemNumber> MostNamed(const std::vector<ItemNumber>& named, std::size_t most) {
  std::map<ItemNumber, int> counts;
  for (const ItemNumber item : named) ++counts[item];
  std::vector<ItemNumber> items;
  for (const auto& [item, count] : counts) items.push_back(item);
  std::stable_sort(items.begin(), items.end(),
                   [&](ItemNumber a, ItemNumber b) { return counts[a] > counts[b]; });
  items.resize(std::min(items.size(), most));
  return items;
}

TEST(TallyTest, MostNamedFirstThenByNumber) {
  Tally tally;
  for (const ItemNumber item : {7u, 3u, 9u, 3u, 0xfffffffeu, 9u, 3u}) tally.Add(item);
  std::vector<ItemNumber> items = {1, 2};
  tally.TakeMostNamed(3, items);
  EXPECT_THAT(items, ElementsAre(3, 9, 7));
  tally.TakeMostNamed(3, items);
  EXPECT_THAT(items, IsEmpty());
}

TEST(TallyTest, AgreesWithSorting) {
  std::mt19937 random(5);
  Tally tally;
  for (int round = 0; round < 300; ++round) {
    const std::size_t count = random() % (round % 10 == 0 ? 3000 : 60);
    const ItemNumber range = 1 + random() % 2000;
    std::vector<ItemNumber> named(count), items;
    for (ItemNumber& item : named) tally.Add(item = random() % range);
    const std::size_t most = random() % 30;
    tally.TakeMostNamed(most, items);
    ASSERT_EQ(items, MostNamed(named, most)) << round;
  }
}

}  // namespace
}  // namespace samestory
