#include "cli/side_by_side.h"

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

namespace samestory::cli {
namespace {

// Batches on their way: one thread takes each before it reads the next, so that it stays near the
// core.
std::size_t PlacesFor(int threads) {
  return threads == 1 ? 1 : 2 * static_cast<std::size_t>(threads);
}

class Line {
 public:
  Line(BatchReader& reader, int threads, const BatchWork& work)
      : reader_(reader), work_(work), places_(PlacesFor(threads)) {}

  void Work() {
    while (Place* const place = ReadNext()) {
      work_.prepare(place->batch, place->prepared);
      TakeReady(*place);
    }
  }

  // After all threads have worked.
  absl::Status status() const { return taken_status_.ok() ? read_status_ : taken_status_; }

 private:
  // Where a batch stands from its reading until it is taken.
  struct Place {
    Batch batch;
    PreparedRecords prepared;
    bool ready = false;
  };

  // The place of the next batch; null at the end.
  Place* ReadNext() {
    const std::lock_guard reading(reading_);
    Place* const place = WaitForPlace();
    if (place == nullptr) return nullptr;
    const absl::StatusOr<bool> more = reader_.Next(place->batch);
    const std::lock_guard lock(mutex_);
    if (more.ok() && *more) {
      ++read_;
      return place;
    }
    ended_ = true;
    read_status_ = more.status();
    return nullptr;
  }

  Place* WaitForPlace() {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [this] { return ended_ || read_ - taken_ < places_.size(); });
    return ended_ ? nullptr : &PlaceOf(read_);
  }

  // Takes the batches that are ready, in order, unless another thread does or one failed.
  void TakeReady(Place& prepared) {
    std::unique_lock lock(mutex_);
    prepared.ready = true;
    if (taking_) return;
    taking_ = true;
    while (taken_status_.ok() && PlaceOf(taken_).ready) {
      Place& place = PlaceOf(taken_);
      lock.unlock();
      const absl::Status status = work_.take(place.batch, place.prepared);
      lock.lock();
      place.ready = false;
      ++taken_;
      taken_status_ = status;
      if (!status.ok()) ended_ = true;
      freed_.notify_one();
    }
    taking_ = false;
  }

  Place& PlaceOf(std::size_t batch) { return places_[batch % places_.size()]; }

  BatchReader& reader_;
  const BatchWork& work_;
  std::vector<Place> places_;

  std::mutex reading_;  // held while a batch is read; taken before the other
  std::mutex mutex_;    // of all below
  std::condition_variable freed_;
  std::size_t read_ = 0, taken_ = 0;  // batches
  bool taking_ = false, ended_ = false;
  absl::Status read_status_, taken_status_;
};

}  // namespace

absl::Status ReadSideBySide(BatchReader& reader, int threads, const BatchWork& work) {
  Line line(reader, threads, work);
  std::vector<std::thread> others;
  for (int thread = 1; thread < threads; ++thread) others.emplace_back([&line] { line.Work(); });
  line.Work();
  for (std::thread& other : others) other.join();
  return line.status();
}

}  // namespace samestory::cli
