#include <algorithm>
#include <memory>
#include <utility>

#include "cli/bench_limits.h"
#include "cli/bench_stages.h"
#include "engine/shingle_counts.h"
#include "engine/shingle_record.h"
#include "samestory/engine.h"
#include "samestory/match.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kLineBytes = 64;
constexpr std::size_t kStep = 1024;  // records given to the run together, as `cluster` does

// Shingles that the sets must be looked up by: of each set as many of the rarest as leave too few
// others for the threshold.
std::uint64_t CountKeys(const ShingleSets& sets, double threshold) {
  const PrefixLengths lengths(threshold);
  std::uint64_t keys = 0;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (!sets[i].empty()) keys += lengths(sets[i].size());
  }
  return keys;
}

absl::StatusOr<std::unique_ptr<Clusterer>> RunClusterer(std::span<const Record> records,
                                                        const Options& options, double& add,
                                                        double& finish) {
  auto clusterer = Clusterer::Create(options);
  if (!clusterer.ok()) return clusterer.status();
  absl::Status status;
  Time(add, [&] {
    for (; status.ok() && !records.empty();
         records = records.subspan(std::min(kStep, records.size()))) {
      status = (*clusterer)->Add(records.first(std::min(kStep, records.size())));
    }
  });
  if (status.ok()) Time(finish, [&] { status = (*clusterer)->Finish(); });
  if (!status.ok()) return status;
  return clusterer;
}

// Seconds to compare a set with another that stands elsewhere in memory: of the links, each once
// more.
double SecondsOfPair(const Clusterer& clusterer, const ShingleSets& sets) {
  std::vector<std::pair<std::size_t, std::size_t>> links;
  for (std::size_t i = 0; i < clusterer.size(); ++i) {
    if (const ClusterRow row = clusterer.row(i); row.of) links.emplace_back(i, *row.of);
  }
  double seconds = 0, sum = 0;
  Time(seconds, [&] {
    for (const auto& [newer, older] : links) sum += Jaccard(sets[newer], sets[older]);
  });
  return sum > 0 ? seconds / static_cast<double>(links.size()) : 0;
}

}  // namespace

absl::StatusOr<StageTimes> MeasureJoinStages(std::span<const Record> records,
                                             const Options& options, ShingleSets& sets) {
  StageTimes times;
  times.text_name = "canonical text and shingles";
  times.keys_name = "keep sets, ids and times";
  times.index_name = "rarest shingles, join, decide";
  Options alone = options;  // times are of this thread
  alone.threads = 1;
  ShingleSet set;
  Time(times.text, [&] {
    for (const Record& record : records) ShingleRecordOnly(record, alone, set);
  });
  for (const Record& record : records) {
    ShingleRecord(record, alone, set);
    sets.Add(set);
  }
  double add = 0, finish = 0;
  const auto clusterer = RunClusterer(records, alone, add, finish);
  if (!clusterer.ok()) return clusterer.status();
  times.candidates = (*clusterer)->stats().candidates;
  times.num_keys = CountKeys(sets, options.threshold);
  times.shingle_bytes = sets.num_values() * sizeof(std::uint32_t);
  times.keys = std::max(0.0, add - times.text);
  times.verify = SecondsOfPair(**clusterer, sets) * static_cast<double>(times.candidates);
  times.index = std::max(0.0, finish - times.verify);
  const std::uint64_t set_lines = 1 + times.shingle_bytes / kLineBytes / records.size();
  times.lines = times.num_keys + 2 * times.candidates * set_lines;
  return times;
}

}  // namespace samestory::cli
