#include "samestory/split.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "absl/status/status.h"
#include "split/decode.h"
#include "split/evidence.h"
#include "split/features.h"
#include "split/weights.h"

namespace samestory {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 31;

const WordStats& ShippedWordStats() {
  static const WordStats* const stats = new WordStats();
  return *stats;
}

// Far below what the model can tell, far above what mathematical libraries differ in.
double Rounded(double probability) { return std::round(probability * 1e6) / 1e6; }

// A tail may be longer than the units that one look at a page's end takes in. Where a cut falls on
// one of the first of them, what is left is looked at again, so often at most.
constexpr int kMaxLooks = 16;
constexpr std::size_t kNearFirst = 3;

// What such a further look asks for: the page was cut once, so the price of a mistake is higher.
constexpr double kAnyAgain = 0.9;

void AddReasons(const Page& page, const CutTable& table, std::span<const double> scores,
                std::vector<LineReason>& reasons) {
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (!table.allowed[i]) continue;
    LineReason& reason = reasons[page.units[table.first + i].first_segment];
    reason.cut_log_odds = scores[i];
    reason.terms.clear();
    for (std::size_t f = 0; f < kNumCutFeatures; ++f) {
      reason.terms.push_back({kCutFeatureNames[f], table.rows[i][f], kCutWeights[f]});
    }
  }
}

// The units of a page and where its story ends.
struct UnitSplit {
  std::vector<double> behind;  // of each unit: probability to stand behind the cut
  std::size_t cut = 0;
};

UnitSplit SplitUnits(const Page& page, double max_idf, std::span<const LineEvidence> evidence,
                     CutThresholds thresholds, std::vector<LineReason>* reasons) {
  UnitSplit split{std::vector<double>(page.units.size(), 0), page.units.size()};
  if (reasons != nullptr) reasons->assign(page.segments.size(), {});
  double ceiling = 1;  // probabilities never rise up the page
  for (int look = 0; look < kMaxLooks; ++look) {
    const std::size_t end = split.cut;
    const UnitSplit units =
      SplitUnits(page, words.MaxIdf(), evidence, ThresholdsOf(options.stance), reasons);

  PageSplit split;
  split.lines.reserve(page.segments.size());
  for (std::size_t u = 0; u < page.units.size(); ++u) {
    for (std::size_t s = page.units[u].first_segment; s < page.units[u].end_segment; ++s) {
      PageLine line;
      line.begin = page.segments[s].begin;
      line.end = page.segments[s].end;
      line.role = u < units.cut ? LineRole::kMain : LineRole::kOther;
      line.score = Rounded(1 - units.behind[u]);
      if (memory) line.seen = evidence[u].seen;
      split.lines.push_back(std::move(line));
    }
  }
  return split;
}

}  // namespace samestory
