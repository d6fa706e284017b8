#ifndef SAMESTORY_ENGINE_PARALLEL_H_
#define SAMESTORY_ENGINE_PARALLEL_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace samestory {

/// Threads that share the work on a range. One ForEach at a time.
class WorkerPool {
 public:
  /// `threads` counts the calling one, so 1 starts none.
  explicit WorkerPool(int threads);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Calls `work(worker, begin, end)` on contiguous parts of [0, n), one part a
  /// worker, and returns when all are done. Workers are numbered from 0; each sees
  /// at most one call at a time. Ranges below `min_part` a worker use fewer workers.
  void ForEach(std::size_t n, std::size_t min_part,
               const std::function<void(int, std::size_t, std::size_t)>& work);

  /// Calls `work(worker, begin, end)` on parts of [0, n) of `part` each, whichever worker is
  /// free. Before it begins with them the calling thread, worker 0, calls `first`.
  void Share(std::size_t n, std::size_t part,
             const std::function<void(int, std::size_t, std::size_t)>& work,
             const std::function<void()>& first = {});

  int size() const { return static_cast<int>(threads_.size()) + 1; }

 private:
  void Run(int worker);

  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable start_, done_;
  const std::function<void(int, std::size_t, std::size_t)>* work_ = nullptr;
  std::size_t n_ = 0;
  int parts_ = 0;
  // Changed with the mutex held; looked at without it by who would rather not fall asleep.
  std::atomic<int> running_ = 0;
  std::atomic<std::uint64_t> round_ = 0;
  std::atomic<bool> stop_ = false;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_PARALLEL_H_
