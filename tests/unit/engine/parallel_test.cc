#include "engine/parallel.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace samestory {
namespace {

TEST(WorkerPool, EveryPlaceIsWorkedOnOnce) {
  for (const int threads : {1, 2, 3, 8}) {
    WorkerPool pool(threads);
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
      std::vector<std::atomic<int>> touched(n);
      for (int round = 0; round < 20; ++round) {
        pool.ForEach(n, 1, [&](int worker, std::size_t begin, std::size_t end) {
          EXPECT_LT(worker, threads);
          for (std::size_t i = begin; i < end; ++i) ++touched[i];
        });
      }
      for (const auto& count : touched) EXPECT_EQ(count, 20);
    }
  }
}

TEST(WorkerPool, SharedWorkIsDoneOnceAndTheFirstByTheCaller) {
  for (const int threads : {1, 2, 3, 8}) {
    WorkerPool pool(threads);
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
      std::vector<std::atomic<int>> touched(n);
      int firsts = 0;
      for (int round = 0; round < 20; ++round) {
        const auto caller = std::this_thread::get_id();
        pool.Share(n, 3,
                   [&](int worker, std::size_t begin, std::size_t end) {
                     EXPECT_LT(worker, threads);
                     EXPECT_LE(end - begin, 3u);
                     for (std::size_t i = begin; i < end; ++i) ++touched[i];
                   },
                   [&] {
                     EXPECT_EQ(std::this_thread::get_id(), caller);
                     ++firsts;
                   });
      }
      EXPECT_EQ(firsts, 20);
      for (const auto& count : touched) EXPECT_EQ(count, 20);
    }
  }
}

TEST(WorkerPool, SmallRangesWakeNoThread) {
  WorkerPool pool(4);
  int calls = 0;
  pool.ForEach(10, 100, [&](int worker, std::size_t begin, std::size_t end) {
    ++calls;
    EXPECT_EQ(worker, 0);
    EXPECT_EQ(begin, 0u);
    EXPECT_EQ(end, 10u);
  });
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace samestory
