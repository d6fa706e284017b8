#include "io/bounded_reader.h"

#include <cstdint>
#include <utility>

#include "io/bad_records.h"

namespace samestory::io {
namespace {

std::size_t TextBytes(const Record& r) {
  return r.id.size() + r.title.size() + r.summary.size() + r.text.size() + r.url.size() +
         r.source.size() + r.lang.size();
}

class BoundedReader final : public RecordReader {
 public:
  BoundedReader(std::unique_ptr<RecordReader> reader, std::string path, std::size_t max_bytes,
                BadRecordHandler on_bad)
      : reader_(std::move(reader)),
        bad_(std::move(path), std::move(on_bad)),
        max_bytes_(max_bytes) {}

  absl::StatusOr<bool> Next(InputRecord& out) override {
    for (;;) {
      absl::StatusOr<bool> more = reader_->Next(out);
      if (!more.ok() || !*more) return more;
      const std::size_t bytes = TextBytes(out.record);
      if (bytes <= max_bytes_) return more;
      bad_.Report(out.line, "the record has " + std::to_string(bytes) + " bytes of text, above " +
                                std::to_string(max_bytes_));
    }
  }

  bool Ready() override { return reader_->Ready(); }
  std::uint64_t BytesRead() const override { return reader_->BytesRead(); }
  std::optional<std::uint64_t> BytesTotal() const override { return reader_->BytesTotal(); }

 private:
  std::unique_ptr<RecordReader> reader_;
  BadRecords bad_;
  std::size_t max_bytes_;
};

}  // namespace

std::unique_ptr<RecordReader> BoundItems(std::unique_ptr<RecordReader> reader, std::string path,
                                         std::size_t max_bytes, BadRecordHandler on_bad) {
  if (max_bytes == 0) return reader;
  return std::make_unique<BoundedReader>(std::move(reader), std::move(path), max_bytes,
                                         std::move(on_bad));
}

}  // namespace samestory::io
