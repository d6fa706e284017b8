#include <algorithm>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "samestory/engine.h"
#include "samestory/match.h"
#include "samestory/text.h"
#include "support/headlines.h"

namespace samestory {
namespace {

std::vector<ShingleSet> Shingles(std::span<const Record> records, const Options& options) {
  std::vector<ShingleSet> sets(records.size());
  CanonicalText canonical;
  for (std::size_t i = 0; i < records.size(); ++i) {
    Canonicalize(records[i].title, canonical);
    Shingle(canonical, options.ngram_size, options.seed, sets[i]);
  }
  return sets;
}

TEST(Cluster, FindsAndVerifiesAgainstBruteForce) {
  const test::Headlines headlines = test::MadeHeadlines(4000, 21);
  const std::vector<Record>& records = headlines.records();
  Options options;
  options.match = Match::kJaccard;
  const auto rows = Cluster(records, options);
  ASSERT_TRUE(rows.ok()) << rows.status();
  const std::vector<ShingleSet> sets = Shingles(records, options);

  std::size_t pairs = 0, together = 0, duplicates = 0, flagged = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    bool has_earlier = false;
    for (std::size_t j = 0; j < i; ++j) {
      if (Jaccard(sets[i], sets[j]) < options.threshold) continue;
      has_earlier = true;
      ++pairs;
      together += (*rows)[i].story == (*rows)[j].story;
    }
    duplicates += has_earlier;
    flagged += has_earlier && IsSameStory((*rows)[i].relation);
    if (IsSameStory((*rows)[i].relation)) {
      // Precision: every link is at or above the threshold.
      ASSERT_TRUE((*rows)[i].of.has_value());
      EXPECT_GE(Jaccard(sets[i], sets[*(*rows)[i].of]), options.threshold);
      EXPECT_DOUBLE_EQ((*rows)[i].similarity, Jaccard(sets[i], sets[*(*rows)[i].of]));
    }
  }
  ASSERT_GT(pairs, 500u);
  EXPECT_GE(static_cast<double>(together), .995 * static_cast<double>(pairs));
  EXPECT_GE(static_cast<double>(flagged), .995 * static_cast<double>(duplicates));
}

// What was prepared, by threads and ahead, gives the rows of records that were simply added.
TEST(Cluster, PreparedRecordsGiveTheSameRows) {
  const test::Headlines headlines = test::MadeHeadlines(9000, 23);
  const std::span<const Record> records = headlines.records();
  for (const Match match : {Match::kJaccard, Match::kJudge}) {
    Options options;
    options.match = match;
    options.threads = 2;
    const auto rows = Cluster(records, options);
    ASSERT_TRUE(rows.ok()) << rows.status();
    const auto run = Clusterer::Create(options).value();
    const std::size_t sizes[] = {5000, 1, 0, 3000, 999};
    std::vector<PreparedRecords> prepared(std::size(sizes));
    std::vector<std::span<const Record>> parts;
    for (std::size_t begin = 0; const std::size_t size : sizes) {
      parts.push_back(records.subspan(begin, size));
      begin += size;
    }
    std::thread ahead([&] {
      for (std::size_t i = parts.size(); i-- > 0;) run->Prepare(parts[i], prepared[i]);
    });
    ahead.join();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      ASSERT_TRUE(run->Add(parts[i], prepared[i]).ok());
    }
    ASSERT_TRUE(run->Finish().ok());
    ASSERT_EQ(run->size(), records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      EXPECT_EQ(run->row(i).story, (*rows)[i].story);
      EXPECT_EQ(run->row(i).of, (*rows)[i].of);
      EXPECT_EQ(run->row(i).relation, (*rows)[i].relation);
    }
  }
}

TEST(Cluster, WhatWasPreparedForOthersIsRefused) {
  const test::Headlines headlines = test::MadeHeadlines(10, 24);
  const std::span<const Record> records = headlines.records();
  Options options;
  options.match = Match::kJaccard;
  const auto run = Clusterer::Create(options).value(), other = Clusterer::Create(options).value();
  PreparedRecords prepared;
  EXPECT_EQ(run->Add(records, prepared).code(), absl::StatusCode::kInvalidArgument);
  other->Prepare(records, prepared);
  EXPECT_EQ(run->Add(records, prepared).code(), absl::StatusCode::kInvalidArgument);
  run->Prepare(records, prepared);
  EXPECT_EQ(run->Add(records.first(9), prepared).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(run->size(), 0u);
  EXPECT_TRUE(run->Add(records, prepared).ok());
  EXPECT_EQ(run->size(), 10u);
}

// A run may come to stand where another stood that is gone.
TEST(Cluster, WhatWasPreparedForARunThatIsGoneIsRefused) {
  const test::Headlines headlines = test::MadeHeadlines(10, 24);
  PreparedRecords prepared;
  for (int i = 0; i < 20; ++i) {
    Options options;
    options.match = i % 2 == 0 ? Match::kJudge : Match::kJaccard;
    const auto run = Clusterer::Create(options).value();
    EXPECT_EQ(run->Add(headlines.records(), prepared).code(), absl::StatusCode::kInvalidArgument);
    run->Prepare(headlines.records(), prepared);
    EXPECT_TRUE(run->Add(headlines.records(), prepared).ok());
  }
}

TEST(Cluster, SizesCountTheMembers) {
  test::Headlines headlines;
  headlines.Add("Granary roof falls in at Dunmore after night of storm");
  headlines.Add("Granary roof falls in at Dunmore after night of storm");
  headlines.Add("Chess club of Vell wins the northern league again");
  const auto rows = Cluster(headlines.records(), {});
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ((*rows)[0].size, 2u);
  EXPECT_EQ((*rows)[1].size, 2u);
  EXPECT_EQ((*rows)[2].size, 1u);
  EXPECT_EQ((*rows)[0].story, (*rows)[1].story);
  EXPECT_NE((*rows)[0].story, (*rows)[2].story);
}

TEST(Cluster, AChainOfSmallStepsDoesNotLeadAway) {
  // Each headline replaces one more word of the first; neighbours are alike, the ends share nothing.
  constexpr int kWords = 24;
  test::Headlines headlines;
  for (int step = 0; step <= kWords; ++step) {
    std::string title;
    for (int i = 0; i < kWords; ++i) {
      title += test::MadeWord(static_cast<std::uint32_t>(i < step ? 1000 + i : i)) + " ";
    }
    headlines.Add(title, 1'700'000'000 + step * 60);
  }
  Options options;
  options.match = Match::kJaccard;
  const auto rows = Cluster(headlines.records(), options);
  ASSERT_TRUE(rows.ok());
  EXPECT_NE(rows->front().story, rows->back().story);
  const std::vector<ShingleSet> sets = Shingles(headlines.records(), options);
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto anchor = std::find_if(rows->begin(), rows->end(), [&](const ClusterRow& row) {
      return row.story == (*rows)[i].story;
    });
    EXPECT_GE(Jaccard(sets[i], sets[static_cast<std::size_t>(anchor - rows->begin())]),
              2 * options.threshold - 1);
  }
}

TEST(Cluster, ManyIdenticalHeadlinesAreOneStoryAtBoundedCost) {
  test::Headlines headlines;
  for (int i = 0; i < 20'000; ++i) headlines.Add("Bakers of Orme bake the longest loaf", 1'700'000'000 + i);
  for (const Match match : {Match::kJudge, Match::kJaccard}) {
    Options options;
    options.match = match;
    EngineStats stats;
    const auto rows = Cluster(headlines.records(), options, {}, &stats);
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ(stats.stories, 1u);
    EXPECT_EQ(rows->back().size, 20'000u);
    // One hot bucket has bounded cost.
    EXPECT_LE(stats.candidates, 20'000u * 2 * options.max_candidates);
  }
}

TEST(Cluster, APageTeasesAStoryThatCameLater) {
  std::vector<Record> records(2);
  records[0].id = "page";
  records[0].title = "Port Alder closes harbour bridge";
  records[0].text =
      "The oldest bridge in Port Alder was closed to all traffic on Wednesday.\n"
      "Divers had found deep cracks in two of the pillars of the bridge.\n"
      "Drivers will have to use the tunnel at Westmere until the pillars are mended.\n"
      "The city council will meet on Friday to decide what becomes of the bridge.\n"
      "Kestrel Rovers sign goalkeeper on loan from Northmoor\n"
      "Chess club of Vell wins northern league";
  records[0].published = 1'772'359'200;
  records[1].id = "teased";
  records[1].title = "Kestrel Rovers sign goalkeeper on loan from Northmoor";
  records[1].published = 1'772'366'400;
  const auto rows = Cluster(records, {});
  ASSERT_TRUE(rows.ok());
  ASSERT_FALSE((*rows)[0].other.empty());
  EXPECT_EQ((*rows)[0].other[0].of, "teased");
  EXPECT_EQ((*rows)[0].other[0].story, (*rows)[1].story);
  EXPECT_NE((*rows)[0].story, (*rows)[1].story);
}

TEST(Cluster, EmptyTextsAreNeverAlike) {
  test::Headlines headlines;
  for (const char* title : {"", "", "...", "?", "x", "y"}) headlines.Add(title);
  for (const Match match : {Match::kJudge, Match::kJaccard}) {
    Options options;
    options.match = match;
    const auto rows = Cluster(headlines.records(), options);
    ASSERT_TRUE(rows.ok());
    std::set<StoryId> stories;
    for (const ClusterRow& row : *rows) stories.insert(row.story);
    EXPECT_EQ(stories.size(), 6u);
  }
}

TEST(Cluster, NothingInNothingOut) {
  const auto rows = Cluster({}, {});
  ASSERT_TRUE(rows.ok());
  EXPECT_TRUE(rows->empty());
}

TEST(Cluster, RefusesOptionsOutOfRange) {
  Options options;
  options.threshold = 0;
  EXPECT_EQ(Cluster({}, options).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace samestory
