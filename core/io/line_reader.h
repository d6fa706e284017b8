#ifndef SAMESTORY_IO_LINE_READER_H_
#define SAMESTORY_IO_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "io/byte_source.h"

namespace samestory::io {

/// Pieces of input, used again when the last record that points into one is gone.
/// Pieces may be let go on any thread, also after the pool.
class PiecePool {
 public:
  PiecePool();

  /// A piece of `size` bytes and kPadding more behind them; contents undefined.
  std::shared_ptr<char[]> Take(std::size_t size);

  /// Readable bytes behind every line: what simdjson asks for.
  static constexpr std::size_t kPadding = 64;
  /// Size of the pieces that are used again.
  static constexpr std::size_t kPieceBytes = 256 << 10;

 private:
  struct FreeList;
  std::shared_ptr<FreeList> free_;
};

/// One line of input.
struct Line {
  char* begin = nullptr;     ///< writable; PiecePool::kPadding readable bytes stand behind it
  std::size_t size = 0;      ///< without the line end
  std::uint64_t number = 0;  ///< from 1
  bool too_long = false;     ///< skipped: begin and size say nothing

  std::string_view text() const { return {begin, size}; }
};

/// Cuts a source into lines at LF, without copying a line unless a piece of input
/// ends within it. The last line needs no LF. A CR before the LF is left out, and so
/// is a UTF-8 byte order mark that begins a line (of a file, or of one appended).
class LineReader {
 public:
  /// `source` must outlive the reader.
  LineReader(ByteSource& source, std::size_t max_line_bytes)
      : source_(source), max_line_bytes_(max_line_bytes) {}

  /// True and the next line; false at the end or on an error: see status(). After
  /// kUnavailable it may be called again. The line is valid while piece() is held.
  bool Next(Line& line);
  const absl::Status& status() const { return status_; }

  /// What the last line points into.
  const std::shared_ptr<char[]>& piece() const { return piece_; }

  /// True where Next gives its answer without waiting for more input.
  bool Ready();

 private:
  bool FindLineEnd();
  bool Fill();
  void MakeRoom();
  bool TakeLine(std::size_t line_end, std::size_t next, Line& line);
  bool SkipLongLine(Line& line);

  ByteSource& source_;
  std::size_t max_line_bytes_;
  PiecePool pool_;
  absl::Status status_;
  std::shared_ptr<char[]> piece_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;    ///< of the next line
  std::size_t scanned_ = 0;  ///< no LF in [begin_, scanned_)
  bool found_ = false;       ///< an LF stands at scanned_
  std::size_t end_ = 0;      ///< of what was read
  std::uint64_t lines_ = 0;
  bool ended_ = false;
};

}  // namespace samestory::io

#endif  // SAMESTORY_IO_LINE_READER_H_
