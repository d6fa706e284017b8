#include "store/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "store/file_error.h"

namespace samestory::store {
namespace {

// The holder's process id, or "unknown".
std::string Holder(int fd) {
  char text[24];
  const ssize_t size = ::pread(fd, text, sizeof(text), 0);
  std::string pid;
  for (ssize_t i = 0; i < size && text[i] >= '0' && text[i] <= '9'; ++i) pid += text[i];
  return pid.empty() ? "unknown" : pid;
}

}  // namespace

absl::StatusOr<FileLock> FileLock::Take(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return FileError(errno, path + ": the state cannot be locked");
  FileLock lock(fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return FileError(errno, path + ": the state cannot be locked");
    return absl::UnavailableError(absl::StrCat(path, ": process ", Holder(fd),
                                               " is writing to this state; one writer at a time"));
  }
  const std::string pid = absl::StrCat(::getpid(), "\n");
  // The number is for messages only: a full disk must not keep the state shut.
  if (::ftruncate(fd, 0) == 0 && ::pwrite(fd, pid.data(), pid.size(), 0) < 0) errno = 0;
  return lock;
}

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace samestory::store
