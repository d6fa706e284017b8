#include "cli/inputs.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "io/json_text.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kReadAllBatch = 8192;

// One record where bad ones must stop the run at their place, a batch otherwise.
absl::StatusOr<std::size_t> Fill(io::RecordReader& reader, bool strict, std::size_t max,
                                 Batch& batch) {
  if (!strict) return reader.NextBatch(batch.records, max);
  batch.records.resize(1);
  const absl::StatusOr<bool> got = reader.Next(batch.records[0]);
  if (!got.ok()) return got.status();
  return *got ? std::size_t{1} : std::size_t{0};
}

/// How the reading of a file ended: `stop` ends the run, `failed` is a fault of the file alone.
struct FileEnd {
  absl::Status stop, failed;
};

FileEnd ReadFile(const std::string& path, const CommonFlags& flags, std::size_t max,
                 Console& console, const std::function<absl::Status(Batch&)>& take) {
  auto reader = io::OpenReader(path, flags.reader,
                               [&](const io::BadRecord& bad) { console.BadRecord(bad); });
  if (!reader.ok()) return {{}, reader.status()};
  Batch batch;
  while (true) {
    const absl::StatusOr<std::size_t> count = Fill(**reader, flags.strict, max, batch);
    if (console.MustStop()) return {BadRecordError(), {}};
    if (!count.ok()) return {{}, count.status()};
    if (*count == 0) return {};
    batch.records.resize(*count);
    ViewRecords(batch, console);
    batch.more_at_once = (*reader)->Ready();
    console.Progress("reading", (*reader)->BytesRead(), (*reader)->BytesTotal().value_or(0));
    if (absl::Status status = take(batch); !status.ok()) return {status, {}};
  }
}

}  // namespace

absl::Status BadRecordError() {
  return absl::InvalidArgumentError("a bad record, and --strict was given");
}

void ViewRecords(Batch& batch, Console& console) {
  batch.ids.clear();
  batch.views.clear();
  for (const io::InputRecord& input : batch.records) {
    batch.ids.push_back(IdToken(input));
    console.CountRepaired(input.repaired);
    const Record& record = input.record;
    if (record.title.empty() && record.summary.empty() && record.text.empty()) {
      console.CountEmpty();
    }
  }
  for (std::size_t i = 0; i < batch.records.size(); ++i) {
    Record& record = batch.views.emplace_back(batch.records[i].record);
    record.id = batch.ids[i];
    record.id_is_made = batch.records[i].id_is_made;
  }
}

std::string IdToken(const io::InputRecord& input) {
  if (input.id_is_integer) return std::string(input.record.id);
  std::string token;
  io::AppendJsonString(token, input.record.id);
  return token;
}

std::string HeadlineOf(const Record& record) {
  const std::string_view text = !record.title.empty()     ? record.title
                                : !record.summary.empty() ? record.summary
                                                          : record.text;
  return std::string(text.substr(0, text.find_first_of("\r\n")));
}

absl::Status ReadBatches(const CommonFlags& flags, std::size_t max, Console& console,
                         const std::function<absl::Status(Batch&)>& take) {
  std::vector<std::string> files = flags.files;
  if (files.empty()) files.push_back("-");
  for (const std::string& file : files) {
    const FileEnd end = ReadFile(file, flags, max, console, take);
    if (!end.stop.ok()) return end.stop;
    if (end.failed.ok()) continue;
    if (flags.strict) return end.failed;
    console.FailedFile(end.failed);
  }
  return absl::OkStatus();
}

absl::StatusOr<AllRecords> ReadAll(const CommonFlags& flags, Console& console) {
  AllRecords all;
  absl::Status status = ReadBatches(flags, kReadAllBatch, console, [&](Batch& batch) {
    all.batches.push_back(std::move(batch));
    batch = {};
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  for (const Batch& batch : all.batches) {
    all.views.insert(all.views.end(), batch.views.begin(), batch.views.end());
    for (const io::InputRecord& input : batch.records) all.inputs.push_back(&input);
  }
  return all;
}

}  // namespace samestory::cli
