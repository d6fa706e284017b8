#include "io/feed.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "io/bad_records.h"
#include "io/feed_encoding.h"
#include "io/json_text.h"
#include "io/made_record.h"

namespace samestory::io {
namespace {

class FeedReader final : public RecordReader {
 public:
  FeedReader(std::unique_ptr<ByteSource> source, std::string path, const ReaderOptions& options,
             BadRecordHandler on_bad)
      : source_(std::move(source)),
        bad_(std::move(path), std::move(on_bad)),
        max_bytes_(options.max_feed_bytes) {}

  absl::StatusOr<bool> Next(InputRecord& out) override {
    if (!std::exchange(loaded_, true)) {
      if (absl::Status loaded = Load(); !loaded.ok()) return loaded;
    }
    while (next_ < feed_.items.size()) {
      FeedItem item = std::move(feed_.items[next_++]);
      if (item.error.empty()) {
        Fill(std::move(item), out);
        return true;
      }
      bad_.Report(LineOf(item.offset), std::move(item.error));
    }
    ReportError();
    return false;
  }

  bool Ready() override { return loaded_ || source_->Ready(); }
  std::uint64_t BytesRead() const override { return source_->BytesRead(); }
  std::optional<std::uint64_t> BytesTotal() const override { return source_->BytesTotal(); }

 private:
  absl::Status Load() {
    const absl::StatusOr<std::string> bytes = ReadAll(*source_, max_bytes_, bad_.file());
    if (!bytes.ok()) return bytes.status();
    absl::StatusOr<std::string> text = DecodeMarkup(*bytes, repaired_);
    if (!text.ok()) return WithFile(text.status());
    text_ = *std::move(text);
    const bool is_json = TrimJsonSpace(text_).starts_with('{');
    absl::StatusOr<Feed> feed = is_json ? ParseJsonFeed(text_) : ParseXmlFeed(text_);
    if (!feed.ok()) return WithFile(feed.status());
    feed_ = *std::move(feed);
    repaired_ += feed_.repaired;
    WarnOfFault();
    return absl::OkStatus();
  }

  absl::Status WithFile(const absl::Status& status) const {
    return {status.code(), bad_.file() + ": " + std::string(status.message())};
  }

  void Fill(FeedItem item, InputRecord& out) {
    Record fields;
    fields.id = item.id;
    fields.title = item.title;
    fields.summary = item.summary;
    fields.text = item.text;
    fields.url = item.url;
    fields.source = item.source;
    fields.lang = item.lang;
    fields.published = item.published;
    MakeRecord(fields, next_, out);
    out.markup = std::move(item.markup);
    out.record.markup = out.markup;
    out.line = LineOf(item.offset);
    out.repaired = std::exchange(repaired_, 0);
  }

  void WarnOfFault() const {
    if (feed_.fault.empty()) return;
    const auto begin = text_.begin(), end = begin + static_cast<std::ptrdiff_t>(feed_.fault_offset);
    bad_.Warn(1 + static_cast<std::uint64_t>(std::count(begin, end, '\n')),
              "the feed is not well-formed: " + feed_.fault + "; all of it is read");
  }

  void ReportError() {
    if (feed_.error.empty()) return;
    bad_.Report(LineOf(feed_.error_offset),
                "the feed is not well-formed: " + std::exchange(feed_.error, {}) +
                    "; the items that end before are read");
  }

  /// The line that `offset` stands in; offsets come in ascending order.
  std::uint64_t LineOf(std::size_t offset) {
    offset = std::min(offset, text_.size());
    if (offset > counted_) {
      line_ += static_cast<std::uint64_t>(
          std::count(text_.data() + counted_, text_.data() + offset, '\n'));
      counted_ = offset;
    }
    return line_;
  }

  std::unique_ptr<ByteSource> source_;
  BadRecords bad_;
  std::size_t max_bytes_;
  bool loaded_ = false;
  std::string text_;
  Feed feed_;
  std::size_t next_ = 0;
  std::size_t repaired_ = 0;
  std::size_t counted_ = 0;  ///< bytes of text_ whose line ends line_ counts
  std::uint64_t line_ = 1;
};

}  // namespace

void SetContent(std::string_view html, FeedItem& item) {
  absl::StatusOr<HtmlLines> lines = LinesOfFragment(html);
  if (!lines.ok()) {
    item.error = std::string(lines.status().message());
    return;
  }
  item.text = std::move(lines->text);
  item.markup = std::move(lines->markup);
}

std::unique_ptr<RecordReader> ReadFeed(std::unique_ptr<ByteSource> source, std::string path,
                                       const ReaderOptions& options, BadRecordHandler on_bad) {
  return std::make_unique<FeedReader>(std::move(source), std::move(path), options,
                                      std::move(on_bad));
}

}  // namespace samestory::io
