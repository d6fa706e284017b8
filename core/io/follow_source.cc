#include "io/follow_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace samestory::io {
namespace {

constexpr std::size_t kReadBytes = 64 << 10;

}  // namespace

absl::StatusOr<std::unique_ptr<FollowSource>> FollowSource::Open(const std::string& path,
                                                                 std::size_t max_line_bytes,
                                                                 std::optional<Place> begin) {
  std::unique_ptr<FollowSource> source(new FollowSource(path, max_line_bytes));
  if (absl::Status status = source->OpenPath(); !status.ok()) return status;
  if (begin && source->is_regular_ && path != "-") source->GoTo(*begin);
  source->begin_ = {source->inode_, source->offset_};
  return source;
}

/// Begins at `place`, in this file or in the one that it has taken the name of.
void FollowSource::GoTo(const Place& place) {
  const int fd = place.inode == inode_ ? fd_ : OpenByInode(place.inode);
  struct stat info {};
  const bool there = fd >= 0 && ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
                     info.st_ino == place.inode &&
                     static_cast<std::uint64_t>(info.st_size) >= place.offset;
  if (!there) {
    if (fd >= 0 && fd != fd_) ::close(fd);
    return;
  }
  if (fd != fd_) ::close(std::exchange(fd_, fd));
  inode_ = place.inode;
  offset_ = place.offset;
}

/// The file `inode` among those beside the followed one: where it went when it was
/// renamed. -1: it is not there.
int FollowSource::OpenByInode(std::uint64_t inode) const {
  std::error_code error;
  const std::filesystem::path path(path_);
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    struct stat info {};
    if (::lstat(entry->path().c_str(), &info) != 0 || info.st_ino != inode) continue;
    if (!S_ISREG(info.st_mode)) continue;
    return ::open(entry->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  }
  return -1;
}

FollowSource::~FollowSource() {
  if (fd_ > STDIN_FILENO) ::close(fd_);
}

absl::Status FollowSource::OpenPath() {
  struct stat info {};
  int fd = STDIN_FILENO;
  if (path_ != "-") {
    // A pipe that is also open for writing is not at its end when its writers leave.
    const bool is_pipe = ::stat(path_.c_str(), &info) == 0 && S_ISFIFO(info.st_mode);
    fd = ::open(path_.c_str(), (is_pipe ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return absl::ErrnoToStatus(errno, path_ + ": cannot be opened");
  }
  if (::fstat(fd, &info) != 0) {
    const int error = errno;
    if (fd != STDIN_FILENO) ::close(fd);
    return absl::ErrnoToStatus(error, path_ + ": cannot be read");
  }
  if (fd_ > STDIN_FILENO) ::close(fd_);
  fd_ = fd;
  is_regular_ = S_ISREG(info.st_mode);
  inode_ = info.st_ino;
  offset_ = 0;
  return absl::OkStatus();
}

absl::StatusOr<std::size_t> FollowSource::Read(char* out, std::size_t size) {
  if (!Ready()) return absl::UnavailableError(path_ + ": nothing new");
  if (given_ == whole_.size()) {
    if (!status_.ok()) return status_;
    return std::size_t{0};
  }
  const std::size_t count = std::min(size, whole_.size() - given_);
  std::memcpy(out, whole_.data() + given_, count);
  given_ += count;
  return count;
}

// What is asked of a file that grows is found out by reading it.
bool FollowSource::Ready() const {
  if (given_ == whole_.size()) const_cast<FollowSource*>(this)->Fill();
  return given_ < whole_.size() || at_end_ || !status_.ok();
}

void FollowSource::Fill() {
  whole_.clear();
  given_ = 0;
  while (whole_.empty() && status_.ok() && !at_end_) {
    if (!ReadSome() && !LookAgain()) return;
  }
}

/// Reads a piece; false where there is none now.
bool FollowSource::ReadSome() {
  char bytes[kReadBytes];
  ssize_t got;
  if (is_regular_) {
    got = ::pread(fd_, bytes, sizeof bytes, static_cast<off_t>(offset_));
  } else {
    pollfd poll_fd{fd_, POLLIN, 0};
    if (::poll(&poll_fd, 1, 0) <= 0) return false;
    got = ::read(fd_, bytes, sizeof bytes);
  }
  if (got < 0) {
    if (errno == EINTR || errno == EAGAIN) return false;
    status_ = absl::ErrnoToStatus(errno, path_ + ": cannot be read");
    return true;
  }
  if (got == 0) {
    if (is_regular_ && path_ != "-") return false;
    EndLine();
    at_end_ = true;
    return true;
  }
  read_ += static_cast<std::uint64_t>(got);
  Keep({bytes, static_cast<std::size_t>(got)});
  return true;
}

/// Cuts what was read into lines.
void FollowSource::Keep(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    if (!skipping_) {
      const std::size_t room = max_line_bytes_ + 1 - std::min(partial_.size(), max_line_bytes_ + 1);
      partial_ += piece.substr(0, room);
    }
    const std::size_t taken = end == bytes.npos ? bytes.size() : end + 1;
    offset_ += taken;
    bytes.remove_prefix(taken);
    if (end != bytes.npos && skipping_) {
      skipping_ = false;
      ends_.back().offset = offset_;
    } else if (end != std::string_view::npos) {
      partial_ += '\n';
      EndLine();
    } else if (partial_.size() > max_line_bytes_) {
      EndLine();
      skipping_ = true;
    }
  }
}

/// Ends the line that was begun, where there is one.
void FollowSource::EndLine() {
  if (partial_.empty()) return;
  if (partial_.back() != '\n') partial_ += '\n';
  whole_ += std::exchange(partial_, {});
  ends_.push_back({inode_, offset_});
}

/// At the end of a file: is there another one, or did it begin anew? True where there is
/// something to be read.
bool FollowSource::LookAgain() {
  if (!is_regular_ || path_ == "-") return false;
  struct stat here {
  }, there{};
  if (::fstat(fd_, &here) != 0 || ::stat(path_.c_str(), &there) != 0) return false;
  const bool replaced = here.st_ino != there.st_ino || here.st_dev != there.st_dev;
  if (!replaced && static_cast<std::uint64_t>(here.st_size) >= offset_) return false;
  EndLine();
  skipping_ = false;
  if (replaced) {
    // Gone again at once: the next look finds what there is then.
    if (!OpenPath().ok()) return false;
  } else {
    offset_ = 0;
  }
  return true;
}

std::optional<FollowSource::Place> FollowSource::EndOfLine(std::uint64_t number) {
  while (!ends_.empty() && first_line_ < number) {
    ends_.pop_front();
    ++first_line_;
  }
  if (ends_.empty() || first_line_ != number) return std::nullopt;
  return ends_.front();
}

}  // namespace samestory::io
