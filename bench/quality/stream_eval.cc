#include "stream_eval.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "support/random.h"

namespace samestory::quality {
namespace {

constexpr double kUnknownHours = 12;  // between two items whose times are not known
constexpr std::size_t kBatch = 1024;

struct Item {
  double hours;
  std::string id, source;
  const std::string* title;
  const std::string* body;
  std::vector<std::string> again;  // ids of the same item in other pairs
};

bool IsSameItem(const Item& a, const Item& b) {
  return a.hours == b.hours && a.source == b.source && *a.title == *b.title && *a.body == *b.body;
}

// An item of many pairs comes once, or it would be a copy of itself.
std::vector<Item> WithoutRepeats(std::vector<Item> items) {
  std::vector<Item> out;
  std::size_t hour = 0;  // where those of the same time begin
  for (Item& item : items) {
    if (!out.empty() && out[hour].hours != item.hours) hour = out.size();
    const auto same = std::find_if(out.begin() + static_cast<std::ptrdiff_t>(hour), out.end(),
                                   [&](const Item& other) { return IsSameItem(other, item); });
    if (same == out.end()) {
      out.push_back(std::move(item));
    } else {
      same->again.push_back(std::move(item.id));
    }
  }
  return out;
}

// The hours from the first to the last item of the stream that has a time.
std::pair<double, double> TimeSpan(const std::vector<StreamItem>& stream) {
  double first = 1e300, last = -1e300;
  for (const StreamItem& item : stream) {
    if (!item.hours) continue;
    first = std::min(first, *item.hours);
    last = std::max(last, *item.hours);
  }
  return {first, last};
}

using Stream = std::vector<StreamItem>;
using Pairs = std::vector<LabelledPair>;

std::vector<Item> MixedStream(const Stream& stream, const Pairs& pairs, std::size_t background) {
  std::vector<Item> items;
  const std::size_t step =
      std::max<std::size_t>(1, stream.size() / std::max<std::size_t>(1, background));
  for (std::size_t i = 0; i < stream.size(); i += step) {
    const StreamItem& item = stream[i];
    if (!item.hours) continue;
    items.push_back(
        {*item.hours, "b" + std::to_string(i), item.source, &item.title, &item.body, {}});
  }
  const auto [first, last] = TimeSpan(stream);
  bench::Random random(17);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const LabelledPair& pair = pairs[i];
    const double at = pair.older.hours.value_or(random.Uniform(first, last));
    const std::string id = "p" + std::to_string(i);
    items.push_back({at, id + "a", pair.older.source, &pair.older.title, &pair.older.body, {}});
    items.push_back({at + pair.hours_apart.value_or(kUnknownHours), id + "b",
                     pair.newer.source, &pair.newer.title, &pair.newer.body, {}});
  }
  std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
    return std::tie(a.hours, a.id) < std::tie(b.hours, b.id);
  });
  return WithoutRepeats(std::move(items));
}

using Decisions = absl::flat_hash_map<std::string, Decision>;

// The item that is kept for this one.
std::string KeptFor(const Decisions& decided, std::string id) {
  for (auto it = decided.find(id); it != decided.end() && IsRedundant(it->second.relation);
       it = decided.find(id)) {
    id = it->second.of;
  }
  return id;
}

Record RecordOf(const Item& item) {
  Record record;
  record.id = item.id;
  record.title = *item.title;
  record.summary = *item.body;
  record.source = item.source;
  record.published = static_cast<std::int64_t>(item.hours * 3600);
  return record;
}

absl::StatusOr<StreamReport> RunStream(const Stream& stream, const Pairs& pairs,
                                       const Options& options, std::size_t background) {
  auto engine = Engine::Create(options);
  if (!engine.ok()) return engine.status();
  const std::vector<Item> items = MixedStream(stream, pairs, background);
  std::vector<Record> records;
  for (const Item& item : items) records.push_back(RecordOf(item));

  Decisions decided;
  std::vector<Decision> decisions;
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t first = 0; first < records.size(); first += kBatch) {
    const std::size_t n = std::min(kBatch, records.size() - first);
    absl::Status status = (*engine)->AddBatch(std::span(records).subspan(first, n), decisions);
    if (!status.ok()) return status;
    for (std::size_t i = 0; i < n; ++i) {
      for (const std::string& id : items[first + i].again) decided[id] = decisions[i];
      decided[items[first + i].id] = std::move(decisions[i]);
    }
  }
  StreamReport report;
  report.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  report.stats = (*engine)->stats();
  report.records = records.size();

  absl::flat_hash_map<StoryId, std::size_t> sizes;
  for (const Item& item : items) ++sizes[(*engine)->Resolve(decided.at(item.id).story)];
  for (const auto& [story, size] : sizes) report.largest_story = std::max(report.largest_story, size);

  std::map<std::string, MatchRow> rows;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    MatchRow& row = rows[pairs[i].set];
    row.set = pairs[i].set;
    row.method = "stream";
    const std::string older = "p" + std::to_string(i) + "a", newer = "p" + std::to_string(i) + "b";
    ++row.n;
    row.joined += (*engine)->Resolve(decided.at(older).story) ==
                  (*engine)->Resolve(decided.at(newer).story);
    row.dropped += KeptFor(decided, older) == KeptFor(decided, newer);
  }
  for (auto& [set, row] : rows) report.rows.push_back(std::move(row));
  return report;
}

Pairs TemplatesAnHourApart(const Pairs& pairs) {
  Pairs out;
  for (const LabelledPair& pair : pairs) {
    if (pair.set != "template") continue;
    out.push_back(pair);
    out.back().set = "template 1h";
    out.back().hours_apart = 1;
  }
  return out;
}

}  // namespace

absl::StatusOr<StreamReport> EvaluateStream(const MatchData& data, const Options& options,
                                            std::size_t background) {
  auto report = RunStream(data.stream, data.pairs, options, background);
  if (!report.ok()) return report;
  const Pairs an_hour_apart = TemplatesAnHourApart(data.pairs);
  const auto hour = RunStream(data.stream, an_hour_apart, options, background);
  if (!hour.ok()) return hour.status();
  report->rows.insert(report->rows.end(), hour->rows.begin(), hour->rows.end());
  return report;
}

}  // namespace samestory::quality
