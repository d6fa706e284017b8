#include "io/reader.h"

#include <utility>

#include "io/bounded_reader.h"
#include "io/byte_source.h"
#include "io/feed.h"
#include "io/html_file.h"
#include "io/ndjson.h"
#include "io/sniff.h"
#include "io/text_file.h"

namespace samestory::io {
namespace {

absl::Status CheckBound(const char* name, std::size_t value) {
  if (value >= 1 && value <= kMostInputBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(std::string(name) + " must be 1 to " +
                                    std::to_string(kMostInputBytes) + ", is " +
                                    std::to_string(value));
}

absl::Status CheckNotUtf16(PeekedSource& source, const std::string& path) {
  const absl::StatusOr<std::string_view> begin = source.Peek(2);
  if (!begin.ok()) return begin.status();
  if (!begin->starts_with("\xff\xfe") && !begin->starts_with("\xfe\xff")) return absl::OkStatus();
  return absl::InvalidArgumentError(path + ": is UTF-16; records are read in UTF-8");
}

absl::StatusOr<std::unique_ptr<RecordReader>> OpenUnbounded(const std::string& path,
                                                            const ReaderOptions& options,
                                                            BadRecordHandler on_bad) {
  if (absl::Status s = CheckBound("max_line_bytes", options.max_line_bytes); !s.ok()) return s;
  if (absl::Status s = CheckBound("max_page_bytes", options.max_page_bytes); !s.ok()) return s;
  if (absl::Status s = CheckBound("max_feed_bytes", options.max_feed_bytes); !s.ok()) return s;
  absl::StatusOr<std::unique_ptr<PeekedSource>> opened = OpenDecoded(path);
  if (!opened.ok()) return opened.status();
  std::unique_ptr<PeekedSource> source = *std::move(opened);

  InputFormat format = options.format;
  if (format == InputFormat::kAuto) format = FormatOfName(path, options.txt_is_page);
  if (format == InputFormat::kAuto) {
    const absl::StatusOr<InputFormat> found = FormatOfContent(*source);
    if (!found.ok()) return found.status();
    format = *found;
  }
  if (options.html && (format == InputFormat::kPage || format == InputFormat::kLines)) {
    format = InputFormat::kHtml;
  }
  if (format == InputFormat::kHtml) {
    return ReadHtmlFile(std::move(source), path, options, std::move(on_bad));
  }
  if (format == InputFormat::kFeed) {
    return ReadFeed(std::move(source), path, options, std::move(on_bad));
  }
  if (absl::Status s = CheckNotUtf16(*source, path); !s.ok()) return s;
  switch (format) {
    case InputFormat::kLines:
      return ReadLines(std::move(source), path, options, std::move(on_bad));
    case InputFormat::kPage:
      return ReadPage(std::move(source), path, options, std::move(on_bad));
    default:
      return ReadNdjson(std::move(source), path, options, std::move(on_bad));
  }
}

}  // namespace

absl::StatusOr<std::size_t> RecordReader::NextBatch(std::vector<InputRecord>& out,
                                                    std::size_t max) {
  std::size_t count = 0;
  if (!held_.ok()) {
    out.clear();
    return std::exchange(held_, absl::OkStatus());
  }
  if (out.size() < max) out.resize(max);
  while (count < max && (count == 0 || Ready())) {
    const absl::StatusOr<bool> more = Next(out[count]);
    if (!more.ok()) held_ = more.status();
    if (!more.ok() || !*more) break;
    ++count;
  }
  out.resize(count);
  if (count == 0 && !held_.ok()) return std::exchange(held_, absl::OkStatus());
  return count;
}

absl::StatusOr<std::unique_ptr<RecordReader>> OpenReader(const std::string& path,
                                                         const ReaderOptions& options,
                                                         BadRecordHandler on_bad) {
  auto reader = OpenUnbounded(path, options, on_bad);
  if (!reader.ok()) return reader.status();
  return BoundItems(*std::move(reader), path, options.max_item_bytes, std::move(on_bad));
}

}  // namespace samestory::io
