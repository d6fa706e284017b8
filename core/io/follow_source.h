#ifndef SAMESTORY_IO_FOLLOW_SOURCE_H_
#define SAMESTORY_IO_FOLLOW_SOURCE_H_

#include <sys/types.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "io/byte_source.h"

namespace samestory::io {

/// The whole lines of a file that grows or of a pipe. Never waits: Read gives kUnavailable
/// where no whole line is there. A line of more than `max_line_bytes`
/// is cut behind the first byte too many.
class FollowSource final : public ByteSource {
 public:
  /// Where a line ends: in which file, at which byte.
  struct Place {
    std::uint64_t inode = 0, offset = 0;
  };

  /// `path` "-" is standard input. Begins at `begin` where the file is still that one; where
  /// another has taken its name, the rest of the old one is read first, if it is still in
  /// the same folder.
  static absl::StatusOr<std::unique_ptr<FollowSource>> Open(const std::string& path,
                                                            std::size_t max_line_bytes,
                                                            std::optional<Place> begin);
  ~FollowSource() override;

  absl::StatusOr<std::size_t> Read(char* out, std::size_t size) override;
  bool Ready() const override;
  std::uint64_t BytesRead() const override { return read_; }
  std::optional<std::uint64_t> BytesTotal() const override { return std::nullopt; }

  /// Where reading began.
  Place Begin() const { return begin_; }

  /// The source of a pipe; -1: a regular file.
  int pipe() const { return is_regular_ ? -1 : fd_; }

  /// Where the line `number`, from 1, ends; earlier ones are asked for no more. Absent:
  /// no such line was read.
  std::optional<Place> EndOfLine(std::uint64_t number);

 private:
  FollowSource(std::string path, std::size_t max_line_bytes)
      : path_(std::move(path)), max_line_bytes_(max_line_bytes) {}

  absl::Status OpenPath();
  void GoTo(const Place& place);
  int OpenByInode(std::uint64_t inode) const;
  void Fill();
  bool ReadSome();
  void Keep(std::string_view bytes);
  void EndLine();
  bool LookAgain();

  std::string path_;
  std::size_t max_line_bytes_;
  int fd_ = -1;
  bool is_regular_ = false, at_end_ = false;
  std::uint64_t inode_ = 0, offset_ = 0, read_ = 0;
  Place begin_;
  std::string whole_, partial_;  // lines to be given, and the beginning of the next
  std::size_t given_ = 0;        // bytes of whole_
  bool skipping_ = false;        // the rest of a line that was cut
  std::deque<Place> ends_;       // of the lines from first_line_ on
  std::uint64_t first_line_ = 1;
  absl::Status status_;
};

}  // namespace samestory::io

#endif  // SAMESTORY_IO_FOLLOW_SOURCE_H_
