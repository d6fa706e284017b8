#include "cli/side_by_side.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/console.h"
#include "samestory/options.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kRecords = 5000, kBatch = 7;

class SideBySide : public testing::TestWithParam<int> {
 protected:
  SideBySide()
      : path_(std::filesystem::temp_directory_path() /
              absl::StrCat("samestory_side_by_side_", ::getpid(), "_", GetParam())) {
    std::ofstream file(path_);
    for (std::size_t i = 0; i < kRecords; ++i) {
      if (i == kBadLine) file << "no object\n";
      file << R"({"id":)" << i << R"(,"title":"Harbour bridge number )" << i << " opens\"}\n";
    }
    flags_.files = {path_.string()};
    flags_.options.match = Match::kJaccard;
    clusterer_ = Clusterer::Create(flags_.options).value();
  }
  ~SideBySide() override { std::filesystem::remove(path_); }

  // `take` after the ids were put into `ids_`, the engine was given the records, and no other call
  // of it was seen.
  absl::Status Read(const std::function<absl::Status()>& take) {
    BatchReader reader(flags_, kBatch, console_);
    return ReadSideBySide(reader, GetParam(),
                          {[&](const Batch& batch, PreparedRecords& prepared) {
                             clusterer_->Prepare(batch.views, prepared);
                           },
                           [&](const Batch& batch, PreparedRecords& prepared) {
                             EXPECT_FALSE(taking_.exchange(true));
                             ids_.insert(ids_.end(), batch.ids.begin(), batch.ids.end());
                             absl::Status status = clusterer_->Add(batch.views, prepared);
                             if (status.ok()) status = take();
                             taking_ = false;
                             return status;
                           }});
  }

  static constexpr std::size_t kBadLine = 3000;
  std::filesystem::path path_;
  CommonFlags flags_;
  Console console_{true, false};
  std::unique_ptr<Clusterer> clusterer_;
  std::vector<std::string> ids_;
  std::atomic<bool> taking_ = false;
};

TEST_P(SideBySide, TakesEveryBatchOnceAndInOrder) {
  ASSERT_TRUE(Read([] { return absl::OkStatus(); }).ok());
  ASSERT_EQ(ids_.size(), kRecords);
  for (std::size_t i = 0; i < kRecords; ++i) EXPECT_EQ(ids_[i], absl::StrCat(i));
  EXPECT_EQ(clusterer_->size(), kRecords);
  EXPECT_EQ(console_.bad(), 1u);
}

TEST_P(SideBySide, StopsAtTheFirstBatchThatFails) {
  const absl::Status status = Read([this] {
    return ids_.size() > 1000 ? absl::ResourceExhaustedError("full") : absl::OkStatus();
  });
  EXPECT_EQ(status, absl::ResourceExhaustedError("full"));
  EXPECT_EQ(ids_.size(), (1000 / kBatch + 1) * kBatch);
}

TEST_P(SideBySide, AFileThatCannotBeReadDoesNotStopTheOthers) {
  flags_.files.insert(flags_.files.begin(), path_.string() + ".absent");
  ASSERT_TRUE(Read([] { return absl::OkStatus(); }).ok());
  EXPECT_EQ(ids_.size(), kRecords);
  EXPECT_NE(console_.ExitStatus(), 0);
}

TEST_P(SideBySide, UnderStrictTheErrorComesAfterTheRecordsBefore) {
  flags_.strict = true;
  flags_.files.push_back(path_.string() + ".absent");
  Console console(true, false);
  BatchReader reader(flags_, kBatch, console);
  std::size_t taken = 0;
  const absl::Status status =
      ReadSideBySide(reader, GetParam(),
                     {[](const Batch&, PreparedRecords&) {},
                      [&](const Batch& batch, PreparedRecords&) {
                        taken += batch.records.size();
                        return absl::OkStatus();
                      }});
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound) << status;
  EXPECT_EQ(taken, kRecords);
}

INSTANTIATE_TEST_SUITE_P(Threads, SideBySide, testing::Values(1, 2, 5));

}  // namespace
}  // namespace samestory::cli
