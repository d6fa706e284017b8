// What the engine promises whatever the order, the batches and the threads.
#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "samestory/engine.h"
#include "support/headlines.h"

namespace samestory {
namespace {

using Partition = std::set<std::set<std::string>>;

Partition PartitionOf(std::span<const Record> records, const std::vector<ClusterRow>& rows) {
  std::map<StoryId, std::set<std::string>> stories;
  for (std::size_t i = 0; i < records.size(); ++i) {
    stories[rows[i].story].insert(std::string(records[i].id));
  }
  Partition partition;
  for (auto& [story, members] : stories) partition.insert(std::move(members));
  return partition;
}

class ByMatch : public ::testing::TestWithParam<Match> {
 protected:
  Options options() const {
    Options options;
    options.match = GetParam();
    return options;
  }
};

TEST_P(ByMatch, ClusterDoesNotDependOnInputOrderOrThreads) {
  test::Headlines headlines = test::MadeHeadlines(3000, 11);
  std::vector<Record> records = headlines.records();
  auto rows = Cluster(records, options());
  ASSERT_TRUE(rows.ok()) << rows.status();
  const Partition expected = PartitionOf(records, *rows);
  EXPECT_LT(expected.size(), records.size());
  EXPECT_GT(expected.size(), records.size() / 3);

  std::mt19937 random(5);
  for (const int threads : {1, 2, 3}) {
    std::shuffle(records.begin(), records.end(), random);
    Options threaded = options();
    threaded.threads = threads;
    rows = Cluster(records, threaded);
    ASSERT_TRUE(rows.ok()) << rows.status();
    EXPECT_EQ(PartitionOf(records, *rows), expected) << threads << " threads";
  }
}

TEST_P(ByMatch, RecordsWithoutTimesOrIdsGiveTheSamePartitionInAnyOrder) {
  test::Headlines headlines = test::MadeHeadlines(1000, 12);
  std::vector<Record> records = headlines.records();
  for (Record& record : records) {
    record.published.reset();
    record.id_is_made = true;
  }
  const auto by_title = [&](const std::vector<ClusterRow>& rows) {
    std::map<StoryId, std::multiset<std::string>> stories;
    for (std::size_t i = 0; i < records.size(); ++i) {
      stories[rows[i].story].insert(std::string(records[i].title));
    }
    std::multiset<std::multiset<std::string>> partition;
    for (auto& [story, members] : stories) partition.insert(std::move(members));
    return partition;
  };
  const auto expected = by_title(*Cluster(records, options()));
  std::mt19937 random(6);
  std::shuffle(records.begin(), records.end(), random);
  EXPECT_EQ(by_title(*Cluster(records, options())), expected);
}

bool Same(const Decision& a, const Decision& b) {
  return a.relation == b.relation && a.story == b.story && a.of == b.of &&
         a.similarity == b.similarity && a.probability == b.probability;
}

TEST_P(ByMatch, DecisionsDoNotDependOnBatchesOrThreads) {
  const test::Headlines headlines = test::MadeHeadlines(1500, 13);
  const std::vector<Record>& records = headlines.records();
  std::vector<Decision> one_by_one;
  auto engine = Engine::Create(options());
  ASSERT_TRUE(engine.ok()) << engine.status();
  for (const Record& record : records) one_by_one.push_back(*(*engine)->Add(record));

  for (const std::size_t size : {std::size_t{7}, std::size_t{100}, records.size()}) {
    Options threaded = options();
    threaded.threads = 2;
    auto other = Engine::Create(threaded);
    std::vector<Decision> decisions, batch;
    for (std::size_t first = 0; first < records.size(); first += size) {
      const std::size_t n = std::min(size, records.size() - first);
      ASSERT_TRUE((*other)->AddBatch(std::span(records).subspan(first, n), batch).ok());
      decisions.insert(decisions.end(), batch.begin(), batch.end());
    }
    ASSERT_EQ(decisions.size(), one_by_one.size());
    for (std::size_t i = 0; i < decisions.size(); ++i) {
      ASSERT_TRUE(Same(decisions[i], one_by_one[i])) << "record " << i << ", batches of " << size;
    }
  }
}

TEST_P(ByMatch, ReplayingTheEventsGivesTheStories) {
  const test::Headlines headlines = test::MadeHeadlines(2000, 14);
  auto engine = Engine::Create(options());
  std::map<StoryId, std::set<std::string>> replayed;
  (*engine)->SetListener([&](const StoryEvent& event) {
    switch (event.kind) {
      case StoryEvent::Kind::kStory:
        EXPECT_TRUE(replayed.emplace(event.story, std::set{std::string(event.id)}).second);
        break;
      case StoryEvent::Kind::kMember:
        ASSERT_TRUE(replayed.contains(event.story));
        replayed[event.story].insert(std::string(event.id));
        break;
      case StoryEvent::Kind::kMerge:
        ASSERT_TRUE(replayed.contains(event.into));
        replayed[event.into].merge(replayed[event.story]);
        replayed.erase(event.story);
        break;
      case StoryEvent::Kind::kExpire: replayed.erase(event.story); break;
    }
  });
  std::map<std::string, StoryId> decided;
  for (const Record& record : headlines.records()) {
    decided[std::string(record.id)] = (*engine)->Add(record)->story;
  }
  EXPECT_EQ((*engine)->stats().stories, replayed.size());
  for (const auto& [story, members] : replayed) {
    for (const std::string& id : members) EXPECT_EQ((*engine)->Resolve(decided[id]), story);
  }
}

TEST_P(ByMatch, QueryAnswersAsAddWouldAndChangesNothing) {
  const test::Headlines headlines = test::MadeHeadlines(800, 15);
  auto engine = Engine::Create(options());
  auto untouched = Engine::Create(options());
  for (const Record& record : headlines.records()) {
    const Decision asked = *(*engine)->Query(record);
    EXPECT_EQ((*engine)->Query(record)->of, asked.of);
    const Decision added = *(*engine)->Add(record);
    EXPECT_EQ(asked.relation, added.relation);
    EXPECT_EQ(asked.of, added.of);
    EXPECT_TRUE(Same(added, *(*untouched)->Add(record)));
  }
}

INSTANTIATE_TEST_SUITE_P(Engine, ByMatch, ::testing::Values(Match::kJudge, Match::kJaccard),
                         [](const auto& param) {
                           return param.param == Match::kJudge ? "judge" : "jaccard";
                         });

}  // namespace
}  // namespace samestory
