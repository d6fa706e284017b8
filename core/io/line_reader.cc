#include "io/line_reader.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace samestory::io {
namespace {

constexpr std::size_t kMaxFreePieces = 32;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

struct PiecePool::FreeList {
  std::mutex mutex;
  std::vector<std::unique_ptr<char[]>> pieces;
};

PiecePool::PiecePool() : free_(std::make_shared<FreeList>()) {}

std::shared_ptr<char[]> PiecePool::Take(std::size_t size) {
  if (size > kPieceBytes) {
    return std::shared_ptr<char[]>(std::make_unique_for_overwrite<char[]>(size + kPadding));
  }
  std::unique_ptr<char[]> piece;
  {
    const std::lock_guard lock(free_->mutex);
    if (!free_->pieces.empty()) {
      piece = std::move(free_->pieces.back());
      free_->pieces.pop_back();
    }
  }
  if (piece == nullptr) piece = std::make_unique_for_overwrite<char[]>(kPieceBytes + kPadding);
  return std::shared_ptr<char[]>(piece.release(), [free = free_](char* bytes) {
    std::unique_ptr<char[]> returned(bytes);
    const std::lock_guard lock(free->mutex);
    if (free->pieces.size() < kMaxFreePieces) free->pieces.push_back(std::move(returned));
  });
}

bool LineReader::Next(Line& line) {
  if (absl::IsUnavailable(status_)) status_ = absl::OkStatus();
  while (!FindLineEnd()) {
    if (end_ - begin_ > max_line_bytes_) return SkipLongLine(line);
    if (Fill()) continue;
    if (!status_.ok() || begin_ == end_) return false;
    return TakeLine(end_, end_, line);
  }
  found_ = false;
  return TakeLine(scanned_, scanned_ + 1, line);
}

bool LineReader::Ready() {
  if (FindLineEnd() || ended_) return true;
  return (!status_.ok() && !absl::IsUnavailable(status_)) || source_.Ready();
}

bool LineReader::FindLineEnd() {
  if (found_ || scanned_ == end_) return found_;
  const char* from = piece_.get() + scanned_;
  const auto* lf = static_cast<const char*>(std::memchr(from, '\n', end_ - scanned_));
  found_ = lf != nullptr;
  scanned_ = found_ ? static_cast<std::size_t>(lf - piece_.get()) : end_;
  return found_;
}

bool LineReader::Fill() {
  if (ended_ || !status_.ok()) return false;
  if (end_ == capacity_) MakeRoom();
  const absl::StatusOr<std::size_t> got = source_.Read(piece_.get() + end_, capacity_ - end_);
  if (!got.ok()) {
    status_ = got.status();
    return false;
  }
  ended_ = *got == 0;
  end_ += *got;
  std::memset(piece_.get() + end_, 0, PiecePool::kPadding);
  return !ended_;
}

/// Moves the unfinished line into a piece with room behind it.
void LineReader::MakeRoom() {
  const std::size_t tail = end_ - begin_;
  capacity_ = std::max(PiecePool::kPieceBytes, std::min(2 * tail, max_line_bytes_ + 2));
  if (tail == 0) piece_.reset();
  std::shared_ptr<char[]> piece = pool_.Take(capacity_);
  if (tail > 0) std::memcpy(piece.get(), piece_.get() + begin_, tail);
  piece_ = std::move(piece);
  begin_ = 0;
  scanned_ = tail;
  end_ = tail;
}

bool LineReader::TakeLine(std::size_t line_end, std::size_t next, Line& line) {
  line.number = ++lines_;
  line.begin = piece_.get() + begin_;
  line.size = line_end - begin_;
  line.too_long = line.size > max_line_bytes_;
  if (line.text().starts_with(kByteOrderMark)) {
    line.begin += kByteOrderMark.size();
    line.size -= kByteOrderMark.size();
  }
  if (line.size > 0 && line.begin[line.size - 1] == '\r') --line.size;
  begin_ = scanned_ = next;
  return true;
}

bool LineReader::SkipLongLine(Line& line) {
  line.number = ++lines_;
  line.begin = nullptr;
  line.size = 0;
  line.too_long = true;
  do {
    begin_ = scanned_ = end_;
    if (!Fill()) return status_.ok();
  } while (!FindLineEnd());
  found_ = false;
  begin_ = ++scanned_;
  return true;
}

}  // namespace samestory::io
