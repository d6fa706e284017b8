#ifndef SAMESTORY_CLI_EVENT_LOG_H_
#define SAMESTORY_CLI_EVENT_LOG_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "samestory/engine.h"

namespace samestory::cli {

/// The file of `--events`: numbered events, a line each, in order and without gaps. What
/// a killed run left of its last line is cut off, and what it did not write any more is
/// written when the state tells it again.
class EventLog {
 public:
  /// Opens `path`, which is made where it is absent, and reads where it ends. kDataLoss
  /// where its last whole line is no event.
  static absl::StatusOr<std::unique_ptr<EventLog>> Open(const std::string& path);

  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;
  ~EventLog();

  /// True for a pipe or a device, which cannot be gone back in.
  bool is_stream() const { return is_stream_; }

  /// Number of the last event in the file, those that were added not counted.
  std::uint64_t last() const { return last_; }

  /// Takes an event to be written; one that the file holds already is passed over.
  void Add(std::uint64_t number, const StoryEvent& event);

  /// Makes the file hold the events up to `committed`: cuts off later ones, writes those
  /// that were added. kDataLoss where events between the file's and the added ones are
  /// not to be had any more.
  absl::Status Align(std::uint64_t committed);

  /// Events that were added, on their way into the file.
  struct Added {
    std::string text;
    std::uint64_t last = 0;  ///< number; 0: none
  };
  /// Takes out what was added since, to be written when it is committed, or dropped where it
  /// never is.
  Added Take();
  /// Hands it to the system. What was taken first is written first.
  absl::Status Write(const Added& added);
  absl::Status Write() { return Write(Take()); }
  /// Waits until the file is on the disk.
  absl::Status Sync();

 private:
  EventLog(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}

  absl::Status FindEnd();
  absl::Status Cut();
  absl::Status CutBack(std::uint64_t lines);
  absl::StatusOr<std::string> ReadAt(std::uint64_t begin, std::uint64_t end) const;
  absl::StatusOr<std::uint64_t> LineBegin(std::uint64_t end) const;
  absl::Status Fail(const char* what) const;

  int fd_;
  std::string path_;
  std::uint64_t end_ = 0;  // bytes of whole lines
  bool torn_ = false;      // the file is longer than that
  bool is_stream_ = false;
  std::uint64_t last_ = 0;
  std::uint64_t first_added_ = 0;  // number in added_; 0: none
  Added added_;
};

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_EVENT_LOG_H_
