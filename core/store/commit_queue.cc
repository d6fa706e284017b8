#include "store/commit_queue.h"

#include <utility>

namespace samestory::store {

CommitQueue::~CommitQueue() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

absl::Status CommitQueue::Add(std::size_t bytes, Job job) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
      return !status_.ok() || waiting_bytes_ == 0 || waiting_bytes_ + bytes <= max_bytes_;
    });
    if (!status_.ok()) return status_;
    waiting_.push_back({bytes, std::move(job)});
    waiting_bytes_ += bytes;
  }
  ++added_;
  if (!thread_.joinable()) thread_ = std::thread([this] { Work(); });
  changed_.notify_all();
  return absl::OkStatus();
}

absl::Status CommitQueue::Do(const Job& job) {
  if (absl::Status status = WaitForAll(); !status.ok()) return status;
  ++added_;
  absl::Status status = job();
  const std::lock_guard lock(mutex_);
  End(status);
  return status;
}

std::uint64_t CommitQueue::done() const {
  const std::lock_guard lock(mutex_);
  return done_;
}

absl::Status CommitQueue::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

absl::Status CommitQueue::Wait(std::uint64_t jobs) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return done_ >= jobs || !status_.ok(); });
  return done_ >= jobs ? absl::OkStatus() : status_;
}

void CommitQueue::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
    if (stop_) return;
    Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    const absl::Status status = next.job();
    next.job = nullptr;  // what it holds goes before others take its room
    lock.lock();
    waiting_bytes_ -= next.bytes;
    End(status);
    changed_.notify_all();
  }
}

void CommitQueue::End(const absl::Status& status) {
  if (status.ok()) {
    ++done_;
    return;
  }
  status_ = status;
  waiting_.clear();
  waiting_bytes_ = 0;
}

}  // namespace samestory::store
