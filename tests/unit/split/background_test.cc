#include "text/background.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "samestory/text.h"
#include "text/word_stats.h"

namespace samestory {
namespace {

TEST(CountCode, IsExactWhereCountsAreSmall) {
  for (std::uint64_t count = 0; count <= 16; ++count) {
    EXPECT_EQ(CountOfCode(CountCode(count)), count);
  }
}

TEST(CountCode, EveryCodeIsTheCodeOfItsCount) {
  for (int code = 0; code < 256; ++code) {
    EXPECT_EQ(CountCode(CountOfCode(static_cast<std::uint8_t>(code))), code);
  }
}

TEST(CountCode, IsWithinASixteenthAndNeverFalls) {
  std::uint64_t last = 0;
  for (std::uint64_t count = 1; count < std::uint64_t{15} << 30; count += 1 + count / 37) {
    const auto decoded = static_cast<double>(CountOfCode(CountCode(count)));
    EXPECT_NEAR(decoded, static_cast<double>(count), static_cast<double>(count) / 16);
    EXPECT_GE(decoded, static_cast<double>(last));
    last = CountOfCode(CountCode(count));
  }
}

TEST(CountCode, SaturatesAtItsLargest) {
  EXPECT_EQ(CountOfCode(CountCode(~std::uint64_t{0})), std::uint64_t{15} << 30);
}

TEST(Background, AgreesWithAMapOnRandomTables) {
  std::mt19937 random(7);
  std::map<std::uint32_t, BackgroundWord> words;
  for (int i = 0; i < 20'000; ++i) {
    const std::uint32_t hash = random();
    words[hash] = {hash, random() % 17, random() % 17, static_cast<double>(random() % 8) - 4,
                   static_cast<double>(random() % 7) - 3};
  }
  std::vector<BackgroundWord> list;
  for (const auto& [hash, word] : words) list.push_back(word);
  std::shuffle(list.begin(), list.end(), random);
  const auto bytes = EncodeBackground(list, 123, 4567);
  ASSERT_TRUE(bytes.ok());
  const auto table = Background::Parse(*bytes);
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->words(), words.size());
  EXPECT_EQ(table->texts, 123);
  EXPECT_EQ(table->running_words, 4567);
  for (int i = 0; i < 40'000; ++i) {
    const std::uint32_t hash = i % 2 ? list[random() % list.size()].hash : random();
    const auto found = words.find(hash);
    const BackgroundWord expected = found == words.end() ? BackgroundWord{} : found->second;
    ASSERT_EQ(table->DocumentFrequency(hash), static_cast<double>(expected.documents));
    ASSERT_EQ(table->TermCount(hash), static_cast<double>(expected.occurrences));
    ASSERT_NEAR(table->Opening(hash), expected.opening, 1.0 / 32);
    ASSERT_NEAR(table->Title(hash), expected.title, 1.0 / 32);
  }
}

TEST(Background, AddsTheCountsOfEqualHashes) {
  const auto bytes = EncodeBackground({{5, 2, 3, 0, 0}, {9, 1, 1, 0, 0}, {5, 4, 5, 0, 0}}, 10, 20);
  ASSERT_TRUE(bytes.ok());
  const auto table = Background::Parse(*bytes);
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->DocumentFrequency(5), 6);
  EXPECT_EQ(table->TermCount(5), 8);
}

TEST(Background, RefusesDamagedBytes) {
  const auto bytes = EncodeBackground({{5, 2, 3, 0, 0}, {0x90000, 1, 1, 0, 0}}, 10, 20);
  ASSERT_TRUE(bytes.ok());
  for (std::size_t at = 0; at < bytes->size(); at += at < 64 ? 1 : 997) {
    std::string damaged = *bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
    const bool in_totals = at >= 16 && at < 32;  // texts and running words are not summed
    EXPECT_EQ(Background::Parse(damaged).ok(), in_totals) << at;
  }
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{7}, std::size_t{39}, bytes->size() - 1}) {
    EXPECT_FALSE(Background::Parse(bytes->substr(0, size)).ok()) << size;
  }
}

TEST(Background, RefusesAnOverfullBucket) {
  std::vector<BackgroundWord> words;
  for (std::uint32_t i = 0; i < 256; ++i) words.push_back({i, 1, 1, 0, 0});
  EXPECT_EQ(EncodeBackground(words, 1, 1).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ShippedBackground, IsSoundAndSmall) {
  EXPECT_TRUE(Background::Parse(ShippedBackgroundBytes()).ok());
  EXPECT_LE(ShippedBackgroundBytes().size(), 3'000'000u);
  EXPECT_LE(ShippedBackground().MemoryBytes(), 8'000'000u);
  EXPECT_GT(ShippedBackground().words(), 100'000u);
}

TEST(ShippedBackground, KnowsCommonWordsOfManyLanguages) {
  const Background& table = ShippedBackground();
  for (const char* word : {"the", "und", "les", "los", "не", "के", "的"}) {
    EXPECT_GT(table.DocumentFrequency(WordHash(word)), table.texts / 5) << word;
  }
  EXPECT_LT(table.DocumentFrequency(WordHash("photosynthesis")), table.texts / 100);
}

TEST(ShippedBackground, KnowsTheWordsOfTitles) {
  EXPECT_LT(ShippedBackground().Title(WordHash("was")), -0.3);
  EXPECT_LT(ShippedBackground().Title(WordHash("that")), -0.3);
  EXPECT_GT(ShippedBackground().Title(WordHash("vs")), 0.3);
}

TEST(ShippedBackground, KnowsWhatOpensATextAndWhatContinuesIt) {
  EXPECT_LT(ShippedBackground().Opening(WordHash("also")), -0.2);
  EXPECT_LT(ShippedBackground().Opening(WordHash("however")), -0.2);
  EXPECT_EQ(ShippedBackground().Opening(WordHash("qwertzuiop")), 0);
}

}  // namespace
}  // namespace samestory
