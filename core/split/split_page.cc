#include <cmath>
#include <span>
#include <utility>

#include "absl/status/status.h"
#include "samestory/split.h"
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

std::vector<LineReason> ReasonsOf(const Page& page, const CutTable& table,
                                  std::span<const double> scores) {
  std::vector<LineReason> reasons(page.segments.size());
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (!table.allowed[i]) continue;
    LineReason& reason = reasons[page.units[table.first + i].first_segment];
    reason.cut_log_odds = scores[i];
    for (std::size_t f = 0; f < kNumCutFeatures; ++f) {
      reason.terms.push_back({kCutFeatureNames[f], table.rows[i][f], kCutWeights[f]});
    }
  }
  return reasons;
}

}  // namespace

std::string_view LineRoleName(LineRole role) { return role == LineRole::kMain ? "main" : "other"; }

absl::StatusOr<PageSplit> SplitPage(std::string_view text, const SplitOptions& options,
                                    const PageCorpus* corpus, std::string_view page_id,
                                    std::vector<LineReason>* reasons) {
  if (text.size() > kMaxBytes) {
    return absl::InvalidArgumentError("SplitPage: text of more than 2^31 bytes");
  }
  const auto* const memory = corpus != nullptr ? &PageEvidence::Of(*corpus) : nullptr;
  const StatsWordModel words =
      memory != nullptr ? memory->WordsFor(page_id) : StatsWordModel(ShippedWordStats());
  PageReader reader(words, memory != nullptr ? &memory->signer() : nullptr);
  const Page page = reader.Read(text, options.lang, options.title);
  std::vector<LineEvidence> evidence;
  if (memory != nullptr) evidence = memory->Find(page, page_id);
  const CutTable table = ReadCuts(page, words.MaxIdf(), evidence);
  const std::vector<double> scores = ScoreCuts(table, kCutWeights);
  const std::vector<double> behind = BehindCut(scores, table.first, page.units.size());
  const std::size_t cut = ChooseCut(behind, ThresholdsOf(options.stance));
  if (reasons != nullptr) *reasons = ReasonsOf(page, table, scores);

  PageSplit split;
  split.lines.reserve(page.segments.size());
  for (std::size_t u = 0; u < page.units.size(); ++u) {
    for (std::size_t s = page.units[u].first_segment; s < page.units[u].end_segment; ++s) {
      PageLine line;
      line.begin = page.segments[s].begin;
      line.end = page.segments[s].end;
      line.role = u < cut ? LineRole::kMain : LineRole::kOther;
      line.score = Rounded(1 - behind[u]);
      if (memory != nullptr) line.seen = evidence[u].seen;
      split.lines.push_back(std::move(line));
    }
  }
  return split;
}

}  // namespace samestory
