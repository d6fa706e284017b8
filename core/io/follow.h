#ifndef SAMESTORY_IO_FOLLOW_H_
#define SAMESTORY_IO_FOLLOW_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "io/reader.h"

namespace samestory::io {

/// An input that goes on: a file that grows, a pipe, or a directory into which files
/// are dropped. Nothing here waits. Not thread-safe.
class FollowedInput {
 public:
  virtual ~FollowedInput() = default;

  /// Appends the records that are there now, `max` at most, to `out` and returns their
  /// number. A file of a directory that cannot be read is passed to the handler of bad
  /// records; an error is one of the input itself.
  virtual absl::StatusOr<std::size_t> Take(std::vector<InputRecord>& out, std::size_t max) = 0;

  /// True where no more can come: standard input at its end.
  virtual bool ended() const { return false; }

  /// A descriptor that becomes readable when there is more; -1: look again by the clock.
  virtual int fd() const { return -1; }

  /// Lines that tell a later run what was taken; empty: nothing to tell.
  virtual std::vector<std::string> Memory() const { return {}; }
};

/// Follows `path`; "-" is standard input.
///
/// A regular file is read from its beginning and then as it grows, by whole lines. Where
/// another file stands under its name (rotation), the rest of the old one is read, then
/// the new one, also where that happened since an earlier run, if the old file was
/// renamed within its folder; where it is shorter than what was read (truncation), it is read from its
/// beginning. A named pipe is never at its end. Both hold NDJSON or a headline a line.
///
/// Of a directory every regular file is read once, whatever its format, when it is
/// complete: closed by its writer or renamed into place, or, where the system does not
/// tell, unchanged for some seconds. It is known by name, size and modification time:
/// changed, it is read anew. Names that begin with '.' or end with .tmp or .part are
/// left alone. Nothing is ever deleted.
///
/// `memory` holds the lines of Memory() of an earlier run, of any inputs. Status as
/// OpenReader; kInvalidArgument for a format that is not read by lines.
absl::StatusOr<std::unique_ptr<FollowedInput>> Follow(const std::string& path,
                                                      const ReaderOptions& options,
                                                      const std::vector<std::string>& memory,
                                                      BadRecordHandler on_bad);

/// Of Follow: a file or pipe, a directory.
absl::StatusOr<std::unique_ptr<FollowedInput>> FollowFile(const std::string& path,
                                                          const ReaderOptions& options,
                                                          const std::vector<std::string>& memory,
                                                          BadRecordHandler on_bad);
absl::StatusOr<std::unique_ptr<FollowedInput>> FollowDirectory(
    const std::string& path, const ReaderOptions& options, const std::vector<std::string>& memory,
    BadRecordHandler on_bad);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_FOLLOW_H_
