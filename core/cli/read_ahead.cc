#include "cli/read_ahead.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace samestory::cli {
namespace {

// Batches handed from one thread to another, in order. Their memory goes round.
class BatchRing {
 public:
  // Puts `batch` in and gives back one to fill; false where the taker has given up.
  bool Put(Batch& batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return put_ - taken_ < kBatches || gave_up_; });
    if (gave_up_) return false;
    std::swap(batch, batches_[put_++ % kBatches]);
    changed_.notify_all();
    return true;
  }

  // The next batch, or null after the last. Valid until the next call.
  Batch* Take() {
    std::unique_lock lock(mutex_);
    if (has_one_) ++taken_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return put_ > taken_ || ended_; });
    has_one_ = put_ > taken_;
    return has_one_ ? &batches_[taken_ % kBatches] : nullptr;
  }

  void End() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  void GiveUp() {
    const std::lock_guard lock(mutex_);
    gave_up_ = true;
    changed_.notify_all();
  }

 private:
  static constexpr std::size_t kBatches = 12;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<Batch, kBatches> batches_;
  std::size_t put_ = 0, taken_ = 0;
  bool has_one_ = false, ended_ = false, gave_up_ = false;
};

}  // namespace

absl::Status ReadBatchesAhead(const CommonFlags& flags, std::size_t max, Console& console,
                              const std::function<absl::Status(Batch&)>& take) {
  BatchRing ring;
  absl::Status read;
  std::thread reader([&] {
    read = ReadBatches(flags, max, console, [&ring](Batch& batch) {
      return ring.Put(batch) ? absl::OkStatus() : absl::CancelledError();
    });
    ring.End();
  });
  absl::Status taken;
  while (Batch* batch = ring.Take()) {
    taken = take(*batch);
    if (taken.ok()) continue;
    ring.GiveUp();
    break;
  }
  reader.join();
  return taken.ok() ? read : taken;
}

}  // namespace samestory::cli
