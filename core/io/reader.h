#ifndef SAMESTORY_IO_READER_H_
#define SAMESTORY_IO_READER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/record.h"

namespace samestory::io {

/// Which fields of an input object hold what.
struct FieldNames {
  std::string id = "id", title = "title", summary = "summary", text = "text", url = "url",
              source = "source", published = "published", lang = "lang";
};

enum class InputFormat { kAuto, kNdjson, kLines, kPage, kFeed };

struct ReaderOptions {
  FieldNames fields;
  InputFormat format = InputFormat::kAuto;  ///< kAuto: by name, then by the first bytes
  bool txt_is_page = false;                 ///< a .txt file is one page, else a headline a line
  std::size_t max_line_bytes = 256u << 20;  ///< a longer line is a bad record
};

/// A record that could not be read.
struct BadRecord {
  std::string file;       ///< as given; "-" for standard input
  std::uint64_t line = 0; ///< from 1
  std::string reason;     ///< one line, no quotes from the input beyond 60 bytes
};

/// A record with all that is needed to write it out again.
struct InputRecord {
  Record record;             ///< views into this object's own buffers
  std::string raw;           ///< the input object as it stood (NDJSON), else the object made for it
  bool id_is_integer = false;///< the id was a JSON number (write it as one)
  bool id_is_made = false;   ///< "#<line>"
  std::uint64_t line = 0;
  std::size_t repaired = 0;  ///< invalid UTF-8 sequences replaced by U+FFFD
  std::vector<std::string> storage;  ///< what `record` points into

  InputRecord() = default;
  InputRecord(const InputRecord&) = delete;
  InputRecord& operator=(const InputRecord&) = delete;
  InputRecord(InputRecord&&) noexcept = default;             // views stay valid: see reader.cc
  InputRecord& operator=(InputRecord&&) noexcept = default;
};

/// Reads records one by one from a file, whatever its format and compression.
class RecordReader {
 public:
  virtual ~RecordReader() = default;

  /// True and `out` filled; or false at the end. A bad record is passed to the
  /// `on_bad` callback and skipped. An error is a failure of the file itself
  /// (unreadable, corrupt compression): what was read before it was good.
  virtual absl::StatusOr<bool> Next(InputRecord& out) = 0;

  /// Bytes of the (compressed) input consumed, and its size where it is known.
  virtual std::uint64_t BytesRead() const = 0;
  virtual std::optional<std::uint64_t> BytesTotal() const = 0;
};

/// Opens `path` ("-": standard input). kNotFound, kPermissionDenied, kInvalidArgument
/// (a directory), each with the path.
absl::StatusOr<std::unique_ptr<RecordReader>> OpenReader(
    const std::string& path, const ReaderOptions& options,
    std::function<void(const BadRecord&)> on_bad);

/// Unix seconds of RFC 3339, RFC 822 (with the forms that feeds really use) or a
/// number of Unix seconds or milliseconds; absent where it is none of them.
std::optional<std::int64_t> ParseTime(std::string_view text);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_READER_H_
