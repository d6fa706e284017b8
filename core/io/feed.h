#ifndef SAMESTORY_IO_FEED_H_
#define SAMESTORY_IO_FEED_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "io/byte_source.h"
#include "io/html_lines.h"
#include "io/reader.h"

namespace samestory::io {

/// One item of a feed. Empty means absent. HTML stands in title and summary as the
/// feed has it; `text` has none: it is the content, see LinesOfFragment.
struct FeedItem {
  std::string id, title, summary, text, url, source, lang;
  std::vector<LineMarkup> markup;  ///< of the lines of `text`, where it was HTML
  std::optional<std::int64_t> published;
  std::string error;  ///< why the content cannot be read, and with it the item; empty: it can
  std::size_t offset = 0;  ///< where the item begins, in bytes of the decoded feed
};

struct Feed {
  std::vector<FeedItem> items;
  std::size_t repaired = 0;      ///< replacements by U+FFFD that parsing made
  std::string error;             ///< why the feed is not well-formed; empty: it is
  std::size_t error_offset = 0;  ///< the items that end before it were read
  /// Why the feed is not well-formed though all of it was read; empty: it is.
  std::string fault;
  std::size_t fault_offset = 0;
};

/// Makes the text of `item` of the HTML in its content.
void SetContent(std::string_view html, FeedItem& item);

/// Parses RSS 2.0, 0.9x and 1.0 (RDF) and Atom 0.3 and 1.0, in UTF-8. Entities of
/// the DTD are not expanded. Text that was encoded twice is repaired (see
/// UndoDoubleEncoding). Links are resolved against xml:base, else against the feed's
/// own link. An error (kInvalidArgument, without the file's name) where the text is
/// none of them: HTML, other XML, or broken before the first element ended.
absl::StatusOr<Feed> ParseXmlFeed(const std::string& utf8);

/// Parses JSON Feed 1.0 and 1.1, in UTF-8. kInvalidArgument where it is none. Lone
/// surrogate escapes become U+FFFD.
absl::StatusOr<Feed> ParseJsonFeed(std::string utf8);

/// The items of a feed of any of these formats, in any encoding that its byte
/// order mark or its XML declaration names and ICU knows.
std::unique_ptr<RecordReader> ReadFeed(std::unique_ptr<ByteSource> source, std::string path,
                                       const ReaderOptions& options, BadRecordHandler on_bad);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_FEED_H_
