#include "io/temp_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "absl/status/status.h"

namespace samestory::io {
namespace {

// Mapped at once: few mappings, and room for the next.
constexpr std::size_t kPiece = std::size_t{64} << 20;

}  // namespace

absl::StatusOr<std::unique_ptr<TempMemory>> TempMemory::Create(const std::string& dir) {
  std::string path = dir + "/samestory-XXXXXX";
  const int fd = mkostemp(path.data(), O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, "no temporary file in " + dir);
  unlink(path.c_str());
  return std::unique_ptr<TempMemory>(new TempMemory(fd));
}

TempMemory::~TempMemory() {
  for (const Piece& piece : pieces_) munmap(piece.begin, piece.bytes);
  close(fd_);
}

void* TempMemory::Allocate(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  if (pieces_.empty() || pieces_.back().left < bytes) {
    const std::size_t piece = std::max(bytes, kPiece);
    if (posix_fallocate(fd_, static_cast<off_t>(file_bytes_), static_cast<off_t>(piece)) != 0) {
      return nullptr;
    }
    void* const begin = mmap(nullptr, piece, PROT_READ | PROT_WRITE, MAP_SHARED, fd_,
                             static_cast<off_t>(file_bytes_));
    if (begin == MAP_FAILED) return nullptr;
    file_bytes_ += piece;
    pieces_.push_back({begin, piece, piece});
  }
  Piece& last = pieces_.back();
  std::byte* const given = static_cast<std::byte*>(last.begin) + (last.bytes - last.left);
  last.left -= bytes;
  return given;
}

// Of a shared mapping the file keeps what was written.
void TempMemory::Rest() {
  const std::lock_guard lock(mutex_);
  for (const Piece& piece : pieces_) madvise(piece.begin, piece.bytes, MADV_DONTNEED);
}

}  // namespace samestory::io
