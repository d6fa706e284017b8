#ifndef SAMESTORY_ENGINE_BATCH_RUN_H_
#define SAMESTORY_ENGINE_BATCH_RUN_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#include "absl/status/statusor.h"
#include "samestory/engine.h"

namespace samestory {

/// What a run keeps in a PreparedRecords.
class SAMESTORY_HIDDEN PreparedWork {
 public:
  virtual ~PreparedWork() = default;
};

/// What is behind a Clusterer, whose comments say what each call means.
class SAMESTORY_HIDDEN BatchRun {
 public:
  virtual ~BatchRun() = default;
  virtual absl::Status Add(std::span<const Record> records) = 0;
  /// `work` is null or was filled by this run before.
  virtual void Prepare(std::span<const Record>, std::unique_ptr<PreparedWork>&) const {}
  virtual absl::Status AddPrepared(std::span<const Record> records, const PreparedWork*) {
    return Add(records);
  }
  virtual absl::Status Finish(const std::function<void(std::size_t)>& progress) = 0;
  virtual std::size_t size() const = 0;
  virtual Record record(std::size_t i) const = 0;
  virtual ClusterRow row(std::size_t i) const = 0;
  virtual EngineStats stats() const = 0;
};

/// Under Match::kJaccard: keeps the shingle set of every record and joins all of them at the
/// end. `bulk` may be null.
absl::StatusOr<std::unique_ptr<BatchRun>> MakeJaccardBatch(const Options& options,
                                                           BulkMemory* bulk);

/// Keeps every record, and puts them through the engine in order at the end.
absl::StatusOr<std::unique_ptr<BatchRun>> MakeEngineBatch(const Options& options);

/// kResourceExhausted where `bytes` are above Options::max_memory_bytes.
absl::Status CheckMemory(const Options& options, std::size_t bytes, std::size_t records);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_BATCH_RUN_H_
