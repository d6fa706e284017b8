#include "split_together.h"

#include <utility>

#include "split/decode.h"
#include "split/evidence.h"
#include "split/page.h"
#include "split_train.h"
#include "text/word_stats.h"

namespace samestory::quality {
namespace {

LabelledPage AsItIs(const LabelledPage& page) { return page; }

LabelledPage ParagraphsAlone(const LabelledPage& page) { return StoryAlone(InParagraphs(page)); }

}  // namespace

std::vector<bool> SplitLinesWith(const LabelledPage& page, const SplitModels& models) {
  const WordStats stats;
  const StatsWordModel words(stats);
  const std::string text = page.Text();
  const Page whole = PageReader(words).Read(text, "en");
  const PageFrame frame = ReadPageFrame(whole, text, {}, {}, false, models.frame);
  Page story = whole;
  KeepUnits(frame.kept, story);
  const CutTable table = ReadCuts(story, words.MaxIdf());
  const auto behind = BehindCut(ScoreCuts(table, models.cuts), table.first, story.units.size());
  const std::size_t cut = ChooseCut(behind, ThresholdsOf(SplitStance::kBalanced));
  std::vector<bool> other(page.lines.size(), false);
  for (std::size_t u = 0, of_story = 0; u < whole.units.size(); ++u) {
    const bool main = frame.kept[u] && of_story++ < cut;
    const PageUnit& unit = whole.units[u];
    if (unit.starts_line) other[whole.segments[unit.first_segment].line] = !main;
  }
  return other;
}

absl::StatusOr<std::vector<SplitRow>> MeasureTogether(const std::string& data_dir,
                                                      const std::vector<SplitModels>& folds) {
  using Load = absl::StatusOr<std::vector<LabelledPage>> (*)(const std::string&);
  using Make = LabelledPage (*)(const LabelledPage&);
  const struct {
    const char* set;
    Load load;
    Make make;
  } sets[] = {
      {"synthetic_tails", LoadSyntheticTails, AsItIs},
      {"pages_tails", LoadPageTails, AsItIs},
      {"pages_tails, in paragraphs", LoadPageTails, InParagraphs},
      {"pages_tails, story alone", LoadPageTails, StoryAlone},
      {"pages_tails, story alone in paragraphs", LoadPageTails, ParagraphsAlone},
      {"pages_lines", LoadPageLines, AsItIs},
  };
  std::vector<SplitRow> rows;
  for (const auto& set : sets) {
    const auto pages = set.load(data_dir);
    if (!pages.ok()) return pages.status();
    SplitScore score;
    for (const LabelledPage& page : *pages) {
      const auto fold = static_cast<std::size_t>(FoldOf(page, static_cast<int>(folds.size())));
      const LabelledPage made = set.make(page);
      score.Add(made, SplitLinesWith(made, folds[fold]));
    }
    rows.push_back(RowOf(set.set, "all", "frame and cut, cross-validated", score));
  }
  return rows;
}

}  // namespace samestory::quality
