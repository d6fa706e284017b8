#include "cli/event_log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/event_line.h"
#include "cli/event_replay.h"

namespace samestory::cli {
namespace {

StoryEvent Event(StoryEvent::Kind kind, StoryId story, std::string_view id = {}, StoryId into = 0) {
  StoryEvent event;
  event.kind = kind;
  event.story = story;
  event.into = into;
  event.id = id;
  return event;
}

constexpr auto kStory = StoryEvent::Kind::kStory;
constexpr auto kMember = StoryEvent::Kind::kMember;
constexpr auto kMerge = StoryEvent::Kind::kMerge;
constexpr auto kExpire = StoryEvent::Kind::kExpire;

TEST(EventLine, KnownLines) {
  EXPECT_EQ(EventLine(1, Event(kStory, 1, "\"a1\"")),
            "{\"n\":1,\"event\":\"story\",\"story\":\"s1\",\"id\":\"a1\",\"relation\":\"new\"}\n");
  EXPECT_EQ(EventLine(3, Event(kMerge, 2, {}, 1)),
            "{\"n\":3,\"event\":\"merge\",\"story\":\"s2\",\"into\":\"s1\"}\n");
  EXPECT_EQ(EventLine(4, Event(kExpire, 1)), "{\"n\":4,\"event\":\"expire\",\"story\":\"s1\"}\n");
}

TEST(EventLine, ReadsBackWhatItWrites) {
  for (const StoryEvent& event :
       {Event(kStory, 7, "17"), Event(kMember, 7, "\"with \\\" and \\\\ and }\""),
        Event(kMerge, 9, {}, 7), Event(kExpire, 7)}) {
    std::string line = EventLine(12, event);
    line.pop_back();
    const std::optional<ReadEvent> read = ParseEventLine(line);
    ASSERT_TRUE(read) << line;
    EXPECT_EQ(read->number, 12u);
    EXPECT_EQ(read->event.id, event.id);
    EXPECT_EQ(read->event.into, event.into);
    for (std::size_t cut = 0; cut < line.size(); ++cut) {
      EXPECT_FALSE(ParseEventLine(std::string_view(line).substr(0, cut))) << cut;
    }
    EXPECT_FALSE(ParseEventLine(line + " "));
  }
}

class EventLogTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ =
        std::filesystem::temp_directory_path() / ("samestory-events-" + std::to_string(::getpid()));
    std::filesystem::remove(path_);
  }
  void TearDown() override { std::filesystem::remove(path_); }

  std::string Bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  // A file of the events 1 to `last`.
  void Fill(std::uint64_t last) {
    std::filesystem::remove(path_);
    Open();
    for (std::uint64_t n = 1; n <= last; ++n) log_->Add(n, Event(kStory, n, "\"x\""));
    ASSERT_TRUE(log_->Align(last).ok());
    log_.reset();
  }

  void Open() {
    absl::StatusOr<std::unique_ptr<EventLog>> opened = EventLog::Open(path_.string());
    ASSERT_TRUE(opened.ok()) << opened.status();
    log_ = *std::move(opened);
  }

  // As a state that tells the events from `from` on again, up to `committed`.
  absl::Status Reopen(std::uint64_t from, std::uint64_t committed) {
    Open();
    for (std::uint64_t n = from; n <= committed; ++n) log_->Add(n, Event(kStory, n, "\"x\""));
    return log_->Align(committed);
  }

  std::filesystem::path path_;
  std::unique_ptr<EventLog> log_;
};

TEST_F(EventLogTest, EveryCutIsMadeGood) {
  Fill(20);
  const std::string whole = Bytes();
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << whole.substr(0, cut);
    ASSERT_TRUE(Reopen(1, 20).ok()) << cut;
    EXPECT_EQ(Bytes(), whole) << cut;
  }
}

TEST_F(EventLogTest, WhatWasNotCommittedIsCutOff) {
  Fill(15);
  const std::string committed = Bytes();
  Fill(20);
  ASSERT_TRUE(Reopen(12, 15).ok());
  EXPECT_EQ(Bytes(), committed);
  log_->Add(16, Event(kExpire, 3));
  log_->Take();  // and dropped
  log_->Add(16, Event(kExpire, 4));
  ASSERT_TRUE(log_->Write().ok());
  EXPECT_EQ(Bytes(), committed + EventLine(16, Event(kExpire, 4)));
}

TEST_F(EventLogTest, GapsAreRefused) {
  Fill(5);
  EXPECT_TRUE(absl::IsDataLoss(Reopen(8, 10)));
  EXPECT_TRUE(absl::IsDataLoss(Reopen(11, 10)));
  EXPECT_TRUE(Reopen(6, 10).ok());
}

TEST_F(EventLogTest, OtherFilesAreRefused) {
  std::ofstream(path_) << "{\"id\":1}\n";
  EXPECT_TRUE(absl::IsDataLoss(EventLog::Open(path_.string()).status()));
}

TEST_F(EventLogTest, ReplayGivesTheStories) {
  Open();
  const StoryEvent events[] = {Event(kStory, 1, "\"a\""),  Event(kStory, 2, "\"b\""),
                               Event(kMember, 1, "\"c\""), Event(kStory, 4, "\"d\""),
                               Event(kMerge, 2, {}, 1),    Event(kExpire, 4)};
  std::uint64_t n = 0;
  for (const StoryEvent& event : events) log_->Add(++n, event);
  ASSERT_TRUE(log_->Write().ok());
  const absl::StatusOr<ReplayedStories> replayed = ReplayEvents(path_.string());
  ASSERT_TRUE(replayed.ok()) << replayed.status();
  EXPECT_EQ(replayed->events, 6u);
  ASSERT_EQ(replayed->stories.size(), 1u);
  EXPECT_EQ(replayed->stories.at(1), (std::vector<std::string>{"\"a\"", "\"c\"", "\"b\""}));
  log_->Add(7, Event(kMember, 4, "\"e\""));
  ASSERT_TRUE(log_->Write().ok());
  EXPECT_TRUE(absl::IsDataLoss(ReplayEvents(path_.string()).status()));
}

}  // namespace
}  // namespace samestory::cli
