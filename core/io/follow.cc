#include "io/follow.h"

#include <sys/stat.h>

#include <cinttypes>
#include <cstdio>
#include <utility>

#include "io/bounded_reader.h"
#include "io/follow_source.h"
#include "io/ndjson.h"
#include "io/sniff.h"
#include "io/text_file.h"

namespace samestory::io {
namespace {

class FollowedFile final : public FollowedInput {
 public:
  FollowedFile(std::string path, FollowSource* source, std::unique_ptr<RecordReader> reader)
      : path_(std::move(path)),
        source_(source),
        reader_(std::move(reader)),
        taken_(source_->Begin()) {}

  absl::StatusOr<std::size_t> Take(std::vector<InputRecord>& out, std::size_t max) override {
    if (ended_ || max == 0 || !reader_->Ready()) return std::size_t{0};
    std::vector<InputRecord> records;
    const absl::StatusOr<std::size_t> count = reader_->NextBatch(records, max);
    if (absl::IsUnavailable(count.status())) return std::size_t{0};
    if (!count.ok()) return count.status();
    ended_ = *count == 0;
    if (*count == 0) return count;
    if (const auto place = source_->EndOfLine(records.back().line)) taken_ = *place;
    for (InputRecord& record : records) out.push_back(std::move(record));
    return count;
  }

  bool ended() const override { return ended_; }
  int fd() const override { return ended_ ? -1 : source_->pipe(); }

  std::vector<std::string> Memory() const override {
    if (source_->pipe() >= 0) return {};
    return {"file " + std::to_string(taken_.inode) + " " + std::to_string(taken_.offset) + " " +
            path_};
  }

 private:
  std::string path_;
  FollowSource* source_;  // of reader_
  std::unique_ptr<RecordReader> reader_;
  FollowSource::Place taken_;  // what comes before was taken, in this run or an earlier one
  bool ended_ = false;
};

std::optional<FollowSource::Place> Remembered(const std::string& path,
                                              const std::vector<std::string>& memory) {
  for (const std::string& line : memory) {
    FollowSource::Place place;
    int name = 0;
    if (std::sscanf(line.c_str(), "file %" SCNu64 " %" SCNu64 " %n", &place.inode, &place.offset,
                    &name) == 2 &&
        line.substr(static_cast<std::size_t>(name)) == path) {
      return place;
    }
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<std::unique_ptr<FollowedInput>> FollowFile(const std::string& path,
                                                          const ReaderOptions& options,
                                                          const std::vector<std::string>& memory,
                                                          BadRecordHandler on_bad) {
  InputFormat format = options.format;
  if (format == InputFormat::kAuto) format = FormatOfName(path, false);
  if (format == InputFormat::kAuto) format = InputFormat::kNdjson;
  if (format != InputFormat::kNdjson && format != InputFormat::kLines) {
    return absl::InvalidArgumentError(
        path +
        ": only NDJSON and lines can be followed as they grow; a directory may hold "
        "files of any format");
  }
  absl::StatusOr<std::unique_ptr<FollowSource>> source =
      FollowSource::Open(path, options.max_line_bytes, Remembered(path, memory));
  if (!source.ok()) return source.status();
  FollowSource* followed = source->get();
  std::unique_ptr<RecordReader> reader =
      format == InputFormat::kLines ? ReadLines(*std::move(source), path, options, on_bad)
                                    : ReadNdjson(*std::move(source), path, options, on_bad);
  reader = BoundItems(std::move(reader), path, options.max_item_bytes, std::move(on_bad));
  return std::make_unique<FollowedFile>(path, followed, std::move(reader));
}

absl::StatusOr<std::unique_ptr<FollowedInput>> Follow(const std::string& path,
                                                      const ReaderOptions& options,
                                                      const std::vector<std::string>& memory,
                                                      BadRecordHandler on_bad) {
  struct stat info {};
  const bool is_directory =
      path != "-" && ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
  return is_directory ? FollowDirectory(path, options, memory, std::move(on_bad))
                      : FollowFile(path, options, memory, std::move(on_bad));
}

}  // namespace samestory::io
