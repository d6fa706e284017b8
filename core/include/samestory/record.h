#ifndef SAMESTORY_RECORD_H_
#define SAMESTORY_RECORD_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "samestory/line_markup.h"

namespace samestory {

/// One item of news: what a feed, a crawler or a file says of it. All fields
/// are views; the caller keeps the bytes alive for the duration of the call.
/// Text is UTF-8; invalid bytes are read as U+FFFD. HTML tags and entities may
/// stand in `title` and `summary`. Empty means absent.
struct Record {
  std::string_view id = {};       ///< unique within `source`; need not be global
  std::string_view title = {};
  std::string_view summary = {};  ///< description, teaser, snippet
  std::string_view text = {};     ///< body or page text, a line or a paragraph a line
  /// What markup said of each '\n'-separated line of `text`, empty lines included;
  /// empty: nothing is known. Of another number of entries, the page is not split.
  std::span<const LineMarkup> markup = {};
  std::string_view url = {};
  std::string_view source = {};   ///< the outlet's name or the feed's title
  std::string_view lang = {};     ///< BCP 47, "en"; empty: unknown

  /// The id was made up by the caller to name the record (a line number, say): an
  /// equal id tells nothing about two records.
  bool id_is_made = false;

  /// What the publisher says: Unix seconds, UTC.
  std::optional<std::int64_t> published = {};

  /// When we first saw it: Unix seconds, UTC. Absent: the stream's own clock,
  /// which is the latest `published` so far.
  std::optional<std::int64_t> seen = {};
};

}  // namespace samestory

#endif  // SAMESTORY_RECORD_H_
