#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "engine/batch_run.h"
#include "engine/decision_order.h"
#include "engine/engine_core.h"
#include "engine/record_table.h"

namespace samestory {
namespace {

// Records between two calls of `progress`.
constexpr std::size_t kStep = 8192;

class EngineBatch final : public BatchRun {
 public:
  EngineBatch(const Options& options, std::unique_ptr<EngineCore> engine)
      : options_(options), engine_(std::move(engine)), order_(options.seed) {}

  absl::Status Add(std::span<const Record> records) override {
    for (const Record& record : records) {
      if (!records_.Add(record)) {
        return absl::ResourceExhaustedError(
            absl::StrCat("there is no memory for more than ", size(), " records"));
      }
      order_.Add(record);
    }
    return CheckMemory(options_, records_.MemoryBytes() + order_.MemoryBytes(), size());
  }

  absl::Status Finish(const std::function<void(std::size_t)>& progress) override {
    record_of_rank_ = order_.Sort();
    absl::Status status =
        engine_->ReadWhole(size(), [this](std::size_t rank) { return records_[RecordOf(rank)]; });
    if (!status.ok()) return status;
    // Headlines that were found within a text refer to its bytes.
    if (!options_.split_pages || !engine_->has_pages()) records_.Clear();
    rows_.resize(size());
    std::size_t done = 0;
    status = engine_->DecideWhole([&](const NumberedDecision& decision) {
      Take(done++, decision);
      if (progress && (done % kStep == 0 || done == size())) progress(done);
    });
    if (!status.ok()) return status;
    NumberStories();
    FindSeen();
    return absl::OkStatus();
  }

  std::size_t size() const override { return order_.size(); }

  Record record(std::size_t i) const override {
    if (records_.size() > 0) return records_[i];
    Record record;
    record.id = order_.id(i);
    return record;
  }

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
  void Take(std::size_t rank, const NumberedDecision& decision) {
    const std::size_t record = RecordOf(rank);
    if (!decision.item) repeats_.push_back(static_cast<ItemNumber>(rank));
    Row& row = rows_[record];
    row.relation = decision.relation;
    row.story = decision.story;
    if (decision.of) row.of = static_cast<std::uint32_t>(RecordOf(*decision.of));
    row.similarity = decision.similarity;
    row.agreed = decision.agreed;
    if (!decision.other.empty()) other_[record] = decision.other;
  }

  // Stories are final now. They are named as if repetitions had no number.
  void NumberStories() {
    sizes_.resize(size());
    for (Row& row : rows_) {
      row.story = engine_->Resolve(row.story);
      const auto before = std::lower_bound(repeats_.begin(), repeats_.end(), row.story);
      row.story -= static_cast<StoryNumber>(before - repeats_.begin());
      ++sizes_[row.story];
    }
  }

  // Headlines on pages that were decided before the items of these headlines were seen without a
  // story; by now every item has one. Of equal ids the one that was decided first counts.
  void FindSeen() {
    absl::flat_hash_map<std::string_view, std::uint32_t> rank_of_id;
    const auto for_each_seen = [this](auto visit) {
      for (auto& [record, others] : other_) {
        for (NumberedDecision::Other& other : others) {
          if (!other.of && !other.seen.empty()) visit(other);
        }
      }
    };
    for_each_seen([&](const auto& other) { rank_of_id.try_emplace(other.seen, kNone); });
    if (rank_of_id.empty()) return;
    for (std::size_t rank = 0; rank < size(); ++rank) {
      const auto found = rank_of_id.find(order_.id(RecordOf(rank)));
      if (found == rank_of_id.end() || found->second != kNone) continue;
      found->second = static_cast<std::uint32_t>(rank);
    }
    for_each_seen([&](auto& other) {
      if (const std::uint32_t rank = rank_of_id[other.seen]; rank != kNone) other.of = rank;
    });
  }

  OtherHeadline Named(const NumberedDecision::Other& other) const {
    OtherHeadline headline{other.begin, other.end, std::nullopt, other.seen};
    if (other.of) {
      const std::size_t target = RecordOf(*other.of);
      headline.of = order_.id(target);
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
  std::vector<ItemNumber> repeats_;            // items that are another again
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
