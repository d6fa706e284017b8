#ifndef SAMESTORY_IO_FEED_WRITER_H_
#define SAMESTORY_IO_FEED_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "io/reader.h"

namespace samestory::io {

enum class FeedFormat {
  kRss,       ///< RSS 2.0
  kAtom,      ///< Atom 1.0 (RFC 4287)
  kJsonFeed,  ///< JSON Feed 1.1
};

/// Of the elements that RSS and Atom have no word for.
inline constexpr char kFeedNamespace[] = "urn:samestory:feed";

/// What a feed says of itself.
struct FeedHead {
  std::string title = "samestory";
  std::string url;  ///< of the site that the feed is shown on; empty: a made urn:uuid
};

/// What was decided about an item, written beside it. Empty means absent.
struct FeedNote {
  std::string_view story, relation, of, replaces;
};

/// Writes records as a feed, item by item: Head, any number of Items, Foot. The same
/// records give the same bytes. ReadFeed reads the same fields back; docs/formats.md
/// ("Feeds out") lists what a format cannot say. Bytes that its format forbids
/// (control characters, invalid UTF-8) are left out or become U+FFFD.
class FeedWriter {
 public:
  FeedWriter(FeedFormat format, FeedHead head);

  void Head(std::string& out) const;
  void Item(const InputRecord& input, const FeedNote& note, std::string& out);
  /// Says when the feed was updated: the latest time that an item claimed.
  void Foot(std::string& out) const;

 private:
  void RssItem(const InputRecord& input, const FeedNote& note, std::string& out) const;
  void AtomEntry(const InputRecord& input, const FeedNote& note, std::string& out) const;
  void JsonItem(const InputRecord& input, const FeedNote& note, std::string& out);
  std::string ItemUrn(const Record& record) const;

  FeedFormat format_;
  FeedHead head_;
  std::string urn_;
  std::int64_t updated_ = 0;
  bool any_ = false;
};

}  // namespace samestory::io

#endif  // SAMESTORY_IO_FEED_WRITER_H_
