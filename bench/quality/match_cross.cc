#include "match_cross.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/str_format.h"
#include "match/judge.h"
#include "match_fit.h"
#include "match_replay.h"

namespace samestory::quality {
namespace {

void Count(const std::string& set, const char* method, Relation relation,
           std::map<std::pair<std::string, std::string>, MatchRow>& rows) {
  MatchRow& row = rows[{set, method}];
  row.set = set;
  row.method = method;
  ++row.n;
  row.joined += IsSameStory(relation);
  row.dropped += IsRedundant(relation);
}

}  // namespace

double MatchReliability::Error() const {
  double total = 0, error = 0;
  for (const Bin& bin : bins) {
    total += bin.weight;
    error += std::abs(bin.predicted - bin.same);
  }
  return total > 0 ? error / total : 0;
}

MatchCrossReport CrossValidateMatch(const MatchData& data, const Options& options) {
  const MatchFitter fitter(data, options);
  const std::vector<PairSample> samples = ReplayStream(data, options);
  std::map<std::string, double> sizes;
  for (const PairSample& sample : samples) ++sizes[sample.pair->set];
  std::map<std::pair<std::string, std::string>, MatchRow> rows;
  MatchCrossReport report;
  for (int part = 0; part < kFolds; ++part) {
    const JudgeTables tables = fitter.Fit(part);
    const Judge judge(options, tables);
    for (const PairSample& sample : samples) {
      if (FoldOf(*sample.pair) != part) continue;
      const std::string& set = sample.pair->set;
      PairContext context;
      context.hours_apart = sample.pair->hours_apart;
      context.body = sample.body;
      context.same_source = sample.same_source();
      context.wants_probability = true;
      const Verdict verdict = judge.Decide(sample.older(), sample.newer(), context);
      Count(set, "judge 5-fold", verdict.relation, rows);
      if (const double weight = SetWeight(set) / sizes[set]; weight > 0) {
        auto& bins = report.reliability.bins;
        auto& bin = bins[std::min<std::size_t>(bins.size() - 1, static_cast<std::size_t>(
                                                                    verdict.probability * 10))];
        bin.weight += weight;
        bin.predicted += weight * verdict.probability;
        bin.same += weight * sample.pair->same;
        ++bin.pairs;
      }
      context.hours_apart = 1;
      Count(set, "judge 5-fold 1h",
            judge.Decide(sample.older(), sample.newer(), context).relation, rows);
    }
  }
  for (auto& [key, row] : rows) report.rows.push_back(std::move(row));
  return report;
}

std::string ReliabilityTable(const MatchReliability& reliability) {
  std::string out =
      "## Match: probability of being one story, 5-fold\n\n"
      "| predicted | pairs | mean prediction | one story |\n|---|---|---|---|\n";
  for (std::size_t i = 0; i < reliability.bins.size(); ++i) {
    const MatchReliability::Bin& bin = reliability.bins[i];
    if (bin.weight == 0) continue;
    absl::StrAppendFormat(&out, "| .%d | %d | %.3f | %.3f |\n", i, bin.pairs,
                          bin.predicted / bin.weight, bin.same / bin.weight);
  }
  absl::StrAppendFormat(&out, "\nExpected calibration error: %.4f\n\n", reliability.Error());
  return out;
}

}  // namespace samestory::quality
