#include "match_peers.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "match/comparison.h"
#include "match/judge.h"
#include "split_files.h"

namespace samestory::quality {
namespace {

constexpr std::string_view kHour = " 1h";  // of sets and methods that judge as if an hour apart

template <typename T>
bool Read(const simdjson::dom::object& object, std::string_view key, T& value) {
  return object[key].get(value) == simdjson::SUCCESS;
}

bool Has(const simdjson::dom::object& object, std::string_view key) {
  return object[key].error() == simdjson::SUCCESS;
}

// False where a field is missing.
bool AddRow(const simdjson::dom::object& object, MatchPeers& peers) {
  const std::string system(StringField(object, "system"));
  const std::string set(StringField(object, "set"));
  if (system.empty() || set.empty()) return false;
  if (Has(object, "joined")) {
    MatchRow& row = peers.rows.emplace_back(MatchRow{set, system});
    return Read(object, "joined", row.joined) && Read(object, "dropped", row.dropped) &&
           Read(object, "pairs", row.n);
  }
  if (Has(object, "f1")) {
    HandScore& row = peers.hand.emplace_back(HandScore{system});
    return Read(object, "precision", row.precision) && Read(object, "recall", row.recall) &&
           Read(object, "f1", row.f1);
  }
  StsScore& row = peers.sts.emplace_back(StsScore{system});
  return Read(object, "pearson", row.pearson) && Read(object, "spearman", row.spearman) &&
         Read(object, "pairs", row.pairs);
}

std::vector<double> Ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0, end; begin < order.size(); begin = end) {
    for (end = begin + 1; end < order.size() && values[order[end]] == values[order[begin]]; ++end) {
    }
    const double rank = static_cast<double>(begin + end - 1) / 2;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = rank;
  }
  return ranks;
}

StsScore ScoreSts(std::string method, const std::vector<std::pair<double, double>>& values) {
  return {std::move(method), values.size(), Pearson(values), Spearman(values)};
}

}  // namespace

double Pearson(const std::vector<std::pair<double, double>>& values) {
  const auto n = static_cast<double>(values.size());
  double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
  for (const auto& [x, y] : values) {
    mean_x += x / n;
    mean_y += y / n;
  }
  for (const auto& [x, y] : values) {
    xx += (x - mean_x) * (x - mean_x);
    yy += (y - mean_y) * (y - mean_y);
    xy += (x - mean_x) * (y - mean_y);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

double Spearman(const std::vector<std::pair<double, double>>& values) {
  std::vector<double> x, y;
  for (const auto& value : values) {
    x.push_back(value.first);
    y.push_back(value.second);
  }
  x = Ranks(x);
  y = Ranks(y);
  std::vector<std::pair<double, double>> ranks;
  for (std::size_t i = 0; i < x.size(); ++i) ranks.emplace_back(x[i], y[i]);
  return Pearson(ranks);
}

std::vector<StsScore> CorrelateSts(const std::vector<PairSample>& samples, const Options& options) {
  const Judge judge(options);
  std::vector<std::pair<double, double>> probability, jaccard;
  for (const PairSample& sample : samples) {
    if (!sample.pair->score) continue;
    PairContext context;
    context.hours_apart = sample.pair->hours_apart;
    context.body = sample.body;
    context.same_source = sample.same_source();
    context.wants_probability = true;
    const Verdict verdict = judge.Decide(sample.older(), sample.newer(), context);
    probability.emplace_back(verdict.probability, *sample.pair->score);
    jaccard.emplace_back(OverlapOf(sample.older(), sample.newer(), Options().ngram_size).jaccard(),
                         *sample.pair->score);
  }
  if (probability.empty()) return {};
  return {ScoreSts("judge, probability", probability), ScoreSts("jaccard", jaccard)};
}

absl::StatusOr<MatchPeers> LoadMatchPeers(const std::string& path) {
  MatchPeers peers;
  bool complete = true;
  const absl::Status status = ReadObjects(path, [&](simdjson::dom::object object) {
    if (Has(object, "variant")) return;
    complete = AddRow(object, peers) && complete;
  });
  if (!status.ok()) return status;
  if (!complete) return absl::DataLossError(path + ": a row lacks a field");
  return peers;
}

std::vector<MatchRow> BesidePeers(std::vector<MatchRow> ours, const std::vector<MatchRow>& peers) {
  std::set<std::string> sets;
  for (const MatchRow& row : peers) sets.insert(row.set);
  std::vector<MatchRow> hour;
  for (const MatchRow& row : ours) {
    const std::string set = row.set + std::string(kHour);
    if (!row.method.ends_with(kHour) || !sets.contains(set)) continue;
    MatchRow& copy = hour.emplace_back(row);
    copy.set = set;
    copy.method.resize(copy.method.size() - kHour.size());
  }
  ours.insert(ours.end(), hour.begin(), hour.end());
  ours.insert(ours.end(), peers.begin(), peers.end());
  std::stable_sort(ours.begin(), ours.end(),
                   [](const MatchRow& a, const MatchRow& b) { return a.set < b.set; });
  return ours;
}

std::string StsTable(const std::vector<StsScore>& scores) {
  std::string out =
      "## STS headlines: correlation with likeness as people see it\n\n"
      "| method | pairs | Pearson | Spearman |\n|---|---|---|---|\n";
  for (const StsScore& score : scores) {
    absl::StrAppendFormat(&out, "| %s | %d | %.3f | %.3f |\n", score.method, score.pairs,
                          score.pearson, score.spearman);
  }
  return out + "\n";
}

}  // namespace samestory::quality
