#include "cli/event_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/event_line.h"
#include "store/file_error.h"

namespace samestory::cli {
namespace {

constexpr std::uint64_t kChunk = 64 << 10;

}  // namespace

absl::StatusOr<std::unique_ptr<EventLog>> EventLog::Open(const std::string& path) {
  // Also for a pipe: opened to read as well, it needs no reader yet.
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
  if (fd < 0) return store::FileError(errno, path + ": the event log cannot be opened");
  std::unique_ptr<EventLog> log(new EventLog(fd, path));
  if (absl::Status status = log->FindEnd(); !status.ok()) return status;
  return log;
}

EventLog::~EventLog() { ::close(fd_); }

absl::Status EventLog::Fail(const char* what) const {
  return store::FileError(errno, absl::StrCat(path_, ": the event log cannot be ", what));
}

absl::StatusOr<std::string> EventLog::ReadAt(std::uint64_t begin, std::uint64_t end) const {
  std::string bytes(end - begin, '\0');
  std::size_t got = 0;
  while (got < bytes.size()) {
    const ssize_t count =
        ::pread(fd_, bytes.data() + got, bytes.size() - got, static_cast<off_t>(begin + got));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Fail("read");
    if (count == 0) return absl::DataLossError(path_ + ": the event log became shorter");
    got += static_cast<std::size_t>(count);
  }
  return bytes;
}

// Where the last line of the first `end` bytes begins; their last byte may end a line.
absl::StatusOr<std::uint64_t> EventLog::LineBegin(std::uint64_t end) const {
  std::uint64_t until = end == 0 ? 0 : end - 1;  // the line's own end does not count
  while (until > 0) {
    const std::uint64_t from = until - std::min(until, kChunk);
    const absl::StatusOr<std::string> bytes = ReadAt(from, until);
    if (!bytes.ok()) return bytes.status();
    const std::size_t found = bytes->rfind('\n');
    if (found != std::string::npos) return from + found + 1;
    until = from;
  }
  return 0;
}

absl::Status EventLog::FindEnd() {
  struct stat info;
  if (::fstat(fd_, &info) != 0) return Fail("read");
  if (!S_ISREG(info.st_mode)) {
    is_stream_ = true;
    return absl::OkStatus();
  }
  const auto size = static_cast<std::uint64_t>(info.st_size);
  end_ = size;
  if (size == 0) return absl::OkStatus();
  const absl::StatusOr<std::string> final_byte = ReadAt(size - 1, size);
  if (!final_byte.ok()) return final_byte.status();
  if (*final_byte != "\n") {
    const absl::StatusOr<std::uint64_t> begin = LineBegin(size);
    if (!begin.ok()) return begin.status();
    end_ = *begin;
    torn_ = true;
  }
  return CutBack(0);
}

// Leaves out the last `lines` whole lines, and reads the number of the one before.
absl::Status EventLog::CutBack(std::uint64_t lines) {
  torn_ |= lines > 0;
  for (; lines > 0; --lines) {
    const absl::StatusOr<std::uint64_t> begin = LineBegin(end_);
    if (!begin.ok()) return begin.status();
    end_ = *begin;
  }
  last_ = 0;
  if (end_ == 0) return absl::OkStatus();
  const absl::StatusOr<std::uint64_t> begin = LineBegin(end_);
  if (!begin.ok()) return begin.status();
  const absl::StatusOr<std::string> line = ReadAt(*begin, end_ - 1);
  if (!line.ok()) return line.status();
  const std::optional<ReadEvent> event = ParseEventLine(*line);
  if (!event) {
    return absl::DataLossError(
        path_ + ": its last line is no event: the file is damaged, or is no event log");
  }
  last_ = event->number;
  return absl::OkStatus();
}

absl::Status EventLog::Cut() {
  if (!torn_) return absl::OkStatus();
  if (::ftruncate(fd_, static_cast<off_t>(end_)) != 0) return Fail("cut back");
  torn_ = false;
  return absl::OkStatus();
}

void EventLog::Add(std::uint64_t number, const StoryEvent& event) {
  if (number <= last_) return;
  if (first_added_ == 0) first_added_ = number;
  added_.last = number;
  added_.text += EventLine(number, event);
}

absl::Status EventLog::Align(std::uint64_t committed) {
  if (last_ > committed) {
    if (absl::Status status = CutBack(last_ - committed); !status.ok()) return status;
  }
  const std::uint64_t next = first_added_ == 0 ? committed + 1 : first_added_;
  if (last_ > committed || last_ + 1 != next) {
    return absl::DataLossError(absl::StrCat(
        path_, ": ends with event ", last_, ", but the state goes on with event ", next,
        ": this is not the event log of this state, or a part of it is missing; name the one that "
        "the state was run with, or none"));
  }
  if (absl::Status status = Cut(); !status.ok()) return status;
  return Write();
}

EventLog::Added EventLog::Take() {
  first_added_ = 0;
  return std::exchange(added_, {});
}

absl::Status EventLog::Write(const Added& added) {
  std::string_view left = added.text;
  while (!left.empty()) {
    const ssize_t count = is_stream_
                              ? ::write(fd_, left.data(), left.size())
                              : ::pwrite(fd_, left.data(), left.size(), static_cast<off_t>(end_));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Fail("written");
    end_ += static_cast<std::uint64_t>(count);
    left.remove_prefix(static_cast<std::size_t>(count));
  }
  if (added.last != 0) last_ = added.last;
  return absl::OkStatus();
}

absl::Status EventLog::Sync() {
  if (!is_stream_ && ::fdatasync(fd_) != 0) return Fail("brought to the disk");
  return absl::OkStatus();
}

}  // namespace samestory::cli
