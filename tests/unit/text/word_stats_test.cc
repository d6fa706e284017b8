#include "text/word_stats.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "base/math.h"
#include "support/snapshot.h"

namespace samestory {
namespace {

const Background kNothing;

TEST(WordHash, KnownAnswers) {
  // The upper half of XXH3-64 with seed 0: stored in the shipped table.
  EXPECT_EQ(WordHash("dam"), 0x6900ca5e);
  EXPECT_EQ(WordHash("नया"), 0x24af1b66);
}

TEST(WordStats, CountsTextsAndTimes) {
  WordStats stats(100, kNothing);
  stats.Learn(std::vector<std::uint32_t>{7, 8, 7});
  stats.Learn(std::vector<std::uint32_t>{8});
  EXPECT_EQ(stats.Texts(), 2);
  EXPECT_EQ(stats.RunningWords(), 4);
  EXPECT_EQ(stats.Counts(7).texts, 1);
  EXPECT_EQ(stats.Counts(7).times, 2);
  EXPECT_EQ(stats.Counts(8).texts, 2);
  EXPECT_EQ(stats.Counts(9).texts, 0);
}

TEST(WordStats, IdfAndFrequencyAreTheirFormulas) {
  WordStats stats(100, kNothing);
  EXPECT_DOUBLE_EQ(stats.Idf(7), std::log(2.0));
  for (int i = 0; i < 9; ++i) stats.Learn(std::vector<std::uint32_t>{8, 8, 9});
  stats.Learn(std::vector<std::uint32_t>{7});
  EXPECT_DOUBLE_EQ(stats.Idf(7), std::log(11 / 1.5));
  EXPECT_DOUBLE_EQ(stats.Idf(8), std::log(11 / 9.5));
  EXPECT_DOUBLE_EQ(stats.MaxIdf(), std::log(11 / 0.5));
  EXPECT_DOUBLE_EQ(stats.Idf(1000), stats.MaxIdf());
  EXPECT_DOUBLE_EQ(stats.Frequency(8), 18.5 / 29);
  EXPECT_GT(stats.Frequency(1000), 0);
}

TEST(WordStats, IdfIsNeverNegative) {
  WordStats stats(100, kNothing);
  for (int i = 0; i < 50; ++i) stats.Learn(std::vector<std::uint32_t>{1});
  EXPECT_GE(stats.Idf(1), 0);
}

TEST(WordStats, AddsTheBackground) {
  const Background& shipped = ShippedBackground();
  WordStats stats(100, shipped);
  const std::uint32_t word = WordHash("government");
  const WordCounts before = stats.Counts(word);
  EXPECT_EQ(before.texts, shipped.DocumentFrequency(word));
  EXPECT_EQ(stats.Texts(), shipped.texts);
  stats.Learn(std::vector<std::uint32_t>{word, word});
  EXPECT_EQ(stats.Counts(word).texts, before.texts + 1);
  EXPECT_EQ(stats.Counts(word).times, before.times + 2);
  EXPECT_EQ(stats.Texts(), shipped.texts + 1);
}

TEST(WordStats, ForgetsRareWordsWhenFull) {
  WordStats stats(64, kNothing);
  for (std::uint32_t i = 0; i < 1000; ++i) {
    stats.Learn(std::vector<std::uint32_t>{1, 2, 1000 + i});
    ASSERT_LE(stats.num_learned(), 64u);
  }
  // What stands in every text still does.
  EXPECT_NEAR(stats.Counts(1).texts, stats.Texts(), 20);
  EXPECT_GT(stats.Counts(1).texts, 0);
  EXPECT_LT(stats.Counts(1000).texts, 1);
}

TEST(WordStats, ManyIdfsAreThoseOfEach) {
  WordStats stats(500);
  std::vector<std::uint32_t> words;
  std::vector<double> idfs(100);
  for (std::uint32_t round = 0; round < 50; ++round) {
    words.clear();
    for (std::uint32_t i = 0; i < 100; ++i) words.push_back(i % 70 * (round + 1) * 2654435761u);
    stats.Idfs(words, idfs);
    for (std::size_t i = 0; i < words.size(); ++i) EXPECT_EQ(idfs[i], stats.Idf(words[i]));
    stats.Learn(std::span(words).first(round));
    stats.Idfs(words, idfs);
    for (std::size_t i = 0; i < words.size(); ++i) {
      EXPECT_EQ(idfs[i], std::max(0.0, StableLog(stats.Texts() + 1) -
                                       StableLog(stats.Counts(words[i]).texts + 0.5)));
    }
  }
}

TEST(WordStats, IsTheSameForTheSameSequence) {
  WordStats a(64, kNothing), b(64, kNothing);
  for (WordStats* stats : {&a, &b}) {
    for (std::uint32_t i = 0; i < 500; ++i) {
      stats->Learn(std::vector<std::uint32_t>{i % 7, i % 31, i * 2654435761u});
    }
  }
  EXPECT_EQ(a.Texts(), b.Texts());
  for (std::uint32_t word = 0; word < 31; ++word) EXPECT_EQ(a.Idf(word), b.Idf(word));
}

// What was learned and what the background has count together, before and after.
TEST(WordStats, LoadsWhatItSaved) {
  const std::vector<std::uint32_t> words = {WordHash("river"), WordHash("qzxv"), WordHash("the")};
  WordStats stats;
  const double never_learned = stats.Idf(words[0]);
  stats.Learn(words);
  stats.Learn(words);
  test::MemorySnapshot snapshot;
  SnapshotWriter out(snapshot, "words");
  stats.Save(out);
  ASSERT_TRUE(out.Finish().ok());
  SnapshotReader in(snapshot, "words");
  WordStats loaded;
  loaded.Load(in);
  ASSERT_TRUE(in.Finish().ok());
  EXPECT_NE(stats.Idf(words[0]), never_learned);
  for (const std::uint32_t word : words) {
    const double texts = ShippedBackground().DocumentFrequency(word) + 2;
    EXPECT_EQ(stats.Idf(word), std::max(0.0, StableLog(stats.Texts() + 1) - StableLog(texts + 0.5)));
    EXPECT_EQ(loaded.Idf(word), stats.Idf(word));
  }
}

}  // namespace
}  // namespace samestory
