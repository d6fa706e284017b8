#include "engine/shared_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <unordered_map>
#include <vector>

namespace samestory {
namespace {

TEST(SharedKeys, NeverTakesOutWhatTwoRecordsHave) {
  std::mt19937_64 random(5);
  std::vector<std::vector<std::uint64_t>> records(4000);
  std::unordered_map<std::uint64_t, int> count;
  std::vector<std::uint64_t> pool(3000);
  for (std::uint64_t& key : pool) key = random();
  for (auto& record : records) {
    for (int i = 0; i < 12; ++i) record.push_back(i < 8 ? random() : pool[random() % pool.size()]);
    for (const std::uint64_t key : record) ++count[key];
  }
  SharedKeys keys(records.size() * 12);
  for (const auto& record : records) keys.Add(record);
  std::size_t kept = 0, alone = 0, alone_kept = 0;
  for (auto& record : records) {
    const std::vector<std::uint64_t> before = record;
    keys.KeepShared(record);
    kept += record.size();
    for (const std::uint64_t key : before) {
      const bool stays = std::find(record.begin(), record.end(), key) != record.end();
      EXPECT_EQ(stays, keys.IsShared(key));
      EXPECT_TRUE(stays || count[key] == 1);
      alone += count[key] == 1;
      alone_kept += count[key] == 1 && stays;
    }
  }
  EXPECT_EQ(kept, keys.num_shared());
  EXPECT_LT(alone_kept, alone * 3 / 10);
}

// The index compares upper bits alone: keys that it takes for equal are shared.
TEST(SharedKeys, TellsKeysApartNoBetterThanTheIndex) {
  SharedKeys keys(2);
  keys.Add(std::vector<std::uint64_t>{0x123456789a000000});
  keys.Add(std::vector<std::uint64_t>{0x123456789affffff});
  EXPECT_TRUE(keys.IsShared(0x123456789a000000));
  EXPECT_EQ(keys.num_shared(), 2u);
}

}  // namespace
}  // namespace samestory
