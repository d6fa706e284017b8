#include <utility>

#include "cli/bench_limits.h"
#include "cli/bench_stages.h"
#include "engine/first_equal.h"
#include "engine/jaccard_join.h"
#include "engine/parallel.h"
#include "engine/shingle_counts.h"
#include "engine/shingle_record.h"
#include "engine/shingle_store.h"
#include "samestory/match.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kLineBytes = 64;
constexpr std::size_t kAhead = 4;  // pairs fetched from memory while one is compared

// Every set's own prefix, which the join makes too.
std::uint64_t CountKeys(const ShingleStore& store, std::span<const std::uint32_t> first_equal,
                        double threshold) {
  ShingleCounts counts(store.num_shingles());
  for (std::size_t i = 0; i < store.size(); ++i) {
    if (first_equal[i] == i) counts.Count(store[i], 0, 1);
  }
  std::vector<std::uint32_t> prefix;
  std::uint64_t keys = 0;
  for (std::size_t i = 0; i < store.size(); ++i) {
    if (first_equal[i] != i) continue;
    FindPrefix(store[i], threshold, counts, prefix);
    keys += prefix.size();
  }
  return keys;
}

// Compares the pairs once more; returns how many are at the threshold.
std::size_t CompareAgain(const ShingleStore& store, const std::vector<JaccardLink>& links,
                         double threshold) {
  std::size_t alike = 0;
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (i + kAhead < links.size()) store.Prefetch(links[i + kAhead].older);
    alike += Jaccard(store[links[i].newer], store[links[i].older]) >= threshold;
  }
  return alike;
}

}  // namespace

absl::StatusOr<StageTimes> MeasureJoinStages(std::span<const Record> records,
                                             const Options& options, ShingleSets& sets) {
  StageTimes times;
  times.text_name = "canonical text and shingles";
  times.keys_name = "rarest shingles";
  ShingleStore store;
  std::vector<std::uint64_t> contents;
  contents.reserve(records.size());
  bool fits = true;
  Time(times.text, [&] {
    ShingleSet set;
    for (const Record& record : records) {
      contents.push_back(ShingleRecord(record, options, set));
      fits = fits && store.Append(set);
    }
  });
  if (!fits) return absl::ResourceExhaustedError("the texts are too many for one batch run");
  const std::vector<std::uint32_t> first_equal =
      FindFirstEqual(records.size(), [&](std::size_t i) { return contents[i]; });
  Time(times.keys, [&] { times.num_keys = CountKeys(store, first_equal, options.threshold); });
  const RankedSets ranked{&store, {}, first_equal};
  WorkerPool alone(1);
  double join = 0;
  absl::StatusOr<std::vector<JaccardLink>> links = std::vector<JaccardLink>();
  Time(join, [&] {
    links = JoinSets(ranked, {.threshold = options.threshold}, alone, times.candidates);
  });
  if (!links.ok()) return links.status();
  // The join compares pairs among its other work; those that it found stand for all of them.
  std::size_t alike = 0;
  double again = 0;
  Time(again, [&] { alike = CompareAgain(store, *links, options.threshold); });
  if (alike != links->size()) return absl::InternalError("a link is not at the threshold");
  const auto each = again / static_cast<double>(std::max<std::size_t>(1, links->size()));
  times.verify = each * static_cast<double>(times.candidates);
  times.index = std::max(0.0, join - times.keys - times.verify);
  times.shingle_bytes = store.num_shingles() * sizeof(std::uint32_t);
  times.lines = times.num_keys + 2 * times.candidates *
                                     (1 + times.shingle_bytes / kLineBytes /
                                              std::max<std::size_t>(1, records.size()));
  for (std::size_t i = 0; i < store.size(); ++i) sets.Add(store[i]);
  return times;
}

}  // namespace samestory::cli
