#include "store/journal.h"

#include <gtest/gtest.h>

#include "scratch.h"
#include "store/schema.h"

namespace samestory::store {
namespace {

FiledDecision Filed(std::uint64_t content, StoryId story) {
  FiledDecision filed;
  filed.keys = {content, content + 1000};
  filed.decision.story = story;
  filed.decision.of = "\"" + std::to_string(story) + "\"";
  return filed;
}

class JournalTest : public testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<std::unique_ptr<Database>> opened =
        Database::Open(scratch_ / "db", Database::Mode::kReadWrite);
    ASSERT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
    ASSERT_TRUE(CreateSchema(*database_).ok());
    Append(0, {Filed(1, 10), Filed(2, 20), Filed(1, 11)});
    Append(3, {Filed(1, 12), Filed(3, 30)});
  }

  void Append(std::uint64_t first, const std::vector<FiledDecision>& filed) {
    ASSERT_TRUE(AppendJournal(*database_, first, filed).ok());
  }

  Scratch scratch_;
  std::unique_ptr<Database> database_;
};

TEST_F(JournalTest, GivesEqualRecordsTheirAnswersInOrder) {
  absl::StatusOr<Journal> journal = Journal::Read(*database_, 100);
  ASSERT_TRUE(journal.ok()) << journal.status();
  EXPECT_EQ(journal->left(), 5u);
  for (const StoryId story : {10u, 11u, 12u}) {
    const std::optional<Decision> taken = journal->Take({1, 1001});
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->story, story);
  }
  EXPECT_FALSE(journal->Take({1, 1001}));
  EXPECT_FALSE(journal->Take({9, 1009}));
  EXPECT_EQ(journal->Take({3, 1003})->story, 30u);
  EXPECT_EQ(journal->left(), 1u);
}

TEST_F(JournalTest, ReadsTheNewestRowsOnly) {
  absl::StatusOr<Journal> journal = Journal::Read(*database_, 4);
  ASSERT_TRUE(journal.ok());
  EXPECT_EQ(journal->left(), 2u);
  EXPECT_EQ(journal->Take({1, 1001})->story, 12u);
  EXPECT_EQ(*CountJournal(*database_), 5u);
}

TEST_F(JournalTest, ErasesAnItemAndEveryMentionOfIt) {
  FiledDecision mention = Filed(4, 40);
  mention.decision.of = "\"x\"";
  mention.decision.other = {{0, 1, 5, "\"x\""}, {1, 2, 6, "\"y\""}};
  Append(5, {mention});
  ASSERT_TRUE(EraseFromJournal(*database_, 1001, "\"x\"").ok());
  absl::StatusOr<Journal> journal = Journal::Read(*database_, 100);
  ASSERT_TRUE(journal.ok());
  EXPECT_EQ(journal->left(), 3u);
  EXPECT_FALSE(journal->Take({1, 1001}));
  const std::optional<Decision> left = journal->Take({4, 1004});
  ASSERT_TRUE(left);
  EXPECT_EQ(left->of, "");
  EXPECT_EQ(left->other[0].of, "");
  EXPECT_EQ(left->other[1].of, "\"y\"");
}

TEST_F(JournalTest, NamesTheDamagedRow) {
  ASSERT_TRUE(database_
                  ->Run("UPDATE journal SET decisions = substr(decisions, 2) "
                        "WHERE first = 3")
                  .ok());
  const absl::StatusOr<Journal> journal = Journal::Read(*database_, 100);
  EXPECT_TRUE(absl::IsDataLoss(journal.status()));
  EXPECT_NE(std::string(journal.status().message()).find("table journal, row 3"),
            std::string::npos);
}

}  // namespace
}  // namespace samestory::store
