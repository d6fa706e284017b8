#include "io/text_file.h"

#include <cstddef>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "io/bad_records.h"
#include "io/json_text.h"
#include "io/line_reader.h"
#include "io/made_record.h"
#include "samestory/text.h"

namespace samestory::io {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

class LinesReader final : public RecordReader {
 public:
  LinesReader(std::unique_ptr<ByteSource> source, std::string path, const ReaderOptions& options,
              BadRecordHandler on_bad)
      : source_(std::move(source)),
        lines_(*source_, options.max_line_bytes),
        bad_(std::move(path), std::move(on_bad)),
        max_line_bytes_(options.max_line_bytes) {}

  absl::StatusOr<bool> Next(InputRecord& out) override {
    Line line;
    while (lines_.Next(line)) {
      if (line.too_long) {
        bad_.Report(line.number, TooLong(max_line_bytes_));
        continue;
      }
      const std::string_view text = TrimJsonSpace(line.text());
      if (text.empty()) continue;
      const std::string title = RepairUtf8(text, &out.repaired);
      Record fields;
      fields.title = title;
      MakeRecord(fields, line.number, out);
      out.line = line.number;
      return true;
    }
    if (!lines_.status().ok()) return lines_.status();
    return false;
  }

  bool Ready() override { return lines_.Ready(); }
  std::uint64_t BytesRead() const override { return source_->BytesRead(); }
  std::optional<std::uint64_t> BytesTotal() const override { return source_->BytesTotal(); }

 private:
  std::unique_ptr<ByteSource> source_;
  LineReader lines_;
  BadRecords bad_;
  std::size_t max_line_bytes_;
};

class PageReader final : public RecordReader {
 public:
  PageReader(std::unique_ptr<ByteSource> source, std::string path, const ReaderOptions& options,
             BadRecordHandler on_bad)
      : source_(std::move(source)),
        bad_(std::move(path), std::move(on_bad)),
        max_bytes_(options.max_page_bytes) {}

  absl::StatusOr<bool> Next(InputRecord& out) override {
    if (std::exchange(done_, true)) return false;
    const absl::StatusOr<std::string> bytes = ReadAll(*source_, max_bytes_, bad_.file());
    if (absl::IsInvalidArgument(bytes.status())) {
      bad_.Report(1, PageTooLong(max_bytes_));
      return false;
    }
    if (!bytes.ok()) return bytes.status();
    std::string_view page = *bytes;
    if (page.starts_with(kByteOrderMark)) page.remove_prefix(kByteOrderMark.size());
    const std::string text = RepairUtf8(page, &out.repaired);
    const std::string id = RepairUtf8(PageId(bad_.file()));
    Record fields;
    fields.id = id;
    fields.text = text;
    MakeRecord(fields, 1, out);
    out.line = 1;
    return true;
  }

  bool Ready() override { return done_ || source_->Ready(); }
  std::uint64_t BytesRead() const override { return source_->BytesRead(); }
  std::optional<std::uint64_t> BytesTotal() const override { return source_->BytesTotal(); }

 private:
  std::unique_ptr<ByteSource> source_;
  BadRecords bad_;
  std::size_t max_bytes_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> ReadLines(std::unique_ptr<ByteSource> source, std::string path,
                                        const ReaderOptions& options, BadRecordHandler on_bad) {
  return std::make_unique<LinesReader>(std::move(source), std::move(path), options,
                                       std::move(on_bad));
}

std::unique_ptr<RecordReader> ReadPage(std::unique_ptr<ByteSource> source, std::string path,
                                       const ReaderOptions& options, BadRecordHandler on_bad) {
  return std::make_unique<PageReader>(std::move(source), std::move(path), options,
                                      std::move(on_bad));
}

std::string_view PageId(std::string_view path) {
  if (path == "-") return {};
  path.remove_prefix(path.rfind('/') + 1);
  for (const std::string_view ending : {".gz", ".zst", ".txt", ".html", ".htm", ".xhtml"}) {
    if (path.size() > ending.size() && path.ends_with(ending)) path.remove_suffix(ending.size());
  }
  return path;
}

}  // namespace samestory::io
