#include <atomic>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/batch_run.h"
#include "samestory/engine.h"

namespace samestory {
namespace {

// From 1 on. An address would not do: it may be that of a run that is gone.
std::uint64_t NextNumber() {
  static std::atomic<std::uint64_t> last = 0;
  return ++last;
}

}  // namespace

absl::Status CheckMemory(const Options& options, std::size_t bytes, std::size_t records) {
  if (options.max_memory_bytes == 0 || bytes <= options.max_memory_bytes) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat("the batch run holds ", bytes, " bytes after ",
                                                   records, " records, above max_memory_bytes, ",
                                                   options.max_memory_bytes));
}

PreparedRecords::PreparedRecords() = default;
PreparedRecords::~PreparedRecords() = default;

Clusterer::Clusterer(std::unique_ptr<BulkMemory> bulk, std::unique_ptr<BatchRun> run)
    : bulk_(std::move(bulk)), run_(std::move(run)), number_(NextNumber()) {}
Clusterer::~Clusterer() = default;

absl::StatusOr<std::unique_ptr<Clusterer>> Clusterer::Create(const Options& options,
                                                               std::unique_ptr<BulkMemory> bulk) {
  if (absl::Status status = Validate(options); !status.ok()) return status;
  // The join has an index of its own; another that was asked for is the engine's.
  const bool joins = options.match == Match::kJaccard && options.bands == 0 &&
                     options.num_perm == 0 && options.max_merges_per_source == 0;
  if (!joins && bulk != nullptr) {
    return absl::InvalidArgumentError(
        "only the join of a batch run by Jaccard alone can keep its work out of memory");
  }
  auto run = joins ? MakeJaccardBatch(options, bulk.get()) : MakeEngineBatch(options);
  if (!run.ok()) return run.status();
  return std::unique_ptr<Clusterer>(new Clusterer(std::move(bulk), *std::move(run)));
}

absl::Status Clusterer::Add(std::span<const Record> records) { return run_->Add(records); }

void Clusterer::Prepare(std::span<const Record> records, PreparedRecords& prepared) const {
  if (prepared.run_ != number_) prepared.work_.reset();
  run_->Prepare(records, prepared.work_);
  prepared.run_ = number_;
  prepared.size_ = records.size();
}

absl::Status Clusterer::Add(std::span<const Record> records, const PreparedRecords& prepared) {
  if (prepared.run_ != number_ || prepared.size_ != records.size()) {
    return absl::InvalidArgumentError("records that were not prepared, or for another run");
  }
  return run_->AddPrepared(records, prepared.work_.get());
}

absl::Status Clusterer::Finish(const std::function<void(std::size_t)>& progress) {
  return run_->Finish(progress);
}
std::size_t Clusterer::size() const { return run_->size(); }
Record Clusterer::record(std::size_t i) const { return run_->record(i); }
ClusterRow Clusterer::row(std::size_t i) const { return run_->row(i); }
EngineStats Clusterer::stats() const { return run_->stats(); }

absl::StatusOr<std::vector<ClusterRow>> Cluster(std::span<const Record> records,
                                                const Options& options,
                                                const std::function<void(std::size_t)>& progress,
                                                EngineStats* stats) {
  absl::StatusOr<std::unique_ptr<Clusterer>> run = Clusterer::Create(options);
  if (!run.ok()) return run.status();
  if (absl::Status status = (*run)->Add(records); !status.ok()) return status;
  if (absl::Status status = (*run)->Finish(progress); !status.ok()) return status;
  std::vector<ClusterRow> rows;
  rows.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) rows.push_back((*run)->row(i));
  if (stats != nullptr) *stats = (*run)->stats();
  return rows;
}

}  // namespace samestory
