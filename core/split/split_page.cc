#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "absl/status/status.h"
#include "samestory/split.h"
#include "split/decode.h"
#include "split/evidence.h"
#include "split/features.h"
#include "split/frame.h"
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

// One entry for each '\n'-separated line; the empty one behind a line end at the text's end may be
// missing.
bool IsMarkupOf(std::string_view text, std::span<const LineMarkup> markup) {
  if (markup.empty()) return true;
  const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return markup.size() == ends + 1 || (text.ends_with('\n') && markup.size() == ends);
}

void KeepHits(const std::vector<bool>& kept, PageEvidence::Hits& hits) {
  std::size_t next = 0;
  for (std::size_t u = 0; u < kept.size(); ++u) {
    if (kept[u]) std::swap(hits[next++], hits[u]);
  }
  hits.resize(next);
}

// What the story's evidence names replaces what the whole page's does.
void TakeOver(std::span<const LineEvidence> of_story, const std::vector<bool>& kept,
              std::vector<LineEvidence>& evidence) {
  std::size_t next = 0;
  for (std::size_t u = 0; u < kept.size(); ++u) {
    if (kept[u]) evidence[u].seen = of_story[next++].seen;
  }
}

// A page cut behind its story, after the frame was taken away.
struct StoryCut {
  CutTable table;
  std::vector<double> scores;
  std::vector<double> behind;  // of each unit of the story page
  std::size_t cut = 0;         // unit of the story page
};

StoryCut CutStory(const Page& story, const StatsWordModel& words,
                  std::span<const LineEvidence> evidence, SplitStance stance) {
  StoryCut result;
  result.table = ReadCuts(story, words.MaxIdf(), evidence);
  result.scores = ScoreCuts(result.table, kCutWeights);
  result.behind = BehindCut(result.scores, result.table.first, story.units.size());
  result.cut = ChooseCut(result.behind, ThresholdsOf(stance));
  return result;
}

// One entry a segment; a unit's stand with its first.
std::vector<LineReason> ReasonsOf(const Page& page, PageFrame& frame, const Page& story,
                                  const StoryCut& cut) {
  std::vector<LineReason> reasons(page.segments.size());
  for (std::size_t u = 0; u < page.units.size(); ++u) {
    reasons[page.units[u].first_segment] = std::move(frame.reasons[u]);
  }
  for (std::size_t i = 0; i < cut.table.rows.size(); ++i) {
    if (!cut.table.allowed[i]) continue;
    LineReason& reason = reasons[story.units[cut.table.first + i].first_segment];
    reason.cut_log_odds = cut.scores[i];
    for (std::size_t f = 0; f < kNumCutFeatures; ++f) {
      reason.terms.push_back({kCutFeatureNames[f], cut.table.rows[i][f], kCutWeights[f]});
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
  if (!IsMarkupOf(text, options.markup)) {
    return absl::InvalidArgumentError(
        "SplitPage: markup needs one entry for each line of the text");
  }
  const auto* const memory = corpus != nullptr ? &PageEvidence::Of(*corpus) : nullptr;
  const StatsWordModel words =
      memory != nullptr ? memory->WordsFor(page_id) : StatsWordModel(ShippedWordStats());
  PageReader reader(words, memory != nullptr ? &memory->signer() : nullptr);
  const Page page = reader.Read(text, options.lang, options.title);
  PageEvidence::Hits hits;
  std::vector<LineEvidence> evidence;
  if (memory != nullptr) {
    hits = memory->LookUp(page, page_id);
    evidence = memory->Judge(hits, page);
  }
  PageFrame frame = ReadPageFrame(page, text, options, evidence, reasons != nullptr,
                                  ShippedFrame(!options.markup.empty()));

  // What is left of a framed page is judged anew: by its story's first lines copies are known.
  Page without_frame;
  std::vector<LineEvidence> story_evidence;
  if (!frame.all_kept) {
    without_frame = page;
    KeepUnits(frame.kept, without_frame);
    if (memory != nullptr) {
      KeepHits(frame.kept, hits);
      story_evidence = memory->Judge(hits, without_frame);
      TakeOver(story_evidence, frame.kept, evidence);
    }
  }
  const Page& story = frame.all_kept ? page : without_frame;
  const StoryCut cut =
      CutStory(story, words, frame.all_kept ? evidence : story_evidence, options.stance);
  if (reasons != nullptr) *reasons = ReasonsOf(page, frame, story, cut);

  PageSplit split;
  split.lines.reserve(page.segments.size());
  double behind = 0;
  for (std::size_t u = 0, of_story = 0; u < page.units.size(); ++u) {
    bool main = frame.kept[u];
    if (main) {
      behind = cut.behind[of_story];
      main = of_story++ < cut.cut;
    }
    for (std::size_t s = page.units[u].first_segment; s < page.units[u].end_segment; ++s) {
      PageLine line;
      line.begin = page.segments[s].begin;
      line.end = page.segments[s].end;
      line.role = main ? LineRole::kMain : LineRole::kOther;
      line.score = Rounded(frame.chance[u] * (1 - behind));
      if (memory != nullptr) line.seen = evidence[u].seen;
      split.lines.push_back(std::move(line));
    }
  }
  return split;
}

}  // namespace samestory
