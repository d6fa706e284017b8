#include "io/byte_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/status/status.h"

namespace samestory::io {
namespace {

constexpr std::size_t kPeekStep = 4096;

class FileSource final : public ByteSource {
 public:
  FileSource(int fd, bool owned, std::string path, std::optional<std::uint64_t> size)
      : fd_(fd), owned_(owned), path_(std::move(path)), size_(size) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override {
    if (owned_) ::close(fd_);
  }

  absl::StatusOr<std::size_t> Read(char* out, std::size_t size) override {
    // Linux reads at most this much in one call.
    size = std::min<std::size_t>(size, 0x7ffff000);
    for (;;) {
      const ssize_t got = ::read(fd_, out, size);
      if (got >= 0) {
        read_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (errno == EINTR) continue;
      return absl::ErrnoToStatus(errno, path_ + ": cannot be read");
    }
  }

  bool Ready() const override {
    if (size_) return true;
    pollfd poll_fd{fd_, POLLIN, 0};
    return ::poll(&poll_fd, 1, 0) != 0;
  }

  std::uint64_t BytesRead() const override { return read_; }
  std::optional<std::uint64_t> BytesTotal() const override { return size_; }

 private:
  int fd_;
  bool owned_;
  std::string path_;
  std::optional<std::uint64_t> size_;  ///< of a regular file
  std::uint64_t read_ = 0;
};

}  // namespace

absl::StatusOr<std::string_view> PeekedSource::Peek(std::size_t size) {
  while (peeked_.size() - begin_ < size) {
    const std::size_t old = peeked_.size();
    peeked_.resize(old + std::max(kPeekStep, size));
    const absl::StatusOr<std::size_t> got =
        source_->Read(peeked_.data() + old, peeked_.size() - old);
    peeked_.resize(old + (got.ok() ? *got : 0));
    if (!got.ok()) return got.status();
    if (*got == 0) break;
  }
  return std::string_view(peeked_.data() + begin_, peeked_.size() - begin_);
}

absl::StatusOr<std::size_t> PeekedSource::Read(char* out, std::size_t size) {
  if (begin_ == peeked_.size()) return source_->Read(out, size);
  const std::size_t count = std::min(size, peeked_.size() - begin_);
  std::memcpy(out, peeked_.data() + begin_, count);
  begin_ += count;
  if (begin_ == peeked_.size()) {
    peeked_ = {};
    begin_ = 0;
  }
  return count;
}

absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::string& path) {
  const bool standard_input = path == "-";
  const int fd =
      standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return absl::ErrnoToStatus(errno, path + ": cannot be opened");
  struct stat info {};
  if (::fstat(fd, &info) != 0) {
    const int error = errno;
    if (!standard_input) ::close(fd);
    return absl::ErrnoToStatus(error, path + ": cannot be read");
  }
  if (S_ISDIR(info.st_mode)) {
    if (!standard_input) ::close(fd);
    return absl::InvalidArgumentError(path + ": is a directory");
  }
  std::optional<std::uint64_t> size;
  if (S_ISREG(info.st_mode)) {
    size = static_cast<std::uint64_t>(info.st_size);
    ::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  }
  return std::make_unique<FileSource>(fd, !standard_input, path, size);
}

absl::StatusOr<std::unique_ptr<PeekedSource>> OpenDecoded(const std::string& path) {
  absl::StatusOr<std::unique_ptr<ByteSource>> file = OpenFile(path);
  if (!file.ok()) return file.status();
  auto raw = std::make_unique<PeekedSource>(*std::move(file));
  const absl::StatusOr<std::string_view> magic = raw->Peek(4);
  if (!magic.ok()) return magic.status();
  if (magic->starts_with("\x1f\x8b")) {
    return std::make_unique<PeekedSource>(DecodeGzip(std::move(raw), path));
  }
  if (magic->starts_with("\x28\xb5\x2f\xfd")) {
    return std::make_unique<PeekedSource>(DecodeZstd(std::move(raw), path));
  }
  return raw;
}

absl::StatusOr<std::string> ReadAll(ByteSource& source, std::size_t max_bytes,
                                    std::string_view path) {
  std::string all;
  std::size_t used = 0;
  for (;;) {
    if (used > max_bytes) {
      return absl::InvalidArgumentError(std::string(path) + ": longer than " +
                                        std::to_string(max_bytes) + " bytes");
    }
    if (used == all.size()) all.resize(std::max<std::size_t>(64 << 10, 2 * used));
    const absl::StatusOr<std::size_t> got = source.Read(all.data() + used, all.size() - used);
    if (!got.ok()) return got.status();
    if (*got == 0) break;
    used += *got;
  }
  all.resize(used);
  return all;
}

}  // namespace samestory::io
