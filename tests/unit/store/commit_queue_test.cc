#include "store/commit_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <thread>
#include <vector>

namespace samestory::store {
namespace {

TEST(CommitQueueTest, DoesAllInOrder) {
  std::vector<int> done;
  CommitQueue queue(100);
  for (int i = 0; i < 1000; ++i) {
    const auto job = [&done, i] {
      done.push_back(i);
      return absl::OkStatus();
    };
    // Some on the caller's thread, some larger than all the room.
    ASSERT_TRUE((i % 7 == 3 ? queue.Do(job) : queue.Add(i % 150, job)).ok());
    if (i % 7 == 3) {
      EXPECT_EQ(queue.done(), static_cast<std::uint64_t>(i) + 1);
    }
  }
  EXPECT_TRUE(queue.WaitForAll().ok());
  EXPECT_EQ(queue.done(), 1000u);
  ASSERT_EQ(done.size(), 1000u);
  EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
}

TEST(CommitQueueTest, TheFirstErrorStays) {
  CommitQueue queue(1000);
  int done = 0;
  const auto good = [&done] {
    ++done;
    return absl::OkStatus();
  };
  ASSERT_TRUE(queue.Add(1, good).ok());
  ASSERT_TRUE(queue.Add(1, [] { return absl::DataLossError("first"); }).ok());
  queue.Add(1, good).IgnoreError();  // it may know of the error already
  EXPECT_EQ(queue.WaitForAll().message(), "first");
  EXPECT_TRUE(queue.Wait(1).ok());  // what was done before it is done
  EXPECT_EQ(queue.Add(1, good).message(), "first");
  EXPECT_EQ(queue.Do(good).message(), "first");
  EXPECT_EQ(queue.status().message(), "first");
  EXPECT_EQ(queue.done(), 1u);
  EXPECT_EQ(done, 1);
}

TEST(CommitQueueTest, AFailureOnTheCallersThreadStaysToo) {
  CommitQueue queue(1000);
  EXPECT_EQ(queue.Do([] { return absl::DataLossError("here"); }).message(), "here");
  EXPECT_EQ(queue.Add(1, [] { return absl::OkStatus(); }).message(), "here");
}

TEST(CommitQueueTest, AddWaitsForRoom) {
  std::promise<void> go;
  std::shared_future<void> gone = go.get_future().share();
  CommitQueue queue(10);
  const auto wait = [gone] {
    gone.wait();
    return absl::OkStatus();
  };
  ASSERT_TRUE(queue.Add(6, wait).ok());
  std::future<absl::Status> second =
      std::async(std::launch::async, [&] { return queue.Add(5, wait); });
  EXPECT_EQ(second.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
  go.set_value();
  EXPECT_TRUE(second.get().ok());
  EXPECT_TRUE(queue.WaitForAll().ok());
}

TEST(CommitQueueTest, WhatWaitsAtTheEndIsNotDone) {
  std::promise<void> begun, go;
  int done = 0;
  {
    CommitQueue queue(10);
    ASSERT_TRUE(queue.Add(1, [&] {
                       begun.set_value();
                       go.get_future().wait();
                       ++done;
                       return absl::OkStatus();
                     }).ok());
    ASSERT_TRUE(queue.Add(1, [&] {
                       ++done;
                       return absl::OkStatus();
                     }).ok());
    begun.get_future().wait();
    // The destructor asks for the end before the job under work can end.
    std::thread([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      go.set_value();
    }).detach();
  }
  EXPECT_EQ(done, 1);
}

}  // namespace
}  // namespace samestory::store
