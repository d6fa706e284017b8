#ifndef SAMESTORY_CLI_STOP_SIGNALS_H_
#define SAMESTORY_CLI_STOP_SIGNALS_H_

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

namespace samestory::cli {

/// SIGTERM and SIGINT as an orderly end. A run that is busy sees requested() between two
/// batches and ends by itself; one that waits for input is ended for it, because nothing
/// would wake it. A second signal kills at once.
class StopSignals {
 public:
  /// Takes the signals from this thread and all that are started after: make it first.
  StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  ~StopSignals();

  /// From now on a signal makes `finish` run, on a thread of its own, once busy() is
  /// free, and ends the process with the status that it returns.
  void Watch(std::function<int()> finish);

  /// To be called with busy() held when the run has come to its end by itself.
  void Leave() { left_ = true; }

  bool requested() const { return requested_; }

  /// To be held while the run's state changes.
  std::mutex& busy() { return busy_; }

 private:
  void Wait();

  int signals_ = -1, end_ = -1;  // file descriptors
  std::atomic<bool> requested_{false};
  std::mutex busy_;
  bool left_ = false;  // guarded by busy_
  std::function<int()> finish_;
  std::thread watcher_;
};

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_STOP_SIGNALS_H_
