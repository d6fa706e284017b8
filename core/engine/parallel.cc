#include "engine/parallel.h"

#include <algorithm>

#include "hwy/cache_control.h"

namespace samestory {
namespace {

struct Part {
  std::size_t begin, end;
};

// Looks for what is about to happen, for as long as it takes to fall asleep and be woken, some tens
// of microseconds: rounds of work are often as short.
constexpr int kLooks = 2000;

template <typename Condition>
void LookFor(const Condition& condition) {
  for (int look = 0; look < kLooks && !condition(); ++look) hwy::Pause();
}

Part PartOf(std::size_t n, int parts, int worker) {
  return {n * worker / parts, n * (worker + 1) / parts};
}

}  // namespace

WorkerPool::WorkerPool(int threads) {
  for (int worker = 1; worker < threads; ++worker) {
    threads_.emplace_back([this, worker] { Run(worker); });
  }
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  start_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::ForEach(std::size_t n, std::size_t min_part,
                         const std::function<void(int, std::size_t, std::size_t)>& work) {
  const std::size_t wanted = std::max<std::size_t>(1, n / std::max<std::size_t>(1, min_part));
  const int parts = static_cast<int>(std::min<std::size_t>(wanted, size()));
  if (parts == 1) {
    work(0, 0, n);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    work_ = &work;
    n_ = n;
    parts_ = parts;
    running_ = static_cast<int>(threads_.size());
    ++round_;
  }
  start_.notify_all();
  const Part mine = PartOf(n, parts, 0);
  work(0, mine.begin, mine.end);
  LookFor([this] { return running_ == 0; });
  std::unique_lock lock(mutex_);
  done_.wait(lock, [this] { return running_ == 0; });
}

void WorkerPool::Share(std::size_t n, std::size_t part,
                       const std::function<void(int, std::size_t, std::size_t)>& work,
                       const std::function<void()>& first) {
  std::atomic<std::size_t> next = 0;
  const auto take = [&](int worker, std::size_t, std::size_t) {
    if (worker == 0 && first) first();
    for (std::size_t begin = next.fetch_add(part); begin < n; begin = next.fetch_add(part)) {
      work(worker, begin, std::min(n, begin + part));
    }
  };
  const std::size_t parts = (n + part - 1) / part + (first ? 1 : 0);
  ForEach(std::clamp<std::size_t>(parts, 1, static_cast<std::size_t>(size())), 1, take);
}

void WorkerPool::Run(int worker) {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    lock.unlock();
    LookFor([&] { return stop_ || round_ != seen; });
    lock.lock();
    start_.wait(lock, [&] { return stop_ || round_ != seen; });
    if (stop_) return;
    seen = round_;
    const auto* work = work_;
    const std::size_t n = n_;
    const int parts = parts_;
    lock.unlock();
    if (worker < parts) {
      const Part part = PartOf(n, parts, worker);
      (*work)(worker, part.begin, part.end);
    }
    lock.lock();
    if (--running_ == 0) done_.notify_one();
  }
}

}  // namespace samestory
