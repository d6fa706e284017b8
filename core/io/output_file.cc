#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "io/writer.h"

namespace samestory::io {
namespace {

constexpr std::size_t kBufferBytes = 256 << 10;

}  // namespace

OutputFile::OutputFile(int fd, bool owned, std::string name)
    : fd_(fd), owned_(owned), name_(std::move(name)) {
  buffer_.reserve(kBufferBytes);
}

OutputFile::OutputFile(int fd, std::string name) : OutputFile(fd, false, std::move(name)) {}

OutputFile::~OutputFile() {
  if (owned_ && fd_ >= 0) ::close(fd_);
}

absl::StatusOr<std::unique_ptr<OutputFile>> OutputFile::Open(const std::string& path, int flags) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | flags, 0666);
  if (fd < 0) return absl::ErrnoToStatus(errno, path + ": cannot be opened for writing");
  return std::unique_ptr<OutputFile>(new OutputFile(fd, true, path));
}

absl::StatusOr<std::unique_ptr<OutputFile>> OutputFile::Open(const std::string& path) {
  if (path == "-") return std::make_unique<OutputFile>(STDOUT_FILENO, "standard output");
  return Open(path, O_TRUNC);
}

absl::StatusOr<std::unique_ptr<OutputFile>> OutputFile::Append(const std::string& path) {
  return Open(path, O_APPEND);
}

absl::Status OutputFile::Write(std::string_view bytes) {
  if (!status_.ok()) return status_;
  written_ += bytes.size();
  if (buffer_.size() + bytes.size() > kBufferBytes) {
    if (absl::Status flushed = Flush(); !flushed.ok()) return flushed;
    if (bytes.size() >= kBufferBytes) return WriteAll(bytes);
  }
  buffer_ += bytes;
  return absl::OkStatus();
}

absl::Status OutputFile::Flush() {
  if (!status_.ok()) return status_;
  absl::Status written = WriteAll(buffer_);
  buffer_.clear();
  return written;
}

absl::Status OutputFile::Close() {
  if (absl::Status flushed = Flush(); !flushed.ok()) return flushed;
  if (owned_ && fd_ >= 0 && ::close(std::exchange(fd_, -1)) != 0) return Fail(errno);
  status_ = absl::FailedPreconditionError(name_ + ": is closed");
  return absl::OkStatus();
}

absl::Status OutputFile::WriteAll(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      return Fail(errno);
    }
  }
  return absl::OkStatus();
}

absl::Status OutputFile::Fail(int error) {
  const std::string message = name_ + ": cannot be written";
  status_ = error == EPIPE ? absl::UnavailableError(message + ": the reader closed the pipe")
                           : absl::ErrnoToStatus(error, message);
  return status_;
}

}  // namespace samestory::io
