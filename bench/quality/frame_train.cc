#include "frame_train.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/hash.h"
#include "frame_boost.h"
#include "split/evidence.h"
#include "split/frame_features.h"
#include "split/frame_view.h"
#include "split/page.h"
#include "split_train.h"
#include "text/word_stats.h"

namespace samestory::quality {
namespace {

constexpr std::uint64_t kSeed = 1;
constexpr double kPenalty = 5e-4;
// Of a line of a page that is not labelled whole: enough that short pages and articles come out
// right, not so much that they speak for whole ones. Articles have no markup to learn from.
constexpr float kCleanWeight = 0.2F, kCleanMarkupWeight = 0.05F, kShortWeight = 0.5F;
constexpr std::ptrdiff_t kShortFrame = 12;  // lines on either side of a shortened page's story

// The page with the first lines of its story only, and the lines of the frame next to it: long
// pages teach little of short ones. Empty where the story is short already.
MarkedPage Shortened(const MarkedPage& page) {
  const std::vector<bool>& other = page.page.other;
  const auto first = std::find(other.begin(), other.end(), false) - other.begin();
  const auto main = std::count(other.begin(), other.end(), false);
  const auto keep = static_cast<std::ptrdiff_t>(4 + Hash64(page.page.id, kSeed + 2) % 6);
  if (main < 2 * keep) return {};
  const auto end = static_cast<std::ptrdiff_t>(page.page.cut);
  const auto size = static_cast<std::ptrdiff_t>(other.size());
  MarkedPage made;
  made.page.id = page.page.id + "/short";
  made.page.set = page.page.set;
  made.page.variant = "short";
  made.page.group = page.page.group;
  made.page.source = page.page.source;
  std::ptrdiff_t kept = 0;
  for (auto i = std::max<std::ptrdiff_t>(0, first - kShortFrame);
       i < std::min(size, end + kShortFrame); ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (i >= first && i < end && kept == keep) continue;
    kept += !other[at];
    made.page.lines.push_back(page.page.lines[at]);
    made.page.other.push_back(other[at]);
    made.page.counted.push_back(page.page.counted[at]);
    made.page.paragraph.push_back(-1);
    made.markup.push_back(page.markup[at]);
  }
  return made;
}

class SetMaker {
 public:
  explicit SetMaker(FrameSet& set) : set_(set) {}

  void Add(MarkedPage marked, float main_weight, float other_weight) {
    FramePage page;
    page.fold = FoldOf(marked.page, kFrameFolds);
    const std::string text = marked.page.Text();
    const Page read = reader_.Read(text, "en");
    if (set_.markup && marked.markup.empty()) marked.markup.resize(marked.page.lines.size());
    const auto markup = set_.markup ? std::span(marked.markup) : std::span<const LineMarkup>();
    page.lines = ReadFrameLines(read, text, markup, FrameHabits());
    const std::size_t n = page.lines.lines.size();
    if (n != marked.page.lines.size() || n < kFewestFramedLines) return;
    page.framed = other_weight > 0;
    page.gate = ReadGate(page.lines);
    page.words = read.word_hashes;
    page.first_row = set_.main.size();
    for (std::size_t i = 0; i < n; ++i) {
      const bool other = marked.page.other[i];
      set_.main.push_back(!other);
      set_.weight.push_back(!marked.page.counted[i] ? 0 : other ? other_weight : main_weight);
      set_.fold.push_back(page.fold);
    }
    page.marked = std::move(marked);
    set_.pages.push_back(std::move(page));
  }

  // `weight` of its story's lines; 0: the page counts for the gate alone.
  void AddClean(LabelledPage page, float weight) {
    Add({.page = std::move(page), .markup = {}}, weight, 0);
  }

 private:
  FrameSet& set_;
  WordStats stats_;
  StatsWordModel words_{stats_};
  PageReader reader_{words_};
};

// Of rows [begin, end).
std::vector<double> OddsOf(const FrameRows& rows, std::size_t begin, std::size_t end,
                           const std::vector<float>& weights) {
  std::vector<double> odds;
  for (std::size_t i = begin; i < end; ++i) {
    const auto row = rows.Row(i);
    double sum = 0;
    for (std::size_t f = 0; f < weights.size(); ++f) {
      sum += static_cast<double>(row[f]) * static_cast<double>(weights[f]);
    }
    odds.push_back(sum);
  }
  return odds;
}

std::vector<float> WeightsWithout(const FrameSet& set, int fold, int other_fold) {
  std::vector<float> weight = set.weight;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    if (set.fold[i] == fold || set.fold[i] == other_fold) weight[i] = 0;
  }
  return weight;
}

// Counts the words of whole pages: the shortened ones are parts of them.
void CountWords(FrameSet& set) {
  for (const FramePage& page : set.pages) {
    if (!page.framed || page.marked.page.variant == "short") continue;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < page.lines.lines.size(); ++i) {
      const std::size_t end = page.lines.lines[i].end_word;
      std::vector<std::uint32_t> words(page.words.begin() + static_cast<std::ptrdiff_t>(begin),
                                       page.words.begin() + static_cast<std::ptrdiff_t>(end));
      begin = end;
      if (!page.marked.page.counted[i]) continue;
      std::sort(words.begin(), words.end());
      words.erase(std::unique(words.begin(), words.end()), words.end());
      set.counts.Add(page.marked.page.group, page.fold, words, page.marked.page.other[i]);
    }
  }
}

// The first pass's features of all lines, in rows of the width of both passes. No page's habits
// are counted on its own fold or on `fold`.
FrameRows ReadRows(const FrameSet& set, int fold) {
  const FrameWidths widths = FrameFeatureWidths();
  FrameRows rows{.width = widths.All(), .values = {}};
  rows.values.resize(set.main.size() * rows.width, 0);
  std::vector<FrameHabits> habits;
  for (int of = 0; of < kFrameFolds; ++of) habits.push_back(set.counts.Without(fold, of));
  for (const FramePage& page : set.pages) {
    FrameLines lines = page.lines;
    ReadFrameHabits(page.words, habits[static_cast<std::size_t>(page.fold)], lines);
    const FrameView view(lines);
    for (std::size_t i = 0; i < lines.lines.size(); ++i) {
      ReadFrameFeatures(view, i, set.markup, rows.Row(page.first_row + i).first(widths.First()));
    }
  }
  return rows;
}

// What the second pass leaves, over the lines of whole pages: trees count for little on short ones,
// and clean ones are not what it is wrong about. Trees make products of their own.
std::vector<FrameTree> FitTrees(const FrameSet& set, const FrameRows& rows, int fold,
                                const std::vector<float>& second) {
  const FrameWidths widths = FrameFeatureWidths();
  std::vector<std::uint8_t> columns;
  for (std::size_t f = 0; f < widths.First(); ++f) {
    const bool product = f < widths.text && f + widths.products >= widths.text;
    if (!product && (f < widths.text || set.markup)) {
      columns.push_back(static_cast<std::uint8_t>(f));
    }
  }
  std::vector<float> weight(set.main.size(), 0);
  for (const FramePage& page : set.pages) {
    if (!page.framed || page.fold == fold || page.marked.page.variant == "short") continue;
    for (std::size_t i = 0; i < page.lines.lines.size(); ++i) {
      weight[page.first_row + i] = set.weight[page.first_row + i];
    }
  }
  return FitFrameTrees(rows, columns, set.main, weight, OddsOf(rows, 0, rows.size(), second));
}

// The gate over `features`, one entry a page.
template <typename Features>
Features FitGate(const FrameSet& set, const std::vector<Features>& features, int fold) {
  FrameRows rows{.width = Features().size(), .values = {}};
  std::vector<bool> framed;
  std::vector<float> weight;
  for (std::size_t p = 0; p < set.pages.size(); ++p) {
    rows.values.insert(rows.values.end(), features[p].begin(), features[p].end());
    framed.push_back(set.pages[p].framed);
    weight.push_back(set.pages[p].fold != fold);
  }
  const auto weights = FitFrameLogistic(rows, framed, weight, rows.width, kPenalty);
  Features gate;
  std::copy(weights.begin(), weights.end(), gate.begin());
  return gate;
}

}  // namespace

absl::StatusOr<FrameSet> MakeFrameSet(const std::string& data_dir, bool markup) {
  FrameSet set;
  set.markup = markup;
  SetMaker maker(set);
  auto whole = LoadMarkedPages(data_dir);
  if (!whole.ok()) return whole.status();
  for (MarkedPage& page : *whole) {
    maker.Add(Shortened(page), kShortWeight, kShortWeight);
    maker.Add(std::move(page), 1, 1);
  }
  CountWords(set);
  const auto synthetic = LoadSyntheticTails(data_dir);
  if (!synthetic.ok()) return synthetic.status();
  const float clean = markup ? kCleanMarkupWeight : kCleanWeight;
  for (const LabelledPage& page : *synthetic) maker.AddClean(page, clean);
  const auto tails = LoadPageTails(data_dir);
  if (!tails.ok()) return tails.status();
  for (const LabelledPage& page : *tails) {
    for (const auto make : {StoryAlone, WithStops}) maker.AddClean(make(page), 0);
    maker.AddClean(page, clean);
    maker.AddClean(InParagraphs(page), clean);
    maker.AddClean(StoryAlone(InParagraphs(page)), 0);
    maker.AddClean(Cropped(page, 6 + Hash64(page.id, kSeed + 1) % 25), 0);
  }
  return set;
}

FrameModel FitFrame(const FrameSet& set, int fold) {
  const FrameWidths widths = FrameFeatureWidths();
  FrameRows rows = ReadRows(set, fold);
  const auto first = [&](int without) {
    return FitFrameLogistic(rows, set.main, WeightsWithout(set, fold, without), widths.First(),
                            kPenalty);
  };
  std::vector<GateFeatures> form;
  for (const FramePage& page : set.pages) form.push_back(page.gate);
  std::vector<ReadGateFeatures> read(set.pages.size(), ReadGateFeatures{});
  for (int held = 0; held < kFrameFolds; ++held) {
    if (held == fold) continue;
    const std::vector<float> weights = first(held);
    for (std::size_t p = 0; p < set.pages.size(); ++p) {
      const FramePage& page = set.pages[p];
      if (page.fold != held) continue;
      const std::size_t end = page.first_row + page.lines.lines.size();
      const FrameContext context(OddsOf(rows, page.first_row, end, weights), page.lines);
      read[p] = ReadGate(page.gate, context);
      for (std::size_t i = 0; i < page.lines.lines.size(); ++i) {
        ReadContextFeatures(context, i, rows.Row(page.first_row + i).subspan(widths.First()));
      }
    }
  }
  FrameModel model;
  model.gate = FitGate(set, form, fold);
  model.read_gate = FitGate(set, read, fold);
  model.habits = set.counts.Without(fold, -1);
  model.first = first(-1);
  model.second =
      FitFrameLogistic(rows, set.main, WeightsWithout(set, fold, -1), widths.All(), kPenalty);
  model.trees = FitTrees(set, rows, fold, model.second);
  return model;
}

}  // namespace samestory::quality
