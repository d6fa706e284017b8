#include <algorithm>
#include <memory>
#include <mutex>
#include <numeric>
#include <random>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "engine/jaccard_join.h"
#include "samestory/engine.h"
#include "samestory/match.h"
#include "support/headlines.h"

namespace samestory {
namespace {

struct Sets {
  ShingleStore store;
  std::vector<std::uint32_t> record_of_rank, first_equal;

  RankedSets ranked() const { return {&store, record_of_rank, first_equal}; }
};

// Families of sets around some centres, of up to `most` shingles but for a few larger ones, in
// shuffled ranks.
Sets MakeSets(std::size_t n, std::uint64_t seed, std::size_t words, std::size_t most = 40) {
  std::mt19937_64 random(seed);
  Sets sets;
  std::vector<std::vector<std::uint32_t>> centres;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<std::uint32_t> set;
    if (i % 4 == 0 || centres.empty()) {
      const std::size_t size = random() % (i % 100 == 0 ? 1500 : most) + 1;
      for (std::size_t k = 0; k < size; ++k) {
        set.push_back(static_cast<std::uint32_t>(random() % words * 2654435761u));
      }
      centres.push_back(set);
    } else {
      set = centres[random() % centres.size()];
      for (std::uint32_t& value : set) {
        if (random() % 8 == 0) value = static_cast<std::uint32_t>(random());
      }
    }
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    EXPECT_TRUE(sets.store.Append(set));
  }
  sets.record_of_rank.resize(n);
  std::iota(sets.record_of_rank.begin(), sets.record_of_rank.end(), 0u);
  std::shuffle(sets.record_of_rank.begin(), sets.record_of_rank.end(), random);
  sets.first_equal.resize(n);
  for (std::uint32_t rank = 0; rank < n; ++rank) {
    const bool marked = rank > 10 && random() % 20 == 0;
    sets.first_equal[rank] = marked ? rank - 5 : rank;
  }
  return sets;
}

bool operator==(const JaccardLink& a, const JaccardLink& b) {
  return a.newer == b.newer && a.older == b.older && a.jaccard == b.jaccard;
}

std::vector<JaccardLink> Joined(const Sets& sets, const JoinOptions& options, int threads,
                                std::uint64_t& compared) {
  WorkerPool workers(threads);
  std::vector<JaccardLink> all;
  std::size_t last_end = 0;
  const absl::Status status = JoinSets(sets.ranked(), options, workers, compared,
                                       [&](std::size_t end, std::span<JaccardLink> links) {
                                         for (const JaccardLink& link : links) {
                                           EXPECT_GE(link.newer, last_end);
                                           EXPECT_LT(link.newer, end);
                                           all.push_back(link);
                                         }
                                         last_end = end;
                                       });
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(last_end, sets.ranked().size());
  return all;
}

std::vector<JaccardLink> AllPairs(const RankedSets& sets, double threshold) {
  std::vector<JaccardLink> links;
  std::vector<ShingleSet> rooms(sets.size());
  std::vector<std::span<const std::uint32_t>> set;
  for (std::uint32_t rank = 0; rank < sets.size(); ++rank) {
    set.push_back(sets.Read(rank, rooms[rank]));
  }
  for (std::uint32_t newer = 0; newer < sets.size(); ++newer) {
    if (sets.first_equal[newer] != newer) continue;
    for (std::uint32_t older = 0; older < newer; ++older) {
      if (sets.first_equal[older] != older) continue;
      const double jaccard = Jaccard(set[newer], set[older]);
      if (jaccard >= threshold) links.push_back({newer, older, jaccard});
    }
  }
  return links;
}

void ExpectAllPairs(const Sets& sets, double threshold) {
  const auto expected = AllPairs(sets.ranked(), threshold);
  for (const int threads : {1, 3}) {
    std::uint64_t compared = 0;
    const auto links = Joined(sets, {.threshold = threshold, .max_hits = 0}, threads, compared);
    EXPECT_TRUE(std::equal(links.begin(), links.end(), expected.begin(), expected.end(),
                           [](const JaccardLink& a, const JaccardLink& b) { return a == b; }))
        << threshold << ": " << links.size() << " of " << expected.size();
    EXPECT_GE(compared, links.size());
  }
}

TEST(JaccardJoin, WithoutABoundFindsEveryPairAndNoOther) {
  for (const std::size_t words : {60u, 3000u, 1'000'000u}) {
    const Sets sets = MakeSets(1500, words, words);
    for (const double threshold : {0.2, 0.5, 0.7, 0.9, 1.0}) ExpectAllPairs(sets, threshold);
  }
}

// Their postings are dealt out in rounds; what is short among them too.
TEST(JaccardJoin, OfLongSetsFindsEveryPairByAnyThreads) {
  for (const std::size_t words : {2000u, 1'000'000u}) {
    const Sets sets = MakeSets(1200, words, words, 200);
    ASSERT_GE(sets.store.num_shingles(), 48 * sets.store.size());
    for (const double threshold : {0.3, 0.7, 1.0}) ExpectAllPairs(sets, threshold);
  }
}

TEST(JaccardJoin, BoundedItDoesNotDependOnThreads) {
  const Sets sets = MakeSets(20'000, 4, 500);
  std::vector<JaccardLink> first;
  for (const int threads : {1, 2, 4}) {
    std::uint64_t compared = 0;
    const auto links = Joined(sets, {.threshold = 0.7, .max_hits = 8}, threads, compared);
    if (first.empty()) first = links;
    EXPECT_TRUE(std::equal(links.begin(), links.end(), first.begin(), first.end(),
                           [](const JaccardLink& a, const JaccardLink& b) { return a == b; }));
  }
  EXPECT_FALSE(first.empty());
}

TEST(JaccardJoin, AFloodOfLookAlikesCostsABoundedNumberOfComparisons) {
  // Every set shares all but one value with all others.
  Sets sets;
  constexpr std::uint32_t kSets = 30'000;
  for (std::uint32_t i = 0; i < kSets; ++i) {
    std::vector<std::uint32_t> set;
    for (std::uint32_t k = 1; k <= 20; ++k) set.push_back(k * 200'000'000u);
    set.push_back(4'100'000'000u + i);
    ASSERT_TRUE(sets.store.Append(set));
    sets.first_equal.push_back(i);
  }
  std::uint64_t compared = 0;
  const auto links = Joined(sets, {}, 2, compared);
  EXPECT_LE(compared, std::uint64_t{kSets} * 40);
  // Each is linked to the first of them, which is the anchor of their story.
  std::size_t with_first = 0;
  for (const JaccardLink& link : links) with_first += link.older == 0;
  EXPECT_EQ(with_first, kSets - 1);
}

// The streaming engine decides by its own code; with bands that miss nothing it must agree.
TEST(JaccardJoin, InAFloodOfTwoNumbersTheRarerOneLeadsToTheStory) {
  std::vector<std::string> titles, ids;
  for (int i = 0; i < 40'000; ++i) {
    ids.push_back(std::to_string(i));
    titles.push_back("Flight " + std::to_string(1000 + i) + " from Vell to Karsten is delayed by " +
                     std::to_string(i % 97) + " minutes");
  }
  std::vector<Record> records(titles.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    records[i].id = ids[i];
    records[i].title = titles[i];
  }
  Options options;
  options.match = Match::kJaccard;
  const auto rows = Cluster(records, options);
  ASSERT_TRUE(rows.ok());
  std::set<StoryId> stories;
  for (const ClusterRow& row : *rows) stories.insert(row.story);
  EXPECT_LE(stories.size(), 100u);
}

TEST(JaccardJoin, TheBatchRunDecidesAsTheStream) {
  for (const std::uint64_t seed : {3u, 4u, 5u}) {
    const test::Headlines headlines = test::MadeHeadlines(3000, seed);
    Options joined;
    joined.match = Match::kJaccard;
    Options streamed = joined;
    streamed.bands = 200;
    streamed.rows = 2;
    streamed.max_candidates = joined.max_candidates = 1000;
    const auto a = Cluster(headlines.records(), joined), b = Cluster(headlines.records(), streamed);
    ASSERT_TRUE(a.ok());
    ASSERT_TRUE(b.ok());
    std::size_t linked = 0;
    for (std::size_t i = 0; i < a->size(); ++i) {
      EXPECT_EQ((*a)[i].relation, (*b)[i].relation) << i;
      EXPECT_EQ((*a)[i].story, (*b)[i].story) << i;
      // Of several that are equally alike the batch run names the first.
      EXPECT_LE((*a)[i].of, (*b)[i].of) << i;
      EXPECT_EQ((*a)[i].similarity, (*b)[i].similarity) << i;
      EXPECT_EQ((*a)[i].size, (*b)[i].size) << i;
      linked += (*a)[i].of.has_value();
    }
    EXPECT_GT(linked, 300u);
  }
}

// Memory that counts, and ends after so many pieces.
class CountedMemory final : public BulkMemory {
 public:
  explicit CountedMemory(std::size_t most) : most_(most) {}
  void* Allocate(std::size_t bytes) override {
    const std::lock_guard lock(mutex_);
    if (pieces_.size() == most_) return nullptr;
    pieces_.push_back(std::make_unique<std::byte[]>(bytes));
    return pieces_.back().get();
  }
  void Rest() override {}

 private:
  std::mutex mutex_;
  std::size_t most_;
  std::vector<std::unique_ptr<std::byte[]>> pieces_;
};

std::unique_ptr<Clusterer> RunBatch(const Options& options, std::span<const Record> records,
                               std::unique_ptr<BulkMemory> bulk, absl::Status& status) {
  auto run = Clusterer::Create(options, std::move(bulk));
  EXPECT_TRUE(run.ok());
  for (std::size_t i = 0; i < records.size() && status.ok(); i += 700) {
    status = (*run)->Add(records.subspan(i, std::min<std::size_t>(700, records.size() - i)));
  }
  if (status.ok()) status = (*run)->Finish();
  return *std::move(run);
}

TEST(JaccardJoin, InBulkMemoryTheRowsAreTheSame) {
  const test::Headlines headlines = test::MadeHeadlines(5000, 8);
  Options options;
  options.match = Match::kJaccard;
  options.threads = 2;
  absl::Status status;
  const auto a = RunBatch(options, headlines.records(), nullptr, status);
  const auto b = RunBatch(options, headlines.records(), std::make_unique<CountedMemory>(1000), status);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_LT(b->stats().memory_bytes, a->stats().memory_bytes);
  for (std::size_t i = 0; i < a->size(); ++i) {
    EXPECT_EQ(a->row(i).story, b->row(i).story);
    EXPECT_EQ(a->row(i).of, b->row(i).of);
    EXPECT_EQ(a->row(i).similarity, b->row(i).similarity);
  }
}

TEST(JaccardJoin, BulkMemoryThatEndsIsAnError) {
  const test::Headlines headlines = test::MadeHeadlines(30'000, 9);
  Options options;
  options.match = Match::kJaccard;
  for (const std::size_t most : {0u, 1u, 2u}) {
    absl::Status status;
    RunBatch(options, headlines.records(), std::make_unique<CountedMemory>(most), status);
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << most;
  }
}

TEST(JaccardJoin, TheJudgeKeepsItsRecordsInMemory) {
  EXPECT_EQ(Clusterer::Create({}, std::make_unique<CountedMemory>(1)).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace samestory
