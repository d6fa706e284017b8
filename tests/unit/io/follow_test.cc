#include "io/follow.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "unit/io/io_testing.h"

namespace samestory::io {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Item(const std::string& id) { return "{\"id\":\"" + id + "\"}\n"; }

void Append(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::app) << bytes;
}

class FollowTest : public testing::Test {
 protected:
  std::unique_ptr<FollowedInput> Open(const std::string& path,
                                      const std::vector<std::string>& memory = {}) {
    auto input =
        Follow(path, options_, memory, [this](const BadRecord& bad) { bad_.push_back(bad); });
    EXPECT_TRUE(input.ok()) << input.status();
    return *std::move(input);
  }

  // What is there now. Several looks, since a look may end at a bad line.
  static std::vector<std::string> Ids(FollowedInput& input) {
    std::vector<InputRecord> records;
    for (int look = 0; look < 5; ++look) {
      const auto count = input.Take(records, 1000);
      EXPECT_TRUE(count.ok()) << count.status();
    }
    std::vector<std::string> ids;
    for (const InputRecord& record : records) ids.emplace_back(record.record.id);
    return ids;
  }

  TempDir dir_;
  ReaderOptions options_;
  std::vector<BadRecord> bad_;
};

TEST_F(FollowTest, AFileIsReadAsItGrowsByWholeLines) {
  const std::string path = dir_.Write("river.ndjson", Item("a"));
  const auto input = Open(path);
  EXPECT_THAT(Ids(*input), ElementsAre("a"));
  EXPECT_THAT(Ids(*input), IsEmpty());
  Append(path, "{\"id\":");
  EXPECT_THAT(Ids(*input), IsEmpty());
  Append(path, "\"b\"}\n" + Item("c") + "\n\n");
  EXPECT_THAT(Ids(*input), ElementsAre("b", "c"));
  Append(path, "not JSON\n");
  EXPECT_THAT(Ids(*input), IsEmpty());
  Append(path, Item("d"));
  EXPECT_THAT(Ids(*input), ElementsAre("d"));
  ASSERT_EQ(bad_.size(), 1u);
  EXPECT_EQ(bad_[0].line, 6u);
}

TEST_F(FollowTest, ARotatedFileIsReadToItsEndAndThenTheNewOne) {
  const std::string path = dir_.Write("river.ndjson", Item("a"));
  const auto input = Open(path);
  EXPECT_THAT(Ids(*input), ElementsAre("a"));
  Append(path, Item("b"));
  std::filesystem::rename(path, path + ".1");
  EXPECT_THAT(Ids(*input), ElementsAre("b"));
  Append(path + ".1", Item("c"));
  EXPECT_THAT(Ids(*input), ElementsAre("c"));
  Append(path + ".1", "{\"id\":\"d\"}");  // never ended
  dir_.Write("river.ndjson", Item("e"));
  EXPECT_THAT(Ids(*input), ElementsAre("d", "e"));
}

TEST_F(FollowTest, ATruncatedFileIsReadFromItsBeginning) {
  const std::string path = dir_.Write("river.ndjson", Item("a") + Item("b"));
  const auto input = Open(path);
  EXPECT_THAT(Ids(*input), ElementsAre("a", "b"));
  dir_.Write("river.ndjson", Item("c"));
  EXPECT_THAT(Ids(*input), ElementsAre("c"));
}

TEST_F(FollowTest, LinesThatAreTooLongAreSkipped) {
  options_.max_line_bytes = 20;
  const std::string path = dir_.Write("river.ndjson", std::string(1000, 'x'));
  const auto input = Open(path);
  EXPECT_THAT(Ids(*input), IsEmpty());
  EXPECT_EQ(bad_.size(), 1u);
  Append(path, std::string(100'000, 'x'));
  Append(path, "\n" + Item("a"));
  EXPECT_THAT(Ids(*input), ElementsAre("a"));
  EXPECT_EQ(bad_.size(), 1u);
}

TEST_F(FollowTest, APipeOutlivesItsWriters) {
  const std::string path = dir_.Path("pipe");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const auto input = Open(path);
  EXPECT_GE(input->fd(), 0);
  EXPECT_THAT(Ids(*input), IsEmpty());
  Append(path, Item("a"));
  EXPECT_THAT(Ids(*input), ElementsAre("a"));
  EXPECT_FALSE(input->ended());
  Append(path, Item("b"));
  EXPECT_THAT(Ids(*input), ElementsAre("b"));
}

TEST_F(FollowTest, WhatWasTakenOfAFileIsRemembered) {
  const std::string path = dir_.Write("river.ndjson", Item("a") + Item("b"));
  const auto input = Open(path);
  std::vector<InputRecord> records;
  ASSERT_EQ(*input->Take(records, 1), 1u);
  const std::vector<std::string> memory = input->Memory();
  EXPECT_THAT(Ids(*Open(path, memory)), ElementsAre("b"));
  EXPECT_THAT(Ids(*Open(path)), ElementsAre("a", "b"));
  // Another file of that name is read whole, after the rest of the old one.
  std::filesystem::rename(path, path + ".1");
  dir_.Write("river.ndjson", Item("c") + Item("d"));
  const auto rotated = Open(path, memory);
  EXPECT_THAT(Ids(*rotated), ElementsAre("b", "c", "d"));
  EXPECT_THAT(Ids(*Open(path, rotated->Memory())), IsEmpty());
  // What is gone, or shorter than it was, is not looked for.
  std::filesystem::resize_file(path + ".1", 3);
  EXPECT_THAT(Ids(*Open(path, memory)), ElementsAre("c", "d"));
  std::filesystem::remove(path + ".1");
  EXPECT_THAT(Ids(*Open(path, memory)), ElementsAre("c", "d"));
}

TEST_F(FollowTest, WhatWasTakenIsStillKnownAfterARunWithNothingNew) {
  const std::string path = dir_.Write("river.ndjson", Item("a"));
  const auto first = Open(path);
  EXPECT_THAT(Ids(*first), ElementsAre("a"));
  const auto second = Open(path, first->Memory());
  EXPECT_THAT(Ids(*second), IsEmpty());
  const auto third = Open(path, second->Memory());
  EXPECT_THAT(Ids(*third), IsEmpty());
  Append(path, Item("b"));
  EXPECT_THAT(Ids(*third), ElementsAre("b"));
}

TEST_F(FollowTest, TheRestOfARotatedFileIsTakenUpInItsMiddle) {
  const std::string path = dir_.Write("river.ndjson", Item("a") + Item("b") + Item("c"));
  const auto input = Open(path);
  std::vector<InputRecord> records;
  ASSERT_EQ(*input->Take(records, 1), 1u);
  std::filesystem::rename(path, dir_.Path("river.ndjson-20260302"));
  dir_.Write("river.ndjson", Item("d"));
  const auto again = Open(path, input->Memory());
  ASSERT_EQ(*again->Take(records, 1), 1u);  // ended in the old file
  EXPECT_THAT(Ids(*Open(path, again->Memory())), ElementsAre("c", "d"));
}

TEST_F(FollowTest, FilesAreTakenWhenTheyAreComplete) {
  std::filesystem::create_directory(dir_.Path("drop"));
  dir_.Write("before.ndjson", Item("b"));
  std::filesystem::last_write_time(
      dir_.Path("before.ndjson"),
      std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  std::filesystem::rename(dir_.Path("before.ndjson"), dir_.Path("drop/before.ndjson"));
  const auto input = Open(dir_.Path("drop"));
  EXPECT_THAT(Ids(*input), ElementsAre("b"));
  {
    std::ofstream open_file(dir_.Path("drop/slow.ndjson"));
    open_file << Item("s") << std::flush;
    EXPECT_THAT(Ids(*input), IsEmpty());
  }
  EXPECT_THAT(Ids(*input), ElementsAre("s"));
  dir_.Write("moved.xml", "<rss><channel><item><guid>m</guid></item></channel></rss>");
  std::filesystem::rename(dir_.Path("moved.xml"), dir_.Path("drop/moved.xml"));
  dir_.Write("drop/.hidden", Item("h"));
  dir_.Write("drop/half.part", Item("p"));
  EXPECT_THAT(Ids(*input), ElementsAre("m"));
  // A file is a new one when it was changed, and only then.
  dir_.Write("drop/slow.ndjson", Item("s") + Item("t"));
  EXPECT_THAT(Ids(*input), ElementsAre("s", "t"));
  EXPECT_THAT(Ids(*input), IsEmpty());
  EXPECT_THAT(Ids(*Open(dir_.Path("drop"), input->Memory())), IsEmpty());
}

// What `input` gives within some seconds.
std::vector<std::string> IdsInTime(FollowedInput& input) {
  std::vector<InputRecord> records;
  for (int look = 0; look < 300 && records.empty(); ++look) {
    EXPECT_TRUE(input.Take(records, 1000).ok());
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  std::vector<std::string> ids;
  for (const InputRecord& record : records) ids.emplace_back(record.record.id);
  return ids;
}

TEST_F(FollowTest, AFileFromTheFutureIsTaken) {
  std::filesystem::create_directory(dir_.Path("drop"));
  dir_.Write("drop/late.ndjson", Item("l"));
  std::filesystem::last_write_time(
      dir_.Path("drop/late.ndjson"),
      std::filesystem::file_time_type::clock::now() + std::chrono::hours(1000));
  const auto input = Open(dir_.Path("drop"));
  EXPECT_THAT(IdsInTime(*input), ElementsAre("l"));
  EXPECT_THAT(Ids(*input), IsEmpty());
}

TEST_F(FollowTest, ADirectoryThatIsMadeAnewIsFollowed) {
  std::filesystem::create_directory(dir_.Path("drop"));
  dir_.Write("drop/a.ndjson", Item("a"));
  const auto input = Open(dir_.Path("drop"));
  EXPECT_THAT(IdsInTime(*input), ElementsAre("a"));
  std::filesystem::rename(dir_.Path("drop"), dir_.Path("gone"));
  for (int look = 0; look < 300 && bad_.empty(); ++look) {
    EXPECT_THAT(Ids(*input), IsEmpty());
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ASSERT_EQ(bad_.size(), 1u);
  EXPECT_EQ(bad_[0].file, dir_.Path("drop"));
  std::filesystem::create_directory(dir_.Path("drop"));
  dir_.Write("drop/b.ndjson", Item("b"));
  EXPECT_THAT(IdsInTime(*input), ElementsAre("b"));
  EXPECT_EQ(bad_.size(), 1u);
}

TEST_F(FollowTest, AFileThatCannotBeReadCostsNoOther) {
  std::filesystem::create_directory(dir_.Path("drop"));
  const auto input = Open(dir_.Path("drop"));
  dir_.Write("drop/a.xml", "<html><body>no feed");
  dir_.Write("drop/b.ndjson", Item("b"));
  options_.format = InputFormat::kAuto;
  EXPECT_FALSE(Ids(*input).empty());
  dir_.Write("drop/c.rss", "<other/>");
  dir_.Write("drop/d.ndjson", Item("d"));
  EXPECT_THAT(Ids(*input), ElementsAre("d"));
  ASSERT_FALSE(bad_.empty());
  EXPECT_EQ(bad_.back().file, dir_.Path("drop/c.rss"));
}

TEST_F(FollowTest, WhatCannotBeFollowedIsAnError) {
  EXPECT_FALSE(Follow(dir_.Path("none"), options_, {}, {}).ok());
  options_.format = InputFormat::kFeed;
  EXPECT_TRUE(
      absl::IsInvalidArgument(Follow(dir_.Write("feed.xml", ""), options_, {}, {}).status()));
}

}  // namespace
}  // namespace samestory::io
