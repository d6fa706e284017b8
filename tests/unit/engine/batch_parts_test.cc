// The small parts that the batch run is built of, each against something obvious.
#define HWY_WANT_AVX3_DL  // of the targets, as in the engine
#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/text_table.h"
#include "engine/batch_stories.h"
#include "engine/chunked_vector.h"
#include "engine/decision_order.h"
#include "engine/first_equal.h"
#include "engine/partitions.h"
#include "engine/postings.h"
#include "engine/rare_shingles.h"
#include "engine/recent_contents.h"
#include "engine/record_table.h"
#include "engine/set_sketch.h"
#include "engine/shingle_counts.h"
#include "engine/shingle_record.h"
#include "engine/shingle_store.h"
#include "samestory/match.h"

namespace samestory {
namespace {

std::vector<std::uint32_t> RandomSet(std::mt19937_64& random, std::size_t size) {
  std::set<std::uint32_t> set;
  while (set.size() < size) set.insert(static_cast<std::uint32_t>(random()));
  return {set.begin(), set.end()};
}

TEST(ChunkedVector, HoldsWhatWasPushed) {
  ChunkedVector<std::uint32_t> values;
  for (std::uint32_t i = 0; i < 100'000; ++i) values.push_back(i * 7);
  ASSERT_EQ(values.size(), 100'000u);
  for (std::uint32_t i = 0; i < 100'000; ++i) ASSERT_EQ(values[i], i * 7);
  EXPECT_LE(values.MemoryBytes(), 4 * (100'000u + (1u << 14)));
  values.Free();
  EXPECT_TRUE(values.empty());
  EXPECT_EQ(values.MemoryBytes(), 0u);
}

TEST(ChunkedVector, LiesInPagesWhenItIsLong) {
  struct Value {
    std::uint64_t a, b, c;
  };
  internal::PageStock stock;
  ChunkedVector<Value> values(&stock);
  for (const std::uint64_t n : {300'000u, 10u, 200'000u}) {
    for (std::uint64_t i = 0; i < n; ++i) values.push_back({i, 2 * i, n});
    ASSERT_EQ(values.size(), n);
    for (std::uint64_t i = 0; i < n; ++i) {
      ASSERT_EQ(values[i].a, i);
      ASSERT_EQ(values[i].b, 2 * i);
      ASSERT_EQ(values[i].c, n);
    }
    EXPECT_LE(values.MemoryBytes(), sizeof(Value) * n + internal::kHugePage * (n > 10 ? 2 : 1));
    values.Free();
    EXPECT_EQ(values.MemoryBytes(), 0u);
  }
}

TEST(TextTable, HoldsWhatWasAppended) {
  TextTable table;
  std::vector<std::string> texts;
  for (int i = 0; i < 2000; ++i)
    texts.push_back(
        std::string(static_cast<std::size_t>(i * 37 % 90), static_cast<char>('a' + i % 26)));
  texts.push_back(std::string(1 << 20, 'x'));
  for (const std::string& text : texts) table.Append(text);
  ASSERT_EQ(table.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) ASSERT_EQ(table[i], texts[i]);
}

// Chunks hold more bytes than an end can tell.
TEST(TextTable, EndsMayWrapAround) {
  std::mt19937_64 random(17);
  BasicTextTable<std::uint8_t> table;
  std::vector<std::string> texts;
  for (int i = 0; i < 3000; ++i) {
    texts.push_back(std::string(random() % (i < 600 ? 2 : 256), static_cast<char>('a' + i % 26)));
    table.Append(texts.back());
  }
  for (std::size_t i = 0; i < texts.size(); ++i) ASSERT_EQ(table[i], texts[i]) << i;
}

void ExpectMarkedAreUnpacked(const std::vector<std::uint32_t>& packed,
                             const std::vector<std::uint32_t>& set, std::mt19937_64& random) {
  std::vector<std::uint64_t> marks(set.size() / 64 + 3);
  for (std::uint64_t& word : marks) word = random();
  const std::size_t first_mark = random() % 64;
  const auto upper = static_cast<unsigned>(random() % 64);
  for (const unsigned end : {upper, upper + 1, upper + 16, 64u}) {
    std::vector<std::uint32_t> expected, found(set.size() + 1);
    for (std::size_t place = 0; place < set.size(); ++place) {
      const std::size_t mark = first_mark + place;
      const bool is_marked = (marks[mark / 64] >> mark % 64 & 1) != 0;
      const unsigned own = set[place] >> kPackedLowBits;
      if (is_marked && own >= upper && own < end) expected.push_back(set[place]);
    }
    found.resize(UnpackMarked(packed.data(), set.size(), upper, end, marks.data(), first_mark,
                              found.data()));
    ASSERT_EQ(found, expected);
  }
}

TEST(PackedSet, GivesBackWhatWasPacked) {
  std::mt19937_64 random(31);
  for (std::size_t size = kLeastPacked; size < 400; size += 1 + size / 50) {
    for (const unsigned shift : {0u, 3u, 20u}) {  // also crowded at one end or the other
      std::vector<std::uint32_t> set = RandomSet(random, size);
      for (std::uint32_t& value : set) value >>= shift;
      if (random() % 2 == 0) {
        for (std::uint32_t& value : set) value = ~value;
        std::ranges::reverse(set);
      }
      set.erase(std::unique(set.begin(), set.end()), set.end());
      if (set.size() < kLeastPacked) continue;
      const std::size_t words = PackedWords(set.size());
      std::vector<std::uint32_t> packed(words + kPackedRoom, 0xffffffff);
      PackSet(set, packed.data());
      EXPECT_LE(32 * words, 27 * set.size() + 64 + 2 * 31);
      std::vector<std::uint32_t> bitwise(set.size()), fast(set.size() + kUnpackedRoom);
      UnpackSetBitwise(packed.data(), set.size(), bitwise.data());
      ASSERT_EQ(bitwise, set);
      // What stands behind a packed set says nothing.
      for (std::size_t i = words; i < packed.size(); ++i) packed[i] = static_cast<std::uint32_t>(random());
      UnpackSet(packed.data(), set.size(), fast.data());
      fast.resize(set.size());
      ASSERT_EQ(fast, set);
      ExpectMarkedAreUnpacked(packed, set, random);
    }
  }
}

TEST(ShingleStore, HoldsSetsOfAnySize) {
  std::mt19937_64 random(5);
  ShingleStore store;
  std::vector<std::vector<std::uint32_t>> sets;
  for (const std::size_t size : {0u, 1u, 25u, 300'000u, 0u, 7u, 262'143u, 262'144u, 12u}) {
    sets.push_back(RandomSet(random, size));
  }
  for (int i = 0; i < 20'000; ++i) sets.push_back(RandomSet(random, random() % 60));
  for (const auto& set : sets) ASSERT_TRUE(store.Append(set));
  ASSERT_EQ(store.size(), sets.size());
  ShingleSet room;
  for (std::size_t i = 0; i < sets.size(); ++i)
    ASSERT_TRUE(std::ranges::equal(store.Read(i, room), sets[i])) << i;
}

TEST(ShingleStore, StoresEqualSetsOnce) {
  ShingleStore store;
  const std::vector<std::uint32_t> set{3, 5, 9};
  ASSERT_TRUE(store.Append(set));
  ASSERT_TRUE(store.Append({}));
  store.AppendSame(0, 3);
  store.AppendSame(1, 0);
  ASSERT_EQ(store.size(), 4u);
  ShingleSet room;
  EXPECT_TRUE(std::ranges::equal(store.Read(2, room), set));
  EXPECT_TRUE(store.Read(3, room).empty());
  EXPECT_EQ(store.num_shingles(), 6u);
}

TEST(RecentContents, FindsRecordsOfThatContentAlone) {
  std::mt19937_64 random(21);
  ChunkedVector<std::uint64_t> contents;
  RecentContents recent(contents);
  std::size_t found = 0, repeated = 0;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 50'000; ++i) {
    const std::uint64_t content = random() % 20 == 0 ? 0 : random() % 8000 * 0x9e3779b97f4a7c15;
    repeated += content != 0 && !seen.insert(content).second;
    if (const auto same = recent.Exchange(content)) {
      ASSERT_LT(*same, contents.size());
      ASSERT_EQ(contents[*same], content);
      ASSERT_NE(content, 0u);
      ++found;
    }
    contents.push_back(content);
  }
  EXPECT_GT(found, repeated / 2);
}

TEST(BatchStories, KeepTheBooksAsStoryBookDoes) {
  std::mt19937_64 random(12);
  StoryBook book;
  BatchStories stories;
  for (int i = 0; i < 5000; ++i) {
    const ItemNumber next = stories.next();
    const auto other = next == 0 ? 0 : static_cast<ItemNumber>(random() % next);
    if (next == 0 || random() % 3 == 0) {
      book.Begin();
      stories.Begin();
    } else {
      book.Join(book.StoryOf(other));
      stories.Join(stories.StoryOf(other));
    }
    const auto [into, from] = std::minmax({book.StoryOf(other), book.StoryOf(next)});
    if (into != from && random() % 4 == 0) {
      book.Merge(from, into);
      stories.Merge(from, into);
    }
  }
  EXPECT_EQ(stories.num_stories(), book.num_stories());
  for (ItemNumber item = 0; item < stories.next(); ++item) {
    const StoryNumber story = stories.StoryOf(item);
    ASSERT_EQ(story, book.StoryOf(item));
    EXPECT_EQ(book.Anchor(story), story);
    std::set<ItemNumber> members, expected;
    const auto into = [](std::set<ItemNumber>& set) {
      return [&set](ItemNumber member) { return set.insert(member).second; };
    };
    EXPECT_TRUE(stories.ForEachMember(story, into(members)));
    EXPECT_TRUE(book.ForEachMember(story, into(expected)));
    ASSERT_EQ(members, expected);
    EXPECT_TRUE(stories.HasMoreThan(story, members.size() - 1));
    EXPECT_FALSE(stories.HasMoreThan(story, members.size()));
  }
}

TEST(FirstEqual, IsTheFirst) {
  std::mt19937_64 random(6);
  for (const std::size_t n : {0u, 1u, 500u, 50'000u}) {
    std::vector<std::uint64_t> pool(n / 3 + 1);
    for (auto& value : pool) value = random();
    ChunkedVector<std::uint64_t> contents;
    for (std::size_t i = 0; i < n; ++i) {
      contents.push_back(random() % 20 == 0 ? 0 : pool[random() % pool.size()]);
    }
    std::vector<std::uint32_t> shuffled(n);
    std::iota(shuffled.begin(), shuffled.end(), 0u);
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    for (const int threads : {1, 3}) {
      WorkerPool workers(threads);
      for (const auto& order : {std::vector<std::uint32_t>(), shuffled}) {
        const RankedContents ranked{&contents, order};
        const auto first = FindFirstEqual(ranked, workers);
        ASSERT_EQ(first.size(), n);
        std::map<std::uint64_t, std::uint32_t> seen;
        for (std::uint32_t i = 0; i < n; ++i) {
          const std::uint64_t content = ranked[i];
          ASSERT_EQ(first[i], content == 0 ? i : seen.try_emplace(content, i).first->second);
        }
      }
    }
  }
}

TEST(Partitions, GiveBackWhatTheyTookInOrder) {
  BlockPool pool;
  Partitions partitions(8, 2, pool);
  std::vector<std::vector<std::uint64_t>> expected(8);
  for (int worker = 0; worker < 2; ++worker) {
    for (std::uint64_t i = 0; i < 9000; ++i) {
      const std::size_t partition = i * i % 8;
      partitions.Append(worker, partition, i);
      expected[partition].push_back(i);
    }
  }
  std::vector<std::uint64_t> entries;
  for (std::size_t p = 0; p < 8; ++p) {
    partitions.Take(p, entries);
    EXPECT_EQ(entries, expected[p]);
    partitions.Take(p, entries);
    EXPECT_TRUE(entries.empty());
  }
}

TEST(BlockPool, TrimmedItKeepsTheBlocksGivenOut) {
  BlockPool pool;
  std::vector<std::uint64_t*> blocks;
  for (std::uint64_t i = 0; i < 3000; ++i) {
    blocks.push_back(pool.Get());
    std::fill_n(blocks.back(), BlockPool::kBlock, i);
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i != 700 && i != 2999) pool.GiveBack(blocks[i]);
  }
  pool.Trim();
  std::set<std::uint64_t*> taken{blocks[700], blocks[2999]};
  for (int i = 0; i < 3000; ++i) {
    std::uint64_t* const block = pool.Get();
    ASSERT_TRUE(taken.insert(block).second);
    std::fill_n(block, BlockPool::kBlock, ~std::uint64_t{0});
  }
  for (const std::uint64_t i : {700u, 2999u}) {
    EXPECT_EQ(std::count(blocks[i], blocks[i] + BlockPool::kBlock, i), BlockPool::kBlock);
  }
}

TEST(Partitions, SortingByUpperHalfIsStable) {
  std::mt19937_64 random(7);
  for (const std::size_t n : {0u, 3u, 511u, 30'000u}) {
    for (const unsigned known : {0u, 8u, 12u}) {
      std::vector<std::uint64_t> entries, scratch;
      for (std::uint64_t i = 0; i < n; ++i) {
        const std::uint64_t upper = random() % 5000 * 2654435761u >> known & (0xffffffffu >> known);
        entries.push_back(upper << 32 | i);
      }
      auto expected = entries;
      std::stable_sort(expected.begin(), expected.end(),
                       [](std::uint64_t a, std::uint64_t b) { return a >> 32 < b >> 32; });
      SortByUpperHalf(entries, known, scratch);
      EXPECT_EQ(entries, expected);
    }
  }
}

void CountAll(const std::vector<std::vector<std::uint32_t>>& sets, int part, int parts,
              ShingleCounts& counts) {
  ShingleCounts::Counter counter(counts, part, parts);
  for (const auto& set : sets) counter.Add(set);
}

TEST(ShingleCounts, LeastOverlapIsTheLeast) {
  for (const double threshold : {0.05, 0.1, 0.3, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0}) {
    for (std::size_t n = 1; n <= 400; ++n) {
      std::size_t least = 1;
      while (static_cast<double>(least) / static_cast<double>(n) < threshold) ++least;
      ASSERT_EQ(LeastOverlap(n, threshold), least) << n << " " << threshold;
    }
  }
}

TEST(ShingleCounts, CountsAreNeverTooLowAndDoNotDependOnParts) {
  std::mt19937_64 random(8);
  std::vector<std::vector<std::uint32_t>> sets;
  const std::vector<std::uint32_t> pool = RandomSet(random, 3000);
  for (int i = 0; i < 2000; ++i) {
    std::set<std::uint32_t> set;
    for (int k = 0; k < 20; ++k) set.insert(pool[random() % (random() % pool.size() + 1)]);
    sets.emplace_back(set.begin(), set.end());
  }
  std::map<std::uint32_t, int> exact;
  for (const auto& set : sets) {
    for (const std::uint32_t shingle : set) ++exact[shingle];
  }
  ShingleCounts whole(40'000), parted(40'000);
  CountAll(sets, 0, 1, whole);
  for (int part = 0; part < 3; ++part) CountAll(sets, part, 3, parted);
  for (const auto& [shingle, count] : exact) {
    ASSERT_GE(whole(shingle), std::min(count, 65535));
    ASSERT_EQ(whole(shingle), parted(shingle));
  }
}

TEST(ShingleCounts, PrefixIsTheRarest) {
  std::mt19937_64 random(9);
  const std::vector<std::uint32_t> pool = RandomSet(random, 400);
  std::vector<std::vector<std::uint32_t>> sets;
  for (int i = 0; i < 300; ++i) {
    std::set<std::uint32_t> set;
    for (std::size_t k = random() % 40 + 1; k > 0; --k) set.insert(pool[random() % pool.size()]);
    sets.emplace_back(set.begin(), set.end());
  }
  ShingleCounts counts(1000);
  CountAll(sets, 0, 1, counts);
  for (const auto& set : sets) {
    auto ranked = set;
    std::sort(ranked.begin(), ranked.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(CountClass(counts(a)), a) < std::pair(CountClass(counts(b)), b);
    });
    ranked.resize(set.size() - LeastOverlap(set.size(), 0.7) + 1);
    std::sort(ranked.begin(), ranked.end());
    const auto prefix = [&](std::uint16_t busy) {
      std::vector<std::uint32_t> found;
      FindPrefix(set, PrefixLengths(0.7), counts, busy, found);
      for (std::uint32_t& place : found) place = set[place];
      std::sort(found.begin(), found.end());
      return found;
    };
    EXPECT_EQ(prefix(0xffff), ranked);
    // Of the busy ones, two.
    constexpr std::uint16_t kBusy = 9;
    std::sort(ranked.begin(), ranked.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(CountClass(counts(a)), a) < std::pair(CountClass(counts(b)), b);
    });
    const auto busy =
        std::ranges::find_if(ranked, [&](std::uint32_t s) { return counts(s) > kBusy; });
    ranked.resize(
        std::min<std::size_t>(ranked.size(), static_cast<std::size_t>(busy - ranked.begin()) + 2));
    std::sort(ranked.begin(), ranked.end());
    EXPECT_EQ(prefix(kBusy), ranked);
  }
}

// A pool of shingles, the first eight of which stand in very many sets.
std::vector<std::uint32_t> CountedPool(std::mt19937_64& random, ShingleCounts& counts) {
  const std::vector<std::uint32_t> pool = RandomSet(random, 4000);
  ShingleCounts::Counter counter(counts, 0, 1);
  for (std::size_t i = 0; i < pool.size(); ++i) {
    for (std::size_t times = i < 8 ? 70'000 : random() % (1u << random() % 9); times > 0; --times) {
      counter.Add(std::span(pool).subspan(i, 1));
    }
  }
  return pool;
}

void ExpectVectorsAgree(std::span<const std::uint32_t> set, const CountTables& counts) {
  for (const std::uint32_t bound : {9u, 128u, 0xffffu}) {
    for (const std::size_t enough : {set.size() / 4, set.size(), set.size() + 1}) {
      RankedShingles vector, scalar;
      RankShingles(set, counts, enough, bound, vector);
      RankShinglesScalar(set, counts, enough, bound, scalar);
      ASSERT_EQ(vector.size, scalar.size);
      ASSERT_EQ(vector.busy, scalar.busy);
      for (std::size_t i = 0; i < scalar.size; ++i) {
        ASSERT_EQ(vector.values[i], scalar.values[i]);
        ASSERT_EQ(vector.classes[i], scalar.classes[i]);
      }
      for (const std::size_t wanted : {std::size_t{0}, vector.size / 3, vector.size}) {
        std::vector<std::uint32_t> rarest(wanted + kRankedRoom), expected(wanted);
        SelectRarest(vector, wanted, rarest.data());
        SelectRarestScalar(scalar, wanted, expected.data());
        rarest.resize(wanted);
        std::sort(rarest.begin(), rarest.end());
        std::sort(expected.begin(), expected.end());
        ASSERT_EQ(rarest, expected);
      }
    }
  }
}

TEST(RareShingles, VectorsAgreeWithScalarCode) {
  std::mt19937_64 random(11);
  ShingleCounts counts(1000);
  const std::vector<std::uint32_t> pool = CountedPool(random, counts);
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    for (std::size_t size = 0; size <= kMostRanked; ++size) {
      std::set<std::uint32_t> chosen;
      while (chosen.size() < size) {
        chosen.insert(random() % 4 == 0 ? static_cast<std::uint32_t>(random())
                                        : pool[random() % pool.size()]);
        if (chosen.size() < size) chosen.insert(pool[random() % 8]);
      }
      const std::vector<std::uint32_t> set(chosen.begin(), chosen.end());
      ExpectVectorsAgree(set, counts.tables());
    }
  }
  hwy::SetSupportedTargetsForTest(0);
}

TEST(Postings, GiveBackWhatTheyTookInOrder) {
  std::mt19937_64 random(13);
  for (const unsigned bits : {0u, 1u, 6u, 12u}) {
    BlockPool pool;
    Postings postings(bits, 2, pool);
    std::vector<std::vector<std::uint64_t>> expected(std::size_t{1} << bits);
    std::uint32_t rank = 0;
    for (int worker = 0; worker < 2; ++worker) {
      for (int i = 0; i < 20'000; ++i) {
        // Several shingles of a set, steps of all sizes.
        rank += static_cast<std::uint32_t>(random() % (1u << random() % 16));
        const auto shingle = static_cast<std::uint32_t>(random());
        postings.Append(worker, shingle, rank);
        expected[std::uint64_t{shingle} >> (32 - bits)].push_back(std::uint64_t{shingle} << 32 |
                                                                  rank);
      }
    }
    ASSERT_TRUE(postings.ok());
    ASSERT_EQ(postings.size(), expected.size());
    std::vector<std::uint64_t> entries;
    for (std::size_t p = 0; p < expected.size(); ++p) {
      postings.Take(p, entries);
      ASSERT_EQ(entries, expected[p]);
      postings.Take(p, entries);
      ASSERT_TRUE(entries.empty());
    }
  }
}

TEST(ShingleRecordOnly, GivesTheSetsOfShingleRecordAndEqualHashesOfEqualTexts) {
  const Options options;
  Record a, b, c;
  a.title = b.title = "The U.S. economy grew 2.5% in May";
  a.summary = "Officials said so.";
  b.summary = " officials SAID so ";
  c.title = a.title;
  ShingleSet set, expected;
  const std::uint64_t hash_a = ShingleRecordOnly(a, options, set);
  ShingleRecord(a, options, expected);
  EXPECT_EQ(set, expected);
  EXPECT_EQ(ShingleRecordOnly(b, options, set), hash_a);
  EXPECT_NE(ShingleRecordOnly(c, options, set), hash_a);
  ShingleRecord(c, options, expected);
  EXPECT_EQ(set, expected);
  EXPECT_EQ(ShingleRecordOnly(Record{}, options, set), 0u);
  EXPECT_TRUE(set.empty());
}

TEST(SetSketches, VectorsAgreeWithScalarCodeAndNothingAlikeIsMissed) {
  std::mt19937_64 random(10);
  for (const std::size_t mean : {5u, 25u, 90u, 600u}) {
    std::vector<std::vector<std::uint32_t>> sets;
    for (int i = 0; i < 200; ++i) {
      auto set = RandomSet(random, random() % (2 * mean) + 1);
      if (i > 0 && random() % 2 == 0) {  // a cut of an earlier one
        set = sets[random() % sets.size()];
        set.resize(std::max<std::size_t>(1, set.size() * (random() % 5 + 6) / 10));
      }
      sets.push_back(set);
    }
    SetSketches sketches(sets.size(), static_cast<double>(mean));
    std::vector<std::uint64_t> entries;
    for (std::size_t i = 0; i < sets.size(); ++i) {
      sketches.Set(i, sets[i]);
      entries.push_back(std::uint64_t{77} << 32 | i);
    }
    for (const double threshold : {0.3, 0.7, 0.95, 1.0}) {
      SketchTable table(threshold);
      table.Load(sketches, entries);
      std::size_t passed = 0;
      for (std::size_t place = 0; place < sets.size(); ++place) {
        std::vector<std::uint32_t> found, scalar;
        table.Find(place, place / 3, place, found);
        table.FindScalar(place, place / 3, place, scalar);
        ASSERT_EQ(found, scalar);
        passed += found.size();
        for (std::uint32_t i = static_cast<std::uint32_t>(place / 3); i < place; ++i) {
          if (Jaccard(sets[i], sets[place]) < threshold) continue;
          ASSERT_TRUE(std::ranges::find(found, i) != found.end());
        }
      }
      EXPECT_LT(passed, sets.size() * sets.size() / (threshold > 0.5 ? 4 : 2));
      std::vector<std::uint32_t> together, ends;
      table.FindWithin(30, 100, together, ends);
      for (std::size_t place = 30, begin = 0; place < 100; begin = ends[place++ - 30]) {
        std::vector<std::uint32_t> scalar;
        table.FindScalar(place, 30, place, scalar);
        const auto first = together.begin();
        ASSERT_TRUE(std::equal(scalar.begin(), scalar.end(),
                               first + static_cast<std::ptrdiff_t>(begin),
                               first + ends[place - 30]));
      }
    }
  }
}

Record MakeRecord(std::string_view id, std::string_view title,
                  std::optional<std::int64_t> published) {
  Record record;
  record.id = id;
  record.title = title;
  record.published = published;
  return record;
}

TEST(DecisionOrder, TimesThenNumbersByValueThenOtherIdsThenContent) {
  const std::vector<Record> sorted = {MakeRecord("z", "first by time", 5),
                                      MakeRecord("9", "", 10),
                                      MakeRecord("10", "", 10),
                                      MakeRecord("123456789012345678901", "", 10),
                                      MakeRecord("123456789012345678902", "", 10),
                                      MakeRecord("00", "", 10),
                                      MakeRecord("abcdefghijk", "", 10),
                                      MakeRecord("abcdefghijl", "", 10),
                                      MakeRecord("b", "", 10),
                                      MakeRecord("a", "no time", std::nullopt)};
  std::vector<std::size_t> shuffled = {7, 2, 9, 0, 5, 1, 8, 4, 3, 6};
  DecisionOrder order(1);
  for (const std::size_t i : shuffled) order.Add(sorted[i]);
  const std::vector<std::uint32_t> got = order.Sort();
  ASSERT_EQ(got.size(), sorted.size());
  for (std::size_t rank = 0; rank < got.size(); ++rank) EXPECT_EQ(shuffled[got[rank]], rank);
}

TEST(DecisionOrder, SaysNothingWhereTheInputIsInOrder) {
  DecisionOrder order(1);
  for (int i = 0; i < 1000; ++i) order.Add(MakeRecord(std::to_string(i), "", std::nullopt));
  EXPECT_TRUE(order.Sort().empty());
  EXPECT_EQ(order.id(437), "437");
}

TEST(DecisionOrder, OfMadeIdsOnlyTheContentCounts) {
  Record a = MakeRecord("#1", "alpha", 3), b = MakeRecord("#2", "beta", 3);
  a.id_is_made = b.id_is_made = true;
  const auto first_title = [](const Record& x, const Record& y) {
    DecisionOrder order(1);
    order.Add(x);
    order.Add(y);
    const auto got = order.Sort();
    return got.empty() || got[0] == 0 ? x.title : y.title;
  };
  EXPECT_EQ(first_title(a, b), first_title(b, a));
  b.id = "#0";
  EXPECT_EQ(first_title(a, b), first_title(b, a));
}

TEST(RecordTable, GivesBackEveryField) {
  const std::string page(100'000, 'p');
  const std::vector<LineMarkup> markup(3);
  std::vector<Record> records(4);
  records[1].id = "7";
  records[1].title = "Title";
  records[1].published = -4;
  records[2].summary = "S";
  records[2].text = page;
  records[2].url = "http://example.org/";
  records[2].source = "Wire";
  records[2].lang = "de";
  records[2].seen = 1'700'000'000;
  records[2].markup = markup;
  records[3].id = "#3";
  records[3].id_is_made = true;
  RecordTable table;
  for (const Record& record : records) table.Add(record);
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Record got = table[i];
    const Record& want = records[i];
    EXPECT_EQ(got.id, want.id);
    EXPECT_EQ(got.title, want.title);
    EXPECT_EQ(got.summary, want.summary);
    EXPECT_EQ(got.text, want.text);
    EXPECT_EQ(got.url, want.url);
    EXPECT_EQ(got.source, want.source);
    EXPECT_EQ(got.lang, want.lang);
    EXPECT_EQ(got.published, want.published);
    EXPECT_EQ(got.seen, want.seen);
    EXPECT_EQ(got.id_is_made, want.id_is_made);
    EXPECT_EQ(got.markup.size(), want.markup.size());
  }
}

}  // namespace
}  // namespace samestory
