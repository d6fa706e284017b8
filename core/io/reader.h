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

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "samestory/line_markup.h"
#include "samestory/record.h"

namespace samestory::io {

/// Which fields of an input object hold what. Two may name the same field. An
/// empty name is never found. While `summary` has its default, "description"
/// is read where the summary is absent.
struct FieldNames {
  std::string id = "id", title = "title", summary = "summary", text = "text", url = "url",
              source = "source", published = "published", lang = "lang";
};

enum class InputFormat {
  kAuto,    ///< by the name's ending, then by the first bytes; NDJSON where both are silent
  kNdjson,  ///< one JSON object a line
  kLines,   ///< a headline a line
  kPage,    ///< the whole file is one page
  kFeed,    ///< RSS, RDF, Atom or JSON Feed
  kHtml,    ///< the whole file is one HTML document
};

/// Most that a bound on lines, pages and feeds may be: positions in JSON have 32 bits.
inline constexpr std::size_t kMostInputBytes = (std::size_t{1} << 32) - 4096;

struct ReaderOptions {
  FieldNames fields;
  InputFormat format = InputFormat::kAuto;
  bool txt_is_page = false;  ///< kAuto: a .txt file is one page, else a headline a line
  /// The text of records is HTML and a .txt file is an HTML document, whatever they
  /// begin with. Otherwise the text of a record is where it looks like HTML.
  bool html = false;
  /// A longer line is a bad record, skipped in bounded memory. 1 to kMostInputBytes.
  std::size_t max_line_bytes = 256u << 20;
  /// A record whose fields hold more text together is a bad record. 0: no bound.
  std::size_t max_item_bytes = 0;
  /// A longer page is a bad record, a longer feed an error; both are read as a whole, a
  /// feed in up to 18 times its size of memory, HTML in some 10 times and never more than 48
  /// times and 64 MiB. 1 to kMostInputBytes.
  std::size_t max_page_bytes = 256u << 20, max_feed_bytes = 64u << 20;
};

/// A record that could not be read, or a fault that cost no record.
struct BadRecord {
  std::string file;        ///< as given; "-" for standard input
  std::uint64_t line = 0;  ///< from 1
  std::string reason;      ///< one line of valid UTF-8, at most 60 bytes quoted from the input
  bool lost = true;        ///< false: a warning, everything was read
};

/// A record with all that is needed to write it out again. May be moved, which
/// keeps its views valid; not copied. Filling one again keeps its memory.
struct InputRecord {
  Record record;               ///< views into `bytes` and `scratch`
  std::string_view raw;        ///< the input object as it stood (NDJSON), else one made for it
  bool id_is_integer = false;  ///< the id was a JSON number: write it as one
  bool id_is_made = false;     ///< "#<line>", or "#<item>" of a feed
  std::uint64_t line = 0;      ///< where it begins, from 1
  /// Replacements by U+FFFD: invalid UTF-8 sequences and lone surrogate escapes.
  /// They are made in `raw` too, so that what is written can be read again. Of a
  /// feed: those of the whole file, on its first record.
  std::size_t repaired = 0;

  std::shared_ptr<char[]> bytes;  ///< the piece of input, shared with the records beside it
  std::vector<char> scratch;      ///< what stands in no piece of input
  std::vector<char> page;         ///< what was read from HTML in the text
  std::vector<LineMarkup> markup; ///< of the lines of the text, where it was HTML

  InputRecord() = default;
  InputRecord(const InputRecord&) = delete;
  InputRecord& operator=(const InputRecord&) = delete;
  InputRecord(InputRecord&&) noexcept = default;
  InputRecord& operator=(InputRecord&&) noexcept = default;
};

using BadRecordHandler = std::function<void(const BadRecord&)>;

/// Reads records one by one from a file, whatever its format and compression.
/// Not thread-safe; records may be used and destroyed on any thread, also after
/// the reader.
class RecordReader {
 public:
  virtual ~RecordReader() = default;

  /// True and `out` filled; or false at the end. A bad record is passed to the
  /// handler and skipped. An error is a failure of the file itself (unreadable,
  /// corrupt compression), names the file, and comes after every record that
  /// could be read before it.
  virtual absl::StatusOr<bool> Next(InputRecord& out) = 0;

  /// Replaces `out` by the next records, `max` (1 or more) at most, and returns
  /// their number; 0 at the end. Fewer come where more would mean to wait for a
  /// pipe. The records of `out` share the memory of the input: hold a batch, not
  /// single records of it. An error is given only when no record comes with it.
  absl::StatusOr<std::size_t> NextBatch(std::vector<InputRecord>& out, std::size_t max);

  /// True where Next gives its answer without waiting for more input.
  virtual bool Ready() = 0;

  /// Bytes of the (compressed) input consumed, and its size where it is known.
  virtual std::uint64_t BytesRead() const = 0;
  virtual std::optional<std::uint64_t> BytesTotal() const = 0;

 private:
  absl::Status held_;
};

/// Opens `path` ("-": standard input). .gz and .zst are known by their first bytes.
/// kNotFound, kPermissionDenied, kInvalidArgument (a directory, UTF-16 records, an
/// option out of range, no feed where one was asked for), each with the path.
/// `on_bad` is called by Next and NextBatch alone; it may be empty.
absl::StatusOr<std::unique_ptr<RecordReader>> OpenReader(const std::string& path,
                                                         const ReaderOptions& options,
                                                         BadRecordHandler on_bad);

/// Unix seconds of a time as feeds and records write it: RFC 3339 and the other
/// ISO 8601 forms (date alone, no seconds, blank for T, basic form), RFC 822 and
/// its relatives (no weekday, no seconds, full names, two-digit year, named zone,
/// month first), asctime, or Unix seconds or milliseconds as a number. No zone
/// means UTC. Absent where `text` is none of them, is no date of the calendar, or
/// lies outside the years 1970 to 9999. Never allocates.
std::optional<std::int64_t> ParseTime(std::string_view text);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_READER_H_
