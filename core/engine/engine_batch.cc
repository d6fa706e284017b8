#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/batch_run.h"
#include "engine/decision_order.h"
#include "engine/engine_core.h"
#include "engine/record_table.h"

namespace samestory {
namespace {

// Records put through the engine together, between two calls of `progress`.
constexpr std::size_t kStep = 8192;

class EngineBatch final : public BatchRun {
 public:
  EngineBatch(const Options& options, std::unique_ptr<EngineCore> engine)
      : options_(options), engine_(std::move(engine)), order_(options.seed) {}

  absl::Status Add(std::span<const Record> records) override {
    for (const Record& record : records) {
      records_.Add(record);
      order_.Add(record);
    }
    return CheckMemory(options_, records_.MemoryBytes() + order_.MemoryBytes(), size());
  }

  absl::Status Finish(const std::function<void(std::size_t)>& progress) override {
    record_of_rank_ = order_.Sort();
    const auto ranked = [this](std::size_t rank) { return records_[RecordOf(rank)]; };
    if (absl::Status status = engine_->Expect(size(), ranked); !status.ok()) return status;
    rows_.resize(size());
    std::vector<Record> step;
    std::size_t done = 0;
    while (done < size()) {
      step.clear();
      const std::size_t n = std::min(kStep, size() - done);
      for (std::size_t i = 0; i < n; ++i) step.push_back(ranked(done + i));
      absl::Status status =
          engine_->Add(step, [&](const NumberedDecision& d) { Take(RecordOf(done++), d); });
      if (!status.ok()) return status;
      if (progress) progress(done);
    }
    CountMembers();
    return absl::OkStatus();
  }

  std::size_t size() const override { return records_.size(); }

  Record record(std::size_t i) const override { return records_[i]; }

  ClusterRow row(std::size_t i) const override {
    const Row& from = rows_[i];
    ClusterRow row;
    row.relation = from.relation;
    row.story = StoryId{from.story} + 1;
    if (from.of != kNone) row.of = from.of;
    row.similarity = from.similarity;
    row.agreed = from.agreed;
    row.size = sizes_[from.story];
    if (const auto found = other_.find(i); found != other_.end()) {
      for (const NumberedDecision::Other& other : found->second) row.other.push_back(Named(other));
    }
    return row;
  }

  EngineStats stats() const override { return engine_->stats(); }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;
  struct Row {
    Relation relation = Relation::kNew;
    FieldsAgreed agreed;
    StoryNumber story = 0;
    std::uint32_t of = kNone;  // record
    double similarity = 0;
  };

  // Turns a decision, which speaks of item numbers, into a row, which speaks of records.
  void Take(std::size_t record, const NumberedDecision& decision) {
    if (decision.item) record_of_item_.push_back(static_cast<std::uint32_t>(record));
    Row& row = rows_[record];
    row.relation = decision.relation;
    row.story = decision.story;
    if (decision.of) row.of = record_of_item_[*decision.of];
    row.similarity = decision.similarity;
    row.agreed = decision.agreed;
    if (!decision.other.empty()) other_[record] = decision.other;
  }

  // Stories are final now.
  void CountMembers() {
    sizes_.resize(record_of_item_.size());
    for (Row& row : rows_) {
      row.story = engine_->Resolve(row.story);
      ++sizes_[row.story];
    }
  }

  OtherHeadline Named(const NumberedDecision::Other& other) const {
    OtherHeadline headline{other.begin, other.end, std::nullopt, other.seen};
    if (other.of) {
      const std::size_t target = record_of_item_[*other.of];
      headline.of = records_[target].id;
      headline.story = StoryId{rows_[target].story} + 1;
    }
    return headline;
  }

  std::size_t RecordOf(std::size_t rank) const {
    return record_of_rank_.empty() ? rank : record_of_rank_[rank];
  }

  Options options_;
  std::unique_ptr<EngineCore> engine_;
  RecordTable records_;
  DecisionOrder order_;
  std::vector<std::uint32_t> record_of_rank_;  // empty: the same
  std::vector<std::uint32_t> record_of_item_;
  std::vector<Row> rows_;
  std::vector<std::uint32_t> sizes_;  // of a story
  absl::flat_hash_map<std::size_t, std::vector<NumberedDecision::Other>> other_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<BatchRun>> MakeEngineBatch(const Options& options) {
  Options batch = options;
  batch.window_seconds = 0;
  absl::StatusOr<std::unique_ptr<EngineCore>> engine = EngineCore::Create(batch);
  if (!engine.ok()) return engine.status();
  return std::make_unique<EngineBatch>(batch, *std::move(engine));
}

}  // namespace samestory
