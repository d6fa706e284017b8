#ifndef SAMESTORY_TESTS_UNIT_IO_IO_TESTING_H_
#define SAMESTORY_TESTS_UNIT_IO_IO_TESTING_H_

#include <stdlib.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/byte_source.h"
#include "io/reader.h"

namespace samestory::io {

/// A folder that lives as long as the object.
class TempDir {
 public:
  TempDir() {
    std::string name = (std::filesystem::temp_directory_path() / "samestory_io_XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() { std::filesystem::remove_all(path_); }

  std::string Path(const std::string& name) const { return path_ + "/" + name; }
  std::string Write(const std::string& name, std::string_view bytes) const {
    std::ofstream(Path(name), std::ios::binary).write(bytes.data(), bytes.size());
    return Path(name);
  }

 private:
  std::string path_;
};

/// What a record holds, copied out of it.
struct ReadRecord {
  std::string id, title, summary, text, url, source, lang, raw;
  std::optional<std::int64_t> published;
  bool id_is_integer = false, id_is_made = false;
  std::uint64_t line = 0;
  std::size_t repaired = 0;
  std::vector<LineMarkup> markup;

  explicit ReadRecord(const InputRecord& in)
      : id(in.record.id),
        title(in.record.title),
        summary(in.record.summary),
        text(in.record.text),
        url(in.record.url),
        source(in.record.source),
        lang(in.record.lang),
        raw(in.raw),
        published(in.record.published),
        id_is_integer(in.id_is_integer),
        id_is_made(in.id_is_made),
        line(in.line),
        repaired(in.repaired),
        markup(in.record.markup.begin(), in.record.markup.end()) {}
};

/// All that comes out of a file.
struct ReadResult {
  std::vector<ReadRecord> records;
  std::vector<BadRecord> bad, warnings;
  absl::Status status;

  std::vector<std::string> Ids() const {
    std::vector<std::string> ids;
    for (const ReadRecord& record : records) ids.push_back(record.id);
    return ids;
  }
  std::vector<std::string> Titles() const {
    std::vector<std::string> titles;
    for (const ReadRecord& record : records) titles.push_back(record.title);
    return titles;
  }
};

/// Reads `path` to its end, in batches of `batch`; 0: one by one.
inline ReadResult ReadFile(const std::string& path, const ReaderOptions& options = {},
                           std::size_t batch = 0) {
  ReadResult result;
  auto reader =
      OpenReader(path, options, [&result](const BadRecord& bad) {
        (bad.lost ? result.bad : result.warnings).push_back(bad);
      });
  if (!reader.ok()) {
    result.status = reader.status();
    return result;
  }
  InputRecord record;
  std::vector<InputRecord> records;
  for (;;) {
    if (batch == 0) {
      const auto more = (*reader)->Next(record);
      result.status = more.status();
      if (!more.ok() || !*more) return result;
      result.records.emplace_back(record);
    } else {
      const auto count = (*reader)->NextBatch(records, batch);
      result.status = count.status();
      if (!count.ok() || *count == 0) return result;
      for (const InputRecord& each : records) result.records.emplace_back(each);
    }
  }
}

/// Reads `bytes` as a file of that name.
inline ReadResult ReadBytes(std::string_view bytes, const std::string& name = "in.ndjson",
                            const ReaderOptions& options = {}) {
  const TempDir dir;
  return ReadFile(dir.Write(name, bytes), options);
}

/// Gives `bytes` in pieces of `step` bytes at most, then the end or `error`.
class MemorySource final : public ByteSource {
 public:
  MemorySource(std::string bytes, std::size_t step, absl::Status error = absl::OkStatus())
      : bytes_(std::move(bytes)), step_(step), error_(std::move(error)) {}

  absl::StatusOr<std::size_t> Read(char* out, std::size_t size) override {
    const std::size_t count = std::min({size, step_, bytes_.size() - at_});
    if (count == 0 && !error_.ok()) return error_;
    std::memcpy(out, bytes_.data() + at_, count);
    at_ += count;
    return count;
  }
  bool Ready() const override { return true; }
  std::uint64_t BytesRead() const override { return at_; }
  std::optional<std::uint64_t> BytesTotal() const override { return bytes_.size(); }

 private:
  std::string bytes_;
  std::size_t step_;
  absl::Status error_;
  std::size_t at_ = 0;
};

}  // namespace samestory::io

#endif  // SAMESTORY_TESTS_UNIT_IO_IO_TESTING_H_
