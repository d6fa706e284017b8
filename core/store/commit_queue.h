#ifndef SAMESTORY_STORE_COMMIT_QUEUE_H_
#define SAMESTORY_STORE_COMMIT_QUEUE_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/status/status.h"

namespace samestory::store {

/// Writes that are done one after another, in the order in which they were added, on a thread
/// of the queue's own. After one that fails none is done any more: the error stays. To be
/// called from one thread at a time.
class CommitQueue {
 public:
  using Job = std::function<absl::Status()>;

  /// Jobs that wait hold at most `max_bytes`, or are one alone.
  explicit CommitQueue(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  CommitQueue(const CommitQueue&) = delete;
  CommitQueue& operator=(const CommitQueue&) = delete;
  /// Lets the job under work finish. Those that wait are not done.
  ~CommitQueue();

  /// Adds a job that holds some `bytes`; waits until there is room. The error that stays.
  absl::Status Add(std::size_t bytes, Job job);

  /// Waits for all that were added, then does `job` before it returns, on the caller's thread.
  absl::Status Do(const Job& job);

  /// Jobs so far.
  std::uint64_t added() const { return added_; }
  /// Of them, from the first on, those that were done without an error.
  std::uint64_t done() const;

  /// Waits until done() is at least `jobs`, or there is an error, which it returns.
  absl::Status Wait(std::uint64_t jobs);
  absl::Status WaitForAll() { return Wait(added_); }
  absl::Status status() const;

 private:
  struct Waiting {
    std::size_t bytes;
    Job job;
  };

  void Work();
  void End(const absl::Status& status);

  const std::size_t max_bytes_;
  std::uint64_t added_ = 0;  // the caller's
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;
  std::size_t waiting_bytes_ = 0;  // with those of the job under work
  std::uint64_t done_ = 0;
  absl::Status status_;
  bool stop_ = false;
  std::thread thread_;  // begun by the first Add
};

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_COMMIT_QUEUE_H_
