#include "index/key_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "base/hash.h"
#include "support/snapshot.h"
#include "unit/index/key_oracle.h"

namespace samestory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kAll = 1000;

std::uint64_t Key(std::uint64_t number) { return Mix64(number, 0x6b6579); }

std::vector<std::uint32_t> Find(const KeyIndex& index, std::uint64_t key, std::size_t cap = kAll) {
  std::vector<std::uint32_t> records;
  index.Find(key, cap, records);
  return records;
}

TEST(KeyIndexTest, FindsNothingInAnEmptyIndex) {
  const KeyIndex index;
  EXPECT_THAT(Find(index, Key(1)), IsEmpty());
  index.Prefetch(Key(1));
  EXPECT_EQ(index.stats().entries, 0u);
}

TEST(KeyIndexTest, FindsWhatWasInsertedInAscendingOrder) {
  KeyIndex index;
  for (const std::uint32_t record : {0u, 5u, 7u}) ASSERT_TRUE(index.Insert(Key(1), record).ok());
  ASSERT_TRUE(index.Insert(Key(2), 6).ok());
  EXPECT_THAT(Find(index, Key(1)), ElementsAre(0, 5, 7));
  EXPECT_THAT(Find(index, Key(2)), ElementsAre(6));
  EXPECT_THAT(Find(index, Key(3)), IsEmpty());
}

TEST(KeyIndexTest, FindAppends) {
  KeyIndex index;
  ASSERT_TRUE(index.Insert(Key(1), 9).ok());
  std::vector<std::uint32_t> records = {100};
  index.Find(Key(1), kAll, records);
  EXPECT_THAT(records, ElementsAre(100, 9));
}

// A state that was begun with longer keys is loaded by an index that would take shorter ones: it
// finds what the one that was saved finds, and grows likewise.
TEST(KeyIndexTest, GoesOnWithTheKeysThatItWasSavedWith) {
  KeyIndex saved({.key_bits = 40}), loaded({.key_bits = 32});
  for (std::uint32_t i = 0; i < 3000; ++i) ASSERT_TRUE(saved.Insert(Key(i / 2), i).ok());
  test::MemorySnapshot snapshot;
  {
    SnapshotWriter out(snapshot, "keys");
    saved.Save(out);
    ASSERT_TRUE(out.Finish().ok());
  }
  SnapshotReader in(snapshot, "keys");
  ASSERT_TRUE(loaded.Load(in).ok());
  ASSERT_TRUE(in.Finish().ok());
  for (std::uint32_t i = 3000; i < 9000; ++i) {
    ASSERT_TRUE(saved.Insert(Key(i / 2), i).ok());
    ASSERT_TRUE(loaded.Insert(Key(i / 2), i).ok());
  }
  for (std::uint32_t k = 0; k < 4500; ++k) EXPECT_EQ(Find(loaded, Key(k)), Find(saved, Key(k)));
  // Keys that differ in their last 24 bits are one, in the 8 bits before two.
  const std::uint64_t key = Key(10);
  EXPECT_EQ(Find(loaded, key ^ 1).size(), 2u);
  EXPECT_THAT(Find(loaded, key ^ std::uint64_t{1} << 25), IsEmpty());
}

TEST(KeyIndexTest, KeepsAPairOnce) {
  KeyIndex index;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(index.Insert(Key(1), 4).ok());
  EXPECT_THAT(Find(index, Key(1)), ElementsAre(4));
  EXPECT_EQ(index.stats().entries, 1u);
}

TEST(KeyIndexTest, ComparesFortyBitsOfTheKey) {
  KeyIndex index;
  const std::uint64_t key = Key(1);
  ASSERT_TRUE(index.Insert(key, 4).ok());
  EXPECT_THAT(Find(index, key ^ 1), ElementsAre(4));
  for (int bit = 24; bit < 64; ++bit) {
    EXPECT_THAT(Find(index, key ^ (std::uint64_t{1} << bit)), IsEmpty()) << bit;
  }
}

TEST(KeyIndexTest, AcceptsTheGreatestKeyAndRecord) {
  KeyIndex index;
  for (const std::uint64_t key : {std::uint64_t{0}, ~std::uint64_t{0}}) {
    for (std::uint32_t i = 0; i < 40; ++i) {
      ASSERT_TRUE(index.Insert(key, 0xfffffffe - 39 + i).ok());
    }
    EXPECT_EQ(Find(index, key).back(), 0xfffffffe);
  }
  EXPECT_EQ(index.Insert(1, 0xffffffff).code(), absl::StatusCode::kInvalidArgument);
  std::vector<std::uint32_t> records;
  EXPECT_EQ(index.FindInsert(1, 0xffffffff, kAll, records).code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(KeyIndexTest, CapKeepsTheOldestQuarterAndTheNewest) {
  KeyIndex index;
  for (std::uint32_t record = 0; record < 8; ++record) {
    ASSERT_TRUE(index.Insert(Key(1), record).ok());
  }
  EXPECT_THAT(Find(index, Key(1), 4), ElementsAre(0, 5, 6, 7));
  EXPECT_THAT(Find(index, Key(1), 1), ElementsAre(7));
  EXPECT_THAT(Find(index, Key(1), 0), IsEmpty());
}

TEST(KeyIndexTest, HotKeyKeepsTheOldestEightAndTheNewest) {
  KeyIndex index({.max_per_key = 32});
  for (std::uint32_t record = 0; record < 100'000; ++record) {
    ASSERT_TRUE(index.Insert(Key(1), record).ok());
  }
  std::vector<std::uint32_t> expected;
  for (std::uint32_t i = 0; i < 8; ++i) expected.push_back(i);
  for (std::uint32_t i = 100'000 - 24; i < 100'000; ++i) expected.push_back(i);
  EXPECT_EQ(Find(index, Key(1)), expected);
  EXPECT_EQ(index.stats().hot_keys, 1u);
  EXPECT_LT(index.MemoryBytes(), 32u << 10);
}

TEST(KeyIndexTest, FindInsertIsFindThenInsert) {
  KeyIndex one, two;
  std::mt19937 random(3);
  std::vector<std::uint32_t> found;
  for (std::uint32_t record = 0; record < 20'000; ++record) {
    const std::uint64_t key = Key(random() % 4000);
    found.clear();
    ASSERT_TRUE(one.FindInsert(key, record, 16, found).ok());
    ASSERT_EQ(found, Find(two, key, 16));
    ASSERT_TRUE(two.Insert(key, record).ok());
  }
  EXPECT_EQ(one.MemoryBytes(), two.MemoryBytes());
}

TEST(KeyIndexTest, HiddenRecordsChangeNoAnswerAndAreThereAfterwards) {
  constexpr std::uint32_t kRecords = 4000, kTogether = 50;
  std::mt19937_64 random(8);
  std::vector<std::vector<std::uint64_t>> keys(kRecords);
  for (auto& of : keys) {
    for (int k = 0; k < 4; ++k) of.push_back(Key(random() % (k == 0 ? 20 : 3000)));
  }
  KeyIndex plain, hiding;
  // While a table grows, which of the oldest records of a hot key stay depends on its pace.
  ASSERT_TRUE(plain.Reserve(4 * kRecords).ok() && hiding.Reserve(4 * kRecords).ok());
  std::size_t waited = 0;
  for (std::uint32_t first = 0; first < kRecords; first += kTogether) {
    hiding.HideFrom(first);
    std::vector<std::vector<std::uint64_t>> waiting;
    for (std::uint32_t i = first; i < first + kTogether; ++i) {
      for (const std::uint64_t key : keys[i]) ASSERT_EQ(Find(hiding, key), Find(plain, key)) << i;
      waiting.push_back(keys[i]);
      ASSERT_TRUE(hiding.InsertHidden(waiting.back(), i).ok());
      for (const std::uint64_t key : keys[i]) {
        const bool waits = std::ranges::count(waiting.back(), key) > 0;
        ASSERT_EQ(hiding.Holds(key, i), !waits);
        waited += waits;
      }
    }
    for (std::uint32_t i = first; i < first + kTogether; ++i) {
      ASSERT_TRUE(hiding.InsertAll(waiting[i - first], i).ok());
      ASSERT_TRUE(plain.InsertAll(keys[i], i).ok());
    }
    hiding.HideFrom(first + kTogether);
    for (const std::uint64_t key : keys[first]) ASSERT_EQ(Find(hiding, key), Find(plain, key));
  }
  EXPECT_GT(waited, kRecords / 100);
}

TEST(KeyIndexTest, ExpiredRecordsAreNotFoundAndTheirSlotsReused) {
  KeyIndex index;
  const std::uint32_t kWindow = 20'000;
  std::size_t bytes = 0;
  for (std::uint32_t record = 0; record < 40 * kWindow; ++record) {
    if (record >= kWindow) index.Expire(record - kWindow);
    ASSERT_TRUE(index.Insert(Key(record), record).ok());
    if (record == 5 * kWindow) bytes = index.MemoryBytes();
  }
  EXPECT_EQ(index.MemoryBytes(), bytes);
  for (std::uint32_t record = 38 * kWindow; record < 40 * kWindow; ++record) {
    const bool live = record >= 39 * kWindow - 1;
    ASSERT_EQ(Find(index, Key(record)).size(), live ? 1u : 0u) << record;
  }
}

TEST(KeyIndexTest, ExpireNeverMovesBack) {
  KeyIndex index;
  ASSERT_TRUE(index.Insert(Key(1), 5).ok());
  index.Expire(6);
  index.Expire(2);
  EXPECT_THAT(Find(index, Key(1)), IsEmpty());
  ASSERT_TRUE(index.Insert(Key(1), 4).ok());  // expired already
  EXPECT_THAT(Find(index, Key(1)), IsEmpty());
  ASSERT_TRUE(index.Insert(Key(1), 6).ok());
  EXPECT_THAT(Find(index, Key(1)), ElementsAre(6));
}

TEST(KeyIndexTest, HotKeyDiesAndComesBack) {
  KeyIndex index;
  for (std::uint32_t record = 0; record < 100; ++record) {
    ASSERT_TRUE(index.Insert(Key(1), record).ok());
  }
  index.Expire(90);
  EXPECT_EQ(Find(index, Key(1)).size(), 10u);
  index.Expire(1000);
  EXPECT_THAT(Find(index, Key(1)), IsEmpty());
  for (std::uint32_t record = 1000; record < 1005; ++record) {
    ASSERT_TRUE(index.Insert(Key(1), record).ok());
  }
  EXPECT_THAT(Find(index, Key(1)), ElementsAre(1000, 1001, 1002, 1003, 1004));
}

TEST(KeyIndexTest, RefusesToPassItsMemoryBoundAndStaysWhole) {
  KeyIndex index({.max_bytes = 200'000});
  std::uint32_t record = 0;
  absl::Status status;
  while ((status = index.Insert(Key(record), record)).ok()) ++record;
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(record, 5'000u);
  EXPECT_LE(index.MemoryBytes(), 200'000u + 1024);
  for (std::uint32_t r = 0; r < record; ++r) {
    ASSERT_THAT(Find(index, Key(r)), ElementsAre(r));
  }
  EXPECT_THAT(Find(index, Key(record)), IsEmpty());
  EXPECT_EQ(index.EnsureRoom(1).code(), absl::StatusCode::kResourceExhausted);
}

TEST(KeyIndexTest, ReserveRefusesWhatNoMachineHas) {
  KeyIndex index;
  ASSERT_TRUE(index.Insert(Key(1), 1).ok());
  for (const std::size_t entries : {~std::size_t{0}, std::size_t{1} << 50}) {
    EXPECT_EQ(index.Reserve(entries).code(), absl::StatusCode::kResourceExhausted);
  }
  EXPECT_THAT(Find(index, Key(1)), ElementsAre(1));
}

TEST(KeyIndexTest, WorksOnAfterAReserveThatFailed) {
  for (const std::size_t max_bytes : {std::size_t{100'000}, std::size_t{3} << 20}) {
    KeyIndex index({.max_bytes = max_bytes});
    EXPECT_EQ(index.Reserve(1'000'000).code(), absl::StatusCode::kResourceExhausted);
    for (std::uint32_t record = 0; record < 2'000; ++record) {
      ASSERT_TRUE(index.Insert(Key(record), record).ok());
    }
    EXPECT_EQ(index.Reserve(1'000'000).code(), absl::StatusCode::kResourceExhausted);
    for (std::uint32_t record = 0; record < 2'000; ++record) {
      ASSERT_THAT(Find(index, Key(record)), ElementsAre(record));
    }
  }
}

TEST(KeyIndexTest, ReservedTableDoesNotGrowAndTakesTenBytesAnEntry) {
  constexpr std::uint32_t kEntries = 2'000'000;
  KeyIndex index;
  ASSERT_TRUE(index.Reserve(kEntries).ok());
  const std::size_t buckets = index.stats().buckets;
  for (std::uint32_t record = 0; record < kEntries; ++record) {
    ASSERT_TRUE(index.Insert(Key(record), record).ok());
  }
  EXPECT_EQ(index.stats().buckets, buckets);
  EXPECT_LT(static_cast<double>(index.MemoryBytes()), 12.5 * kEntries);
  EXPECT_EQ(index.stats().entries, kEntries);
  for (std::uint32_t record = 0; record < kEntries; record += 7) {
    ASSERT_THAT(Find(index, Key(record)), ElementsAre(record));
  }
}

TEST(KeyIndexTest, ReserveOfAFilledTableKeepsEverything) {
  KeyIndex index;
  for (std::uint32_t record = 0; record < 30'000; ++record) {
    ASSERT_TRUE(index.Insert(Key(record / 3), record).ok());
  }
  ASSERT_TRUE(index.Reserve(1'000'000).ok());
  for (std::uint32_t record = 0; record < 30'000; record += 3) {
    ASSERT_THAT(Find(index, Key(record / 3)), ElementsAre(record, record + 1, record + 2));
  }
}

TEST(KeyIndexTest, GrowsThroughEverySizeOfTable) {
  KeyIndex index;
  constexpr std::uint32_t kEntries = 1 << 21;
  for (std::uint32_t record = 0; record < kEntries; ++record) {
    ASSERT_TRUE(index.Insert(Key(record), record).ok());
    if ((record & 0xffff) == 0) {
      for (std::uint32_t r = 0; r <= record; r += 997) {
        ASSERT_THAT(Find(index, Key(r)), ElementsAre(r)) << record;
      }
    }
  }
  EXPECT_EQ(index.stats().entries, kEntries);
}

// Differential test against the obvious index: keys of very different frequency, expiry and growth.
struct Mix {
  const char* name;
  std::uint32_t records, keys;
  double skew;           // key number = keys * u^skew
  std::uint32_t window;  // 0: none expires
  std::size_t reserve;
  int key_bits = 40;  // few bits: the tags of tables that are larger than a test can fill
};

class KeyIndexDifferentialTest : public ::testing::TestWithParam<Mix> {};

TEST_P(KeyIndexDifferentialTest, AgreesWithTheOracle) {
  const Mix mix = GetParam();
  KeyIndex index({.key_bits = mix.key_bits});
  KeyOracle oracle(mix.key_bits);
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> uniform(0, 1);
  ASSERT_TRUE(index.Reserve(mix.reserve).ok());
  const auto draw = [&] {
    return Key(static_cast<std::uint64_t>(mix.keys * std::pow(uniform(random), mix.skew)));
  };
  for (std::uint32_t record = 0; record < mix.records; ++record) {
    if (mix.window > 0 && record > mix.window && record % 64 == 0) {
      index.Expire(record - mix.window);
      oracle.Expire(record - mix.window);
    }
    for (int i = 0; i < 4; ++i) {
      const std::uint64_t key = draw();
      ASSERT_TRUE(index.Insert(key, record).ok());
      oracle.Insert(key, record);
    }
    if (record % 4 != 0) continue;
    const std::uint64_t key = draw();
    const std::vector<std::uint32_t> found = Find(index, key), expected = oracle.Find(key);
    ASSERT_TRUE(std::is_sorted(found.begin(), found.end()));
    ASSERT_TRUE(std::includes(expected.begin(), expected.end(), found.begin(), found.end()))
        << record;
    ASSERT_LE(found.size(), 33u);
    if (expected.size() <= 24) {
      ASSERT_EQ(found, expected) << record;
    } else {
      // The newest 24 are there whatever was dropped.
      const std::vector<std::uint32_t> newest(expected.end() - 24, expected.end());
      ASSERT_GE(found.size(), 24u);
      ASSERT_TRUE(std::equal(newest.begin(), newest.end(), found.end() - 24)) << record;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Mixes, KeyIndexDifferentialTest,
                         ::testing::Values(Mix{"Uniform", 60'000, 200'000, 1, 0, 0},
                                           Mix{"Skewed", 60'000, 100'000, 3, 0, 0},
                                           Mix{"VerySkewed", 40'000, 20'000, 8, 0, 0},
                                           Mix{"Window", 80'000, 50'000, 2, 10'000, 0},
                                           Mix{"SmallWindow", 80'000, 3'000, 3, 500, 0},
                                           Mix{"Reserved", 40'000, 100'000, 2, 8'000, 60'000},
                                           Mix{"FewKeys", 20'000, 12, 1, 300, 0},
                                           Mix{"Bits56", 30'000, 50'000, 2, 0, 0, 56},
                                           Mix{"Bits28", 40'000, 80'000, 1.5, 0, 0, 28},
                                           Mix{"Bits24", 40'000, 80'000, 1.5, 0, 0, 24},
                                           Mix{"Bits20", 60'000, 80'000, 1.5, 0, 0, 20},
                                           Mix{"Bits18Window", 60'000, 80'000, 1.5, 20'000, 0, 18},
                                           // Of a table that did not begin with a power of two,
                                           // tags hold bits that a doubled entry does not know.
                                           Mix{"Bits22Odd", 60'000, 80'000, 1.5, 0, 1'000, 22},
                                           Mix{"Bits18Odd", 60'000, 80'000, 1.5, 20'000, 300, 18},
                                           Mix{"Bits16", 30'000, 20'000, 1, 0, 0, 16}),
                         [](const auto& info) { return info.param.name; });

TEST(KeyIndexTest, SameInputGivesTheSameState) {
  KeyIndex a, b;
  std::mt19937 random(5);
  for (std::uint32_t record = 0; record < 50'000; ++record) {
    const std::uint64_t key = Key(random() % 20'000);
    if (record > 5'000) {
      a.Expire(record - 5'000);
      b.Expire(record - 5'000);
    }
    ASSERT_TRUE(a.Insert(key, record).ok());
    ASSERT_TRUE(b.Insert(key, record).ok());
  }
  for (std::uint64_t k = 0; k < 20'000; ++k) ASSERT_EQ(Find(a, Key(k)), Find(b, Key(k)));
  EXPECT_EQ(a.MemoryBytes(), b.MemoryBytes());
}

TEST(KeyIndexTest, MovedIndexKeepsItsRecords) {
  KeyIndex a;
  ASSERT_TRUE(a.Insert(Key(1), 3).ok());
  KeyIndex b = std::move(a);
  EXPECT_THAT(Find(b, Key(1)), ElementsAre(3));
  KeyIndex c;
  c = std::move(b);
  EXPECT_THAT(Find(c, Key(1)), ElementsAre(3));
}

}  // namespace
}  // namespace samestory
