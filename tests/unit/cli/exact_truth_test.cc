#include "cli/exact_truth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "samestory/match.h"

namespace samestory::cli {
namespace {

using testing::ElementsAre;

std::vector<std::uint32_t> All(std::size_t n) {
  std::vector<std::uint32_t> all(n);
  std::iota(all.begin(), all.end(), 0u);
  return all;
}

// Sets in which some values are everywhere and a third are variants of an earlier set.
ShingleSets MakeSets(std::size_t n, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::vector<std::uint32_t>> made;
  ShingleSets sets;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<std::uint32_t> set;
    if (i > 0 && random() % 3 == 0) set = made[random() % made.size()];
    for (std::size_t changes = random() % 4; changes > 0 && !set.empty(); --changes) {
      set[random() % set.size()] = random() % 5000;
    }
    for (std::size_t size = random() % 25; set.size() < size;) {
      set.push_back(random() % 4 == 0 ? random() % 8 : random() % 5000);
    }
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    made.push_back(set);
    sets.Add(set);
  }
  return sets;
}

std::vector<std::uint32_t> BruteForce(const ShingleSets& sets, std::size_t i, double threshold) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t j = 0; j < sets.size(); ++j) {
    if (j != i && Jaccard(sets[i], sets[j]) >= threshold) found.push_back(j);
  }
  return found;
}

TEST(ExactNeighboursTest, FindsWhatComparingAllPairsFinds) {
  for (std::uint32_t seed = 1; seed <= 4; ++seed) {
    const ShingleSets sets = MakeSets(600, seed);
    for (const double threshold : {0.1, 0.5, 0.7, 0.8, 1.0}) {
      for (const std::size_t size : {std::size_t{600}, std::size_t{50}}) {
        const std::vector<std::uint32_t> sample = EvenSample(sets.size(), size);
        const auto neighbours = ExactNeighbours(sets, sample, threshold);
        ASSERT_EQ(neighbours.size(), sample.size());
        for (std::size_t s = 0; s < sample.size(); ++s) {
          ASSERT_EQ(neighbours[s], BruteForce(sets, sample[s], threshold))
              << "seed " << seed << ", threshold " << threshold << ", set " << sample[s];
        }
      }
    }
  }
}

TEST(ExactNeighboursTest, EmptySetsHaveNone) {
  ShingleSets sets;
  sets.Add({});
  sets.Add({});
  EXPECT_THAT(ExactNeighbours(sets, All(2), 0.7), ElementsAre(ElementsAre(), ElementsAre()));
}

TEST(CompareWithExactTest, CountsWhatIsFoundAndWhatIsRight) {
  ShingleSets sets;
  const std::vector<std::uint32_t> a = {1, 2, 3, 4}, b = {1, 2, 3, 5, 6, 7}, c = {8, 9};
  for (const auto& set : {a, a, a, b, c}) sets.Add(set);
  std::vector<ClusterRow> rows(5);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].story = i + 1;
  rows[1].relation = Relation::kExact;  // found
  rows[1].story = 1;
  rows[1].of = 0;
  rows[3].relation = Relation::kCopy;  // wrong
  rows[3].story = 1;
  rows[3].of = 0;
  rows[4].relation = Relation::kTemplate;  // no link
  rows[4].of = 3;
  const Agreement agreement = CompareWithExact(sets, rows, All(5), 0.7);
  EXPECT_EQ(agreement.pairs, 6u);  // each from both its sides
  EXPECT_EQ(agreement.pairs_together, 2u);
  EXPECT_EQ(agreement.duplicates, 3u);
  EXPECT_EQ(agreement.found, 2u);
  EXPECT_EQ(agreement.links, 2u);
  EXPECT_EQ(agreement.right_links, 1u);
  EXPECT_DOUBLE_EQ(agreement.recall(), 2.0 / 3);
  EXPECT_DOUBLE_EQ(agreement.precision(), 0.5);
}

TEST(CompareWithExactTest, NothingToFindIsAllFound) {
  const Agreement none;
  EXPECT_EQ(none.recall(), 1);
  EXPECT_EQ(none.precision(), 1);
}

TEST(EvenSampleTest, SpreadsOverAll) {
  EXPECT_THAT(EvenSample(10, 5), ElementsAre(0, 2, 4, 6, 8));
  EXPECT_THAT(EvenSample(3, 5), ElementsAre(0, 1, 2));
  EXPECT_TRUE(EvenSample(0, 5).empty());
}

}  // namespace
}  // namespace samestory::cli
