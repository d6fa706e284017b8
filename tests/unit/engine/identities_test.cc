#include "engine/identities.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <utility>

#include "support/snapshot.h"

namespace samestory {
namespace {

constexpr std::uint64_t kA = 0x1111'0000'0000'0000, kB = 0x2222'0000'0000'0000;

TEST(Identities, AnIdIsStrongerThanAnAddress) {
  Identities identities;
  identities.Add(3, {.id_key = 1, .url_key = 9, .content = kA});
  identities.Add(4, {.id_key = 2, .url_key = 9, .content = kB});
  EXPECT_EQ(identities.Find({.id_key = 1, .url_key = 9}), 3u);
  EXPECT_EQ(identities.Find({.id_key = 7, .url_key = 9}), 4u);
  EXPECT_EQ(identities.Find({.id_key = 7}), std::nullopt);
  EXPECT_EQ(identities.Find({}), std::nullopt);
}

TEST(Identities, EveryVersionOfAnItemIsKnownUntilItLeaves) {
  Identities identities;
  identities.Add(0, {.id_key = 1, .content = kA});
  EXPECT_EQ(identities.FindVersion({.id_key = 1, .content = kA}), std::nullopt);  // the only one
  identities.Add(1, {.id_key = 1, .content = kB});
  EXPECT_EQ(identities.FindVersion({.id_key = 1, .content = kA}), 0u);
  EXPECT_EQ(identities.FindVersion({.id_key = 1, .content = kB}), 1u);
  identities.Add(2, {.id_key = 1, .content = kA});  // the first, renewed
  identities.Forget(0, {.id_key = 1, .content = kA});
  EXPECT_EQ(identities.FindVersion({.id_key = 1, .content = kA}), 2u);
  identities.Leave(1, {.id_key = 1, .content = kB}, 5, 3);
  EXPECT_EQ(identities.FindVersion({.id_key = 1, .content = kB}), std::nullopt);
  EXPECT_EQ(identities.Find({.id_key = 1}), 2u);
}

TEST(Identities, WhoLeftIsKnownForAsManyRecordsAsWereInTheWindow) {
  constexpr std::uint64_t kLiving = 3 * Identities::kLeastKept;
  Identities identities;
  const Identity small{.url_key = 5, .content = kA}, large{.id_key = 6, .content = kB};
  identities.Add(0, small);
  identities.Add(1, large);
  identities.Leave(0, small, 100, 10);
  identities.Leave(1, large, 100, kLiving);
  EXPECT_EQ(identities.Find(small), std::nullopt);
  EXPECT_TRUE(identities.HasLeft(small));
  EXPECT_FALSE(identities.HasLeft({.url_key = 5, .content = kB}));  // changed: not this one
  identities.ForgetLongLeft(99 + Identities::kLeastKept);
  EXPECT_TRUE(identities.HasLeft(small));
  identities.ForgetLongLeft(100 + Identities::kLeastKept);
  EXPECT_FALSE(identities.HasLeft(small));
  EXPECT_TRUE(identities.HasLeft(large));
  identities.ForgetLongLeft(100 + kLiving);
  EXPECT_FALSE(identities.HasLeft(large));
}

TEST(Identities, WhoLeftTwiceIsKnownFromTheSecondTime) {
  Identities identities;
  const Identity item{.id_key = 6, .content = kA};
  identities.Leave(0, item, 100, 1);
  identities.Leave(1, item, 5000, 1);
  identities.ForgetLongLeft(101 + Identities::kLeastKept);
  EXPECT_TRUE(identities.HasLeft(item));
  identities.ForgetLongLeft(5000 + Identities::kLeastKept);
  EXPECT_FALSE(identities.HasLeft(item));
}

TEST(Identities, WhoLeftIsForgottenForGood) {
  Identities identities;
  identities.Leave(0, {.id_key = 6, .content = kA}, 1, 1);
  identities.Leave(1, {.id_key = 6, .content = kB}, 1, 1);
  identities.Leave(2, {.id_key = 7, .content = kB}, 1, 1);
  EXPECT_TRUE(identities.ForgetLeft({.id_key = 6}));
  EXPECT_FALSE(identities.ForgetLeft({.id_key = 6}));
  EXPECT_FALSE(identities.HasLeft({.id_key = 6, .content = kA}));
  EXPECT_FALSE(identities.HasLeft({.id_key = 6, .content = kB}));
  EXPECT_TRUE(identities.HasLeft({.id_key = 7, .content = kB}));
}

std::map<std::string, std::string, std::less<>> Sections(const Identities& identities) {
  test::MemorySnapshot snapshot;
  snapshot.Begin();
  SnapshotWriter living(snapshot, "living"), left(snapshot, "left");
  identities.SaveLiving(living);
  identities.SaveLeft(left);
  EXPECT_TRUE(living.Finish().ok() && left.Finish().ok());
  return snapshot.sections();
}

// Against maps that are searched from end to end; now and then saved and loaded.
TEST(Identities, AgreesWithPlainMaps) {
  std::mt19937_64 random(7);
  Identities identities;
  std::map<ItemNumber, Identity> living;  // in order of arrival
  const auto any = [&]() -> Identity {
    return {.id_key = random() % 6, .url_key = random() % 4, .content = (random() % 3) << 40};
  };
  for (ItemNumber next = 0; next < 4000; ++next) {
    const Identity item = any();
    identities.Add(next, item);
    living[next] = item;
    if (living.size() > 20) {
      const auto oldest = living.begin();
      identities.Leave(oldest->first, oldest->second, next, living.size());
      living.erase(oldest);
    }
    const Identity asked = any();
    std::optional<ItemNumber> by_id, by_url;
    for (const auto& [number, known] : living) {
      if (asked.id_key != 0 && known.id_key == asked.id_key) by_id = number;
      if (asked.url_key != 0 && known.url_key == asked.url_key) by_url = number;
    }
    const std::optional<ItemNumber> found = identities.Find(asked);
    ASSERT_EQ(found, by_id ? by_id : by_url);
    // A version that is found is one.
    if (const auto version = identities.FindVersion(asked)) {
      ASSERT_TRUE(living.contains(*version));
      const Identity& known = living[*version];
      ASSERT_EQ(known.content, asked.content);
      ASSERT_TRUE(known.id_key == asked.key() || known.url_key == asked.key());
    }
    if (next % 500 != 499) continue;
    test::MemorySnapshot snapshot;
    snapshot.sections() = Sections(identities);
    Identities loaded;
    SnapshotReader in(snapshot, "living"), left(snapshot, "left");
    const auto identity_of = [&](ItemNumber n) -> std::optional<Identity> {
      const auto item = living.find(n);
      if (item == living.end()) return std::nullopt;
      return item->second;
    };
    loaded.LoadLiving(in, identity_of);
    loaded.LoadLeft(left, identity_of);
    ASSERT_TRUE(in.Finish().ok() && left.Finish().ok());
    ASSERT_EQ(Sections(loaded), Sections(identities));
    identities = std::move(loaded);
  }
}

TEST(Identities, RefusesWhatNoLivingItemIsKnownBy) {
  const Identity items[] = {{.id_key = 5, .content = kA}, {.id_key = 5, .content = kB}};
  Identities identities;
  for (ItemNumber n : {0u, 1u}) identities.Add(n, items[n]);  // two versions under one key
  test::MemorySnapshot snapshot;
  snapshot.sections() = Sections(identities);
  const auto loads = [&](const Identities::IdentityOf& identity_of) {
    Identities loaded;
    SnapshotReader in(snapshot, "living"), left(snapshot, "left");
    loaded.LoadLiving(in, identity_of);
    loaded.LoadLeft(left, identity_of);
    return std::pair(in.Finish().ok(), left.Finish().ok());
  };
  EXPECT_EQ(loads([&](ItemNumber n) { return items[n]; }), std::pair(true, true));
  for (const ItemNumber wrong : {0u, 1u}) {
    // One that does not live, and one that is known by another key.
    for (const bool lives : {false, true}) {
      const auto [living, left] = loads([&](ItemNumber n) -> std::optional<Identity> {
        if (n != wrong) return items[n];
        if (!lives) return std::nullopt;
        return Identity{.id_key = 6, .content = items[n].content};
      });
      EXPECT_EQ(living, wrong == 0);  // the younger one holds the key
      EXPECT_FALSE(left);
    }
  }
}

}  // namespace
}  // namespace samestory
