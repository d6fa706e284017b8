#include "store/verify.h"

#include <gtest/gtest.h>

#include "scratch.h"
#include "store/read_state.h"
#include "store/repair.h"

namespace samestory::store {
namespace {

class VerifyTest : public testing::Test {
 protected:
  void SetUp() override {
    const test::Headlines headlines = test::MadeHeadlines(300, 1);
    const std::unique_ptr<State> state = OpenState(scratch_ / "state");
    Add(*state, std::span(headlines.records()).first(200));
    ASSERT_TRUE(state->SaveSnapshot().ok());
    Add(*state, std::span(headlines.records()).subspan(200, 50));
    Add(*state, std::span(headlines.records()).subspan(250, 50));
  }

  void Change(const std::string& sql) {
    auto database = Database::Open(scratch_ / "state/state.db", Database::Mode::kReadWrite);
    ASSERT_TRUE(database.ok());
    const absl::Status status = (*database)->Run(sql);
    ASSERT_TRUE(status.ok()) << status;
  }

  // Changed so, the state has a problem that tells of `named`.
  void ExpectFound(const std::string& sql, const std::string& named) {
    Change(sql);
    const VerifyReport report = Verify(scratch_ / "state", {});
    ASSERT_FALSE(report.problems.empty()) << sql;
    bool found = false;
    for (const std::string& problem : report.problems)
      found |= problem.find(named) != std::string::npos;
    EXPECT_TRUE(found) << report.problems[0];
  }

  Scratch scratch_;
};

TEST_F(VerifyTest, WholeState) {
  const VerifyReport report = Verify(scratch_ / "state", {});
  EXPECT_TRUE(report.problems.empty()) << report.problems[0];
  ASSERT_TRUE(report.loaded);
  EXPECT_EQ(report.loaded->records, 300u);
  EXPECT_TRUE(report.run_open);
}

TEST_F(VerifyTest, NoState) { EXPECT_FALSE(Verify(scratch_ / "nowhere", {}).problems.empty()); }

TEST_F(VerifyTest, LostSection) {
  ExpectFound("DELETE FROM section WHERE name = 'stories'", "'stories'");
}

TEST_F(VerifyTest, DamagedNote) {
  {
    const std::unique_ptr<State> state = OpenState(scratch_ / "state");
    EXPECT_TRUE(state->SetNote("copies", std::string(2'500'000, 'n')).ok());
    EXPECT_TRUE(state->SetNote("others", "whole").ok());
  }
  EXPECT_TRUE(Verify(scratch_ / "state", {}).problems.empty());
  ExpectFound("UPDATE note SET bytes = zeroblob(length(bytes)) WHERE part = 1", "'copies'");
  ASSERT_TRUE(Repair(scratch_ / "state", {}).ok());
  EXPECT_TRUE(Verify(scratch_ / "state", {}).problems.empty());
  const std::unique_ptr<State> state = OpenState(scratch_ / "state");
  EXPECT_TRUE(state->Note("copies")->empty());
  EXPECT_EQ(state->Note("others").value(), "whole");
}

TEST_F(VerifyTest, LostNotePiece) {
  {
    const std::unique_ptr<State> state = OpenState(scratch_ / "state");
    EXPECT_TRUE(state->SetNote("copies", std::string(2'500'000, 'n')).ok());
  }
  ExpectFound("DELETE FROM note WHERE part = 2", "'copies'");
}

TEST_F(VerifyTest, ChangedSection) {
  ExpectFound("UPDATE section SET bytes = zeroblob(length(bytes)) WHERE name = 'stories'",
              "'stories'");
}

TEST_F(VerifyTest, LostLogRow) {
  ExpectFound("DELETE FROM log WHERE first = 200", "records 200 to 250 are missing");
}

TEST_F(VerifyTest, ChangedLogRow) {
  ExpectFound("UPDATE log SET records = zeroblob(100) WHERE first = 250", "table log, row 250");
}

TEST_F(VerifyTest, MovedLogRow) {
  ExpectFound("UPDATE log SET first = 400 WHERE first = 250", "table log, row 400");
}

TEST_F(VerifyTest, LostJournalRow) {
  ExpectFound("DELETE FROM journal WHERE first = 200", "decisions 200 to 250 are missing");
}

TEST_F(VerifyTest, DecisionsOfAnotherVersion) {
  // A whole row, but with what another engine decided.
  DecisionBatch other;
  other.first = 250;
  other.filed.resize(50);
  std::string blob;
  EncodeDecisions(other.first, other.filed, blob);
  auto database = Database::Open(scratch_ / "state/state.db", Database::Mode::kReadWrite);
  ASSERT_TRUE(AppendJournal(**database, other.first, other.filed).ok());
  database->reset();
  const VerifyReport report = Verify(scratch_ / "state", {});
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_NE(report.problems[0].find("made by another version"), std::string::npos);
  const absl::Status opened = State::Open(scratch_ / "state", {}, {}).status();
  EXPECT_TRUE(absl::IsDataLoss(opened)) << opened;
}

TEST_F(VerifyTest, ChangedFact) {
  ExpectFound("UPDATE meta SET value = '0.9' WHERE name = 'option.threshold'", "option.threshold");
}

TEST_F(VerifyTest, LostFact) {
  ExpectFound("DELETE FROM meta WHERE name = 'snapshot'", "snapshot");
}

TEST_F(VerifyTest, LostTable) { ExpectFound("DROP TABLE journal", "is damaged: table"); }

class RepairTest : public VerifyTest {
 protected:
  RepairReport RepairAfter(const std::string& sql) {
    Change(sql);
    const absl::StatusOr<RepairReport> report = Repair(scratch_ / "state", {});
    EXPECT_TRUE(report.ok()) << report.status();
    const VerifyReport verified = Verify(scratch_ / "state", {});
    EXPECT_TRUE(verified.problems.empty()) << verified.problems[0];
    return report.ok() ? *report : RepairReport();
  }

  std::vector<Decision> Replay() {
    const test::Headlines headlines = test::MadeHeadlines(300, 1);
    return Add(*OpenState(scratch_ / "state"), headlines.records());
  }
};

TEST_F(RepairTest, LostLogRowIsDecidedAnew) {
  const std::vector<Decision> expected = DecideInMemory(test::MadeHeadlines(300, 1).records());
  const RepairReport report = RepairAfter("UPDATE log SET records = x'00' WHERE first = 200");
  EXPECT_EQ(report.lost.size(), 2u);
  EXPECT_TRUE(std::filesystem::exists(report.damaged_file));
  EXPECT_EQ(ReadState::Open(scratch_ / "state", {})->loaded().records, 200u);
  EXPECT_TRUE(Same(Replay(), expected));
}

TEST_F(RepairTest, LostJournalRowLosesItsAnswersOnly) {
  const RepairReport report = RepairAfter("UPDATE journal SET decisions = x'00' WHERE first = 0");
  EXPECT_EQ(report.lost.size(), 1u);
  EXPECT_EQ(ReadState::Open(scratch_ / "state", {})->loaded().records, 300u);
  const std::vector<Decision> given = Replay();
  EXPECT_EQ(given[5].relation, Relation::kExact);
  EXPECT_NE(given[250].of, test::MadeHeadlines(300, 1).records()[250].id);
}

TEST_F(RepairTest, LostSnapshotBeginsAnewWithTheLog) {
  const RepairReport report = RepairAfter("DELETE FROM section WHERE name = 'stories'");
  EXPECT_EQ(report.lost.size(), 1u);
  const absl::StatusOr<ReadState> state = ReadState::Open(scratch_ / "state", {});
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(state->loaded().records, 400u);
  const test::Headlines headlines = test::MadeHeadlines(300, 1);
  const absl::StatusOr<Decision> known = state->Query(headlines.records()[250]);
  EXPECT_EQ(known->relation, Relation::kExact);
  EXPECT_GT(known->story, 300u) << "no story id is used again";
}

TEST_F(RepairTest, LostSeedCannotBeRepaired) {
  Change("DELETE FROM meta WHERE name = 'option.seed'");
  EXPECT_TRUE(absl::IsDataLoss(Repair(scratch_ / "state", {}).status()));
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "state/state.db.repair"));
}

}  // namespace
}  // namespace samestory::store
