// Input that nobody would write by hand: nothing of it may stop the engine or spoil what is around it.
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "samestory/engine.h"

namespace samestory {
namespace {

std::vector<std::string> HostileTexts() {
  std::vector<std::string> texts = {
      "",
      " ",
      "a",
      std::string("\0\0\0", 3),
      std::string("NUL \0 inside a headline of words", 32),
      "\xff\xfe\xfd invalid bytes \xc3",
      "\xed\xa0\x80 a surrogate half",
      "\xf0\x9f\x98\x80\xf0\x9f\x98\x80 only emoji \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80",
      "<b><i><b><i>&amp;&lt;&#0;&#x110000;&unknown;</b>",
      "\xe2\x80\xae right to left \xe2\x80\xac",
      "\xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85",
      std::string(100'000, 'x'),
      std::string(100'000, ' '),
  };
  std::string words;
  for (int i = 0; i < 50'000; ++i) words += "word" + std::to_string(i % 977) + " ";
  texts.push_back(words);
  std::mt19937 random(3);
  for (int i = 0; i < 200; ++i) {
    std::string bytes(random() % 300, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    texts.push_back(std::move(bytes));
  }
  return texts;
}

class Hostile : public ::testing::TestWithParam<Match> {};

TEST_P(Hostile, EveryTextInEveryFieldIsDecidedAndGoodRecordsStayGood) {
  Options options;
  options.match = GetParam();
  auto engine = Engine::Create(options);
  ASSERT_TRUE(engine.ok());
  Record good;
  good.id = "good";
  good.title = "Granary roof falls in at Dunmore after night of storm";
  const StoryId story = (*engine)->Add(good)->story;
  int number = 0;
  for (const std::string& text : HostileTexts()) {
    for (int field = 0; field < 6; ++field) {
      const std::string id = std::to_string(number++);
      Record record;
      record.id = id;
      (field == 0   ? record.title
       : field == 1 ? record.summary
       : field == 2 ? record.text
       : field == 3 ? record.url
       : field == 4 ? record.source
                    : record.lang) = text;
      if (field > 2) record.title = "A plain title of five words";
      const auto decision = (*engine)->Add(record);
      ASSERT_TRUE(decision.ok()) << decision.status();
    }
  }
  Record again = good;
  again.id = "again";
  EXPECT_EQ((*engine)->Add(again)->story, story);
}

TEST_P(Hostile, DatesOutOfReachAreUnknown) {
  Options options;
  options.match = GetParam();
  auto engine = Engine::Create(options);
  for (const std::int64_t time : {std::int64_t{-1}, std::int64_t{0}, INT64_MAX, INT64_MIN}) {
    Record record;
    record.title = "Granary roof falls in at Dunmore";
    record.published = time;
    record.seen = time;
    EXPECT_TRUE((*engine)->Add(record).ok());
  }
  EXPECT_EQ((*engine)->stats().stories, 1u);
}

// Repetitions teach nothing: words that one headline alone has stay rare however often it comes.
TEST(HostileFlood, EqualUndatedHeadlinesStayOneStory) {
  constexpr std::size_t kItems = 24'000;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < kItems; ++i) ids.push_back(std::to_string(i));
  std::vector<Record> records(kItems);
  for (std::size_t i = 0; i < kItems; ++i) {
    records[i].id = ids[i];
    records[i].title = "Storm closes the harbour at Vell for a second day as ferries stay in port";
  }
  const auto rows = Cluster(records, Options{});
  ASSERT_TRUE(rows.ok());
  auto engine = Engine::Create(Options{});
  ASSERT_TRUE(engine.ok());
  for (std::size_t i = 0; i < kItems; ++i) {
    const Relation relation = i == 0 ? Relation::kNew : Relation::kExact;
    ASSERT_EQ((*rows)[i].relation, relation) << i;
    ASSERT_EQ((*rows)[i].size, kItems) << i;
    const auto decision = (*engine)->Add(records[i]);
    ASSERT_TRUE(decision.ok());
    ASSERT_EQ(decision->relation, relation) << i;
  }
  EXPECT_EQ((*engine)->stats().stories, 1u);
  // Nor do they spoil its words for a rewording that comes later.
  Record reworded;
  reworded.id = "reworded";
  reworded.title = "Harbour at Vell closed by storm for a second day, ferries stay in port";
  EXPECT_EQ((*engine)->Add(reworded)->story, (*rows)[0].story);
}

INSTANTIATE_TEST_SUITE_P(Engine, Hostile, ::testing::Values(Match::kJudge, Match::kJaccard),
                         [](const auto& param) {
                           return param.param == Match::kJudge ? "judge" : "jaccard";
                         });

}  // namespace
}  // namespace samestory
