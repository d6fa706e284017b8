#include "cli/inputs.h"

#include <algorithm>
#include <memory>
#include <utility>

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

BatchReader::BatchReader(const CommonFlags& flags, std::size_t max, Console& console)
    : flags_(flags), max_(max), console_(console), files_(flags.files) {
  if (files_.empty()) files_.push_back("-");
}

absl::Status BatchReader::Open(const std::string& file) {
  auto reader = io::OpenReader(file, flags_.reader,
                               [this](const io::BadRecord& bad) { console_.BadRecord(bad); });
  if (!reader.ok()) return Failed(reader.status());
  reader_ = *std::move(reader);
  return absl::OkStatus();
}

absl::Status BatchReader::Failed(const absl::Status& status) {
  if (flags_.strict) return status;
  console_.FailedFile(status);
  return absl::OkStatus();
}

absl::StatusOr<bool> BatchReader::Next(Batch& batch) {
  while (true) {
    while (reader_ == nullptr) {
      if (opened_ == files_.size()) return false;
      if (absl::Status status = Open(files_[opened_++]); !status.ok()) return status;
    }
    const absl::StatusOr<std::size_t> count = Fill(*reader_, flags_.strict, max_, batch);
    if (console_.MustStop()) return BadRecordError();
    if (count.ok() && *count > 0) {
      batch.records.resize(*count);
      ViewRecords(batch, console_);
      batch.more_at_once = reader_->Ready();
      console_.Progress("reading", reader_->BytesRead(), reader_->BytesTotal().value_or(0));
      return true;
    }
    reader_.reset();
    if (count.ok()) continue;
    if (absl::Status status = Failed(count.status()); !status.ok()) return status;
  }
}

absl::Status ReadBatches(const CommonFlags& flags, std::size_t max, Console& console,
                         const std::function<absl::Status(Batch&)>& take) {
  BatchReader reader(flags, max, console);
  Batch batch;
  while (true) {
    const absl::StatusOr<bool> more = reader.Next(batch);
    if (!more.ok()) return more.status();
    if (!*more) return absl::OkStatus();
    if (absl::Status status = take(batch); !status.ok()) return status;
  }
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
