#ifndef SAMESTORY_STORE_FILE_LOCK_H_
#define SAMESTORY_STORE_FILE_LOCK_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace samestory::store {

/// Holds a lock file, which is given back when the object or the process ends, however
/// it ends. The file stays and holds the id of the process that locked it last.
class FileLock {
 public:
  /// kUnavailable naming the holder's process id where another holds it,
  /// kPermissionDenied and its like where the file cannot be made.
  static absl::StatusOr<FileLock> Take(const std::string& path);

  FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}

  int fd_;
};

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_FILE_LOCK_H_
