#include "engine/item_store.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace samestory {
namespace {

struct Kept {
  ItemFacts facts;
  std::string id;
  std::uint64_t id_key, url_key;
  std::vector<std::uint32_t> headline, body;
};

Kept RandomItem(std::mt19937_64& random) {
  Kept item;
  item.facts = {random(), static_cast<std::uint32_t>(random()),
                static_cast<std::uint32_t>(random()), static_cast<std::uint32_t>(random())};
  item.id = std::string(random() % 13, static_cast<char>('a' + random() % 26));
  item.id_key = random() % 2 ? random() : 0;
  item.url_key = random() % 2 ? random() : 0;
  item.headline.resize(random() % 40);
  item.body.resize(random() % 2 ? 0 : random() % 200);
  for (auto& word : item.headline) word = static_cast<std::uint32_t>(random());
  for (auto& word : item.body) word = static_cast<std::uint32_t>(random());
  return item;
}

TEST(ItemStore, GivesBackWhatItWasGivenWhileItemsExpire) {
  std::mt19937_64 random(7);
  ItemStore store;
  std::vector<Kept> kept;
  std::size_t first = 0;
  for (int i = 0; i < 40'000; ++i) {
    kept.push_back(RandomItem(random));
    const Kept& item = kept.back();
    store.Append(item.facts, {item.id, item.id_key, item.url_key, item.headline, item.body});
    if (store.size() > 5000) {
      store.ExpireOldest();
      ++first;
    }
  }
  ASSERT_EQ(store.first(), first);
  for (std::size_t i = first; i < kept.size(); ++i) {
    const ItemParts parts = store.parts(static_cast<ItemNumber>(i));
    EXPECT_EQ(parts.id, kept[i].id);
    EXPECT_EQ(parts.id_key, kept[i].id_key);
    EXPECT_EQ(parts.url_key, kept[i].url_key);
    EXPECT_TRUE(std::equal(parts.headline.begin(), parts.headline.end(), kept[i].headline.begin(),
                           kept[i].headline.end()));
    EXPECT_TRUE(
        std::equal(parts.body.begin(), parts.body.end(), kept[i].body.begin(), kept[i].body.end()));
    EXPECT_EQ(store.facts(static_cast<ItemNumber>(i)).content, kept[i].facts.content);
  }
}

TEST(ItemStore, AnItemLargerThanAChunkIsKept) {
  ItemStore store;
  const std::vector<std::uint32_t> large(2'000'000, 42);
  store.Append({}, {"a", 0, 0, large, {}});
  store.Append({}, {"b", 0, 0, {}, large});
  EXPECT_EQ(store.parts(0).headline.size(), large.size());
  EXPECT_EQ(store.parts(1).body.size(), large.size());
  EXPECT_EQ(store.parts(1).id, "b");
}

TEST(ItemStore, ExpiryGivesMemoryBack) {
  ItemStore store;
  const std::vector<std::uint32_t> headline(100, 1);
  for (int i = 0; i < 50'000; ++i) store.Append({}, {"id", 0, 0, headline, {}});
  const std::size_t full = store.MemoryBytes();
  while (store.size() > 100) store.ExpireOldest();
  EXPECT_LT(store.MemoryBytes(), full / 5);
}

}  // namespace
}  // namespace samestory
