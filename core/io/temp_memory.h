#ifndef SAMESTORY_IO_TEMP_MEMORY_H_
#define SAMESTORY_IO_TEMP_MEMORY_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/bulk_memory.h"

namespace samestory::io {

/// Memory that lies in a file without a name, in a directory of the caller's choice: the
/// system writes it out when memory is short, and it is gone with the process.
class TempMemory final : public BulkMemory {
 public:
  /// kNotFound, kPermissionDenied or kFailedPrecondition where no file can be made in `dir`.
  static absl::StatusOr<std::unique_ptr<TempMemory>> Create(const std::string& dir);
  ~TempMemory() override;
  TempMemory(const TempMemory&) = delete;
  TempMemory& operator=(const TempMemory&) = delete;

  /// The disk is asked for the room at once, so that a full one is told here.
  void* Allocate(std::size_t bytes) override;
  void Rest() override;

 private:
  explicit TempMemory(int fd) : fd_(fd) {}

  struct Piece {
    void* begin;
    std::size_t bytes, left;
  };
  int fd_;
  std::mutex mutex_;
  std::vector<Piece> pieces_;
  std::size_t file_bytes_ = 0;
};

}  // namespace samestory::io

#endif  // SAMESTORY_IO_TEMP_MEMORY_H_
