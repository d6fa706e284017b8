#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/engine_core.h"
#include "samestory/engine.h"

namespace samestory {
namespace {

// Records decided between two calls of `progress`.
constexpr std::size_t kStep = 8192;

// (published, id, content); a made-up id tells where a record stood, so it does not count.
auto SortKey(const Record& record) {
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  const std::string_view id = record.id_is_made ? std::string_view() : record.id;
  return std::make_tuple(record.published.value_or(kLast), id, record.title, record.summary,
                         record.text, record.source, record.url);
}

std::vector<std::size_t> DecisionOrder(std::span<const Record> records) {
  std::vector<std::size_t> order(records.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return SortKey(records[a]) < SortKey(records[b]);
  });
  return order;
}

// Turns decisions, which speak of item numbers, into rows, which speak of places in the input.
class Rows {
 public:
  explicit Rows(std::size_t n) : rows_(n) {}

  void Take(std::size_t index, const NumberedDecision& decision) {
    if (decision.item) index_of_.push_back(index);
    ClusterRow& row = rows_[index];
    row.relation = decision.relation;
    row.story = decision.story;
    if (decision.of) row.of = index_of_[*decision.of];
    row.similarity = decision.similarity;
    for (const NumberedDecision::Other& other : decision.other) {
      OtherHeadline& headline = row.other.emplace_back();
      headline.begin = other.begin;
      headline.end = other.end;
      headline.of = other.seen;
      if (other.of) links_.push_back({index, row.other.size() - 1, *other.of});
    }
  }

  // Stories are final now: follows merges, counts members.
  std::vector<ClusterRow> Finish(std::span<const Record> records, const EngineCore& engine) {
    absl::flat_hash_map<StoryNumber, std::size_t> sizes;
    for (ClusterRow& row : rows_) {
      row.story = engine.Resolve(static_cast<StoryNumber>(row.story));
      ++sizes[static_cast<StoryNumber>(row.story)];
    }
    for (ClusterRow& row : rows_) {
      row.size = sizes[static_cast<StoryNumber>(row.story)];
      ++row.story;  // named from 1
    }
    for (const Link& link : links_) {
      const std::size_t target = index_of_[link.of];
      OtherHeadline& headline = rows_[link.row].other[link.other];
      headline.of = records[target].id;
      headline.story = rows_[target].story;
    }
    return std::move(rows_);
  }

 private:
  struct Link {
    std::size_t row, other;
    ItemNumber of;
  };
  std::vector<ClusterRow> rows_;
  std::vector<std::size_t> index_of_;  // record of an item number
  std::vector<Link> links_;
};

}  // namespace

absl::StatusOr<std::vector<ClusterRow>> Cluster(std::span<const Record> records,
                                                const Options& options,
                                                const std::function<void(std::size_t)>& progress,
                                                EngineStats* stats) {
  Options batch = options;
  batch.window_seconds = 0;
  absl::StatusOr<std::unique_ptr<EngineCore>> engine = EngineCore::Create(batch);
  if (!engine.ok()) return engine.status();
  const std::vector<std::size_t> order = DecisionOrder(records);
  std::vector<Record> ordered;
  ordered.reserve(order.size());
  for (const std::size_t index : order) ordered.push_back(records[index]);
  if (absl::Status status = (*engine)->Expect(ordered); !status.ok()) return status;

  Rows rows(records.size());
  std::size_t done = 0;
  for (std::size_t first = 0; first < ordered.size(); first += kStep) {
    const std::size_t n = std::min(kStep, ordered.size() - first);
    absl::Status status =
        (*engine)->Add(std::span(ordered).subspan(first, n),
                       [&](const NumberedDecision& d) { rows.Take(order[done++], d); });
    if (!status.ok()) return status;
    if (progress) progress(done);
  }
  if (stats != nullptr) *stats = (*engine)->stats();
  return rows.Finish(records, **engine);
}

}  // namespace samestory
