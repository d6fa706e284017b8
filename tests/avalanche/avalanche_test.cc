// Input made to cost much, or to fall into one story, costs and joins no more than other input.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "samestory/engine.h"
#include "samestory/lsh.h"
#include "samestory/match.h"
#include "samestory/text.h"
#include "support/attacks.h"
#include "support/headlines.h"

namespace samestory {
namespace {

constexpr std::size_t kIdentical = 100'000, kNumbered = 50'000, kBanded = 20'000;
constexpr std::size_t kOrdinary = 30'000;
constexpr std::uint64_t kOtherSeed = 0x0123'4567'89ab'cdefULL;

// What a run cost, a record.
struct Cost {
  double compared = 0;  // pairs verified
  double bytes = 0;     // of the engine
};

struct Outcome {
  Cost cost;
  std::vector<ClusterRow> rows;
};

Cost CostOf(const EngineStats& stats, std::size_t records) {
  const auto n = static_cast<double>(records);
  return {static_cast<double>(stats.candidates) / n, static_cast<double>(stats.memory_bytes) / n};
}

Outcome RunBatch(const std::vector<Record>& records, const Options& options) {
  EngineStats stats;
  auto rows = Cluster(records, options, {}, &stats);
  EXPECT_TRUE(rows.ok()) << rows.status();
  return {CostOf(stats, records.size()), rows.ok() ? *std::move(rows) : std::vector<ClusterRow>()};
}

Cost RunStream(const std::vector<Record>& records, const Options& options) {
  auto engine = Engine::Create(options);
  EXPECT_TRUE(engine.ok()) << engine.status();
  std::vector<Decision> decisions;
  EXPECT_TRUE((*engine)->AddBatch(records, decisions).ok());
  return CostOf((*engine)->stats(), records.size());
}

test::Headlines Make(std::size_t n, const std::function<std::string(std::size_t)>& title) {
  test::Headlines headlines;
  for (std::size_t i = 0; i < n; ++i) {
    headlines.Add(title(i), 1'700'000'000 + static_cast<std::int64_t>(i));
  }
  return headlines;
}

test::Headlines Identical() {
  return Make(kIdentical, [](std::size_t) { return bench::NumberedHeadline(0); });
}

test::Headlines Numbered() {
  return Make(kNumbered, [](std::size_t i) { return bench::NumberedHeadline(i); });
}

// By one who takes the engine for keyed by its default seed.
test::Headlines Banded() {
  const Options options;
  const auto banding = ChooseBanding(options.threshold, options.recall);
  EXPECT_TRUE(banding.ok());
  bench::BandAttack attack(banding->rows, options.seed);
  return Make(kBanded, [&](std::size_t) { return attack.Next(); });
}

// Ordinary headlines of some as many words as `like` has.
test::Headlines Ordinary(const test::Headlines& like) {
  const std::string_view title = like.records().front().title;
  const auto words = static_cast<std::size_t>(std::count(title.begin(), title.end(), ' ')) + 1;
  bench::Random random(1);
  return Make(std::min(kOrdinary, like.records().size()), [&](std::size_t) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
      text += (i > 0 ? " " : "") + test::MadeWord(static_cast<std::uint32_t>(random.Below(4096)));
    }
    return text;
  });
}

ShingleSet ShinglesOf(std::string_view title, const Options& options) {
  CanonicalText canonical;
  ShingleSet set;
  Canonicalize(title, canonical);
  Shingle(canonical, options.ngram_size, options.seed, set);
  return set;
}

// Links are to what is alike, and members are near enough to the story's first item that no chain
// of links led to them. Distances add up: two links of Jaccard t are at least 2 t - 1 alike.
void ExpectHeld(const std::vector<Record>& records, const Outcome& outcome,
                const Options& options) {
  std::map<StoryId, std::size_t> anchors;
  for (std::size_t i = 0; i < records.size(); ++i) anchors.emplace(outcome.rows[i].story, i);
  std::size_t wrong_links = 0, not_held = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const ClusterRow& row = outcome.rows[i];
    const ShingleSet set = ShinglesOf(records[i].title, options);
    const ShingleSet anchor = ShinglesOf(records[anchors[row.story]].title, options);
    if (Jaccard(set, anchor) < 2 * options.threshold - 1 - 1e-9) ++not_held;
    if (!IsSameStory(row.relation)) continue;
    if (!row.of || Jaccard(set, ShinglesOf(records[*row.of].title, options)) < options.threshold) {
      ++wrong_links;
    }
  }
  EXPECT_EQ(wrong_links, 0u);
  EXPECT_EQ(not_held, 0u);
}

class AvalancheTest : public testing::TestWithParam<Match> {
 protected:
  Options MakeOptions() const {
    Options options;
    options.match = GetParam();
    return options;
  }

  // Bounded whatever the number of records: what the indexes name of one key, and no more memory
  // than headlines that have nothing in common take.
  void ExpectBounded(const Cost& cost, const Cost& ordinary, const Options& options) const {
    EXPECT_LE(cost.compared, 2.0 * static_cast<double>(options.max_candidates));
    EXPECT_LE(cost.bytes, 1.1 * ordinary.bytes);
  }

  void ExpectNoAvalanche(const test::Headlines& attack, const Options& options) const {
    const test::Headlines ordinary = Ordinary(attack);
    const Outcome batch = RunBatch(attack.records(), options);
    ASSERT_EQ(batch.rows.size(), attack.records().size());
    ExpectBounded(batch.cost, RunBatch(ordinary.records(), options).cost, options);
    if (options.match == Match::kJaccard) ExpectHeld(attack.records(), batch, options);
    ExpectBounded(RunStream(attack.records(), options), RunStream(ordinary.records(), options),
                  options);
  }
};

TEST_P(AvalancheTest, IdenticalHeadlines) {
  const test::Headlines attack = Identical();
  ExpectNoAvalanche(attack, MakeOptions());
  const Outcome outcome = RunBatch(attack.records(), MakeOptions());
  // None but the first is new. The judge may take what comes back so often for a running title.
  std::size_t exact = 0, fresh = 0;
  for (const ClusterRow& row : outcome.rows) {
    exact += row.relation == Relation::kExact;
    fresh += row.relation == Relation::kNew;
  }
  EXPECT_EQ(fresh, 1u);
  if (GetParam() == Match::kJaccard) {
    EXPECT_EQ(exact, kIdentical - 1);
  }
}

TEST_P(AvalancheTest, HeadlinesThatDifferInOneNumber) {
  ExpectNoAvalanche(Numbered(), MakeOptions());
}

TEST_P(AvalancheTest, HeadlinesMadeToShareABand) {
  const test::Headlines attack = Banded();
  Options options = MakeOptions();
  ExpectNoAvalanche(attack, options);
  options.seed = kOtherSeed;
  ExpectNoAvalanche(attack, options);
  // They share a few words and little else. Jaccard joins none of them; the judge, which weighs
  // words, no more than the share of new items that it may put into a wrong story.
  const Outcome outcome = RunBatch(attack.records(), options);
  std::size_t joined = 0;
  for (const ClusterRow& row : outcome.rows) joined += row.size > 1;
  const bool jaccard = GetParam() == Match::kJaccard;
  EXPECT_LE(static_cast<double>(joined),
            jaccard ? 0 : options.max_wrong_joins * static_cast<double>(kBanded));
}

INSTANTIATE_TEST_SUITE_P(Matches, AvalancheTest, testing::Values(Match::kJaccard, Match::kJudge),
                         [](const testing::TestParamInfo<Match>& info) {
                           return info.param == Match::kJaccard ? "jaccard" : "judge";
                         });

// The attack is one: under the seed that it was made for, every headline has the same first band.
TEST(BandAttackTest, SharesABandUnderItsSeedAlone) {
  const test::Headlines attack = Banded();
  for (const bool own_seed : {true, false}) {
    Options options;
    if (!own_seed) options.seed = kOtherSeed;
    const auto banding = ChooseBanding(options.threshold, options.recall);
    ASSERT_TRUE(banding.ok());
    auto hasher = MinHasher::Create(banding->rows, options.seed);
    ASSERT_TRUE(hasher.ok());
    std::map<Signature, std::size_t> bands;
    Signature band(static_cast<std::size_t>(banding->rows));
    for (const Record& record : attack.records()) {
      hasher->Sign(ShinglesOf(record.title, options), band);
      ++bands[band];
    }
    std::size_t largest = 0;
    for (const auto& [values, count] : bands) largest = std::max(largest, count);
    if (own_seed) {
      EXPECT_GT(largest, kBanded * 9 / 10);
    } else {
      EXPECT_LT(largest, kBanded / 20);
    }
  }
}

}  // namespace
}  // namespace samestory
