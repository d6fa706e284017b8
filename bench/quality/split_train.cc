#include "split_train.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <random>
#include <utility>

#include "base/hash.h"
#include "split/evidence.h"
#include "split/page.h"
#include "text/word_stats.h"

namespace samestory::quality {
namespace {

constexpr std::uint64_t kSeed = 1;

// Of a language of which nothing is known but the frequencies of its commoner words.
class UnknownLanguage : public StatsWordModel {
 public:
  using StatsWordModel::StatsWordModel;
  double Idf(std::uint32_t word) const override {
    return IsKnown(word) ? StatsWordModel::Idf(word) : MaxIdf();
  }
  double Frequency(std::uint32_t word) const override {
    return IsKnown(word) ? StatsWordModel::Frequency(word) : kRare / 10;
  }
  double Opening(std::uint32_t) const override { return 0; }
  double Title(std::uint32_t) const override { return 0; }

 private:
  static constexpr double kRare = 1e-5;  // below it no frequencies were shipped for these languages
  bool IsKnown(std::uint32_t word) const { return StatsWordModel::Frequency(word) >= kRare; }
};

class SetMaker {
 public:
  SetMaker(const TrainingOptions& options, TrainingSet& set) : options_(options), set_(set) {}

  void AddSet(const std::vector<LabelledPage>& pages) {
    for (const double share : options_.visible) {
      const auto visible = VisiblePages(pages, share);
      PageCorpus corpus(kSeed);
      for (const LabelledPage* page : visible) corpus.Add(page->id, page->title, page->Text());
      const double weight = 1.0 / static_cast<double>(options_.visible.size());
      for (const LabelledPage& page : pages) {
        Add(page, share, corpus, weight);
        AddVariants(page, share, corpus, weight);
      }
    }
  }

 private:
  void AddVariants(const LabelledPage& page, double share, const PageCorpus& corpus,
                   double weight) {
    const bool real = page.set == "pages", whole = page.variant == "none";
    const std::uint64_t draw = Hash64(page.id, kSeed + 1);
    const auto add = [&](LabelledPage made, double of_weight) {
      if (of_weight > 0) Add(std::move(made), share, corpus, weight * of_weight);
    };
    add(AsUnknownLanguage(page), options_.weight_unknown_language);
    add(AsUnknownLanguage(WithStops(page)), options_.weight_unknown_with_stops);
    add(AsUnknownLanguage(StoryAlone(page)), options_.weight_unknown_language);
    const std::size_t window = 4 + draw / 7 % 9;
    if (window < page.cut) {
      const LabelledPage part = Window(page, draw / 64 % (page.cut - window), window);
      add(AsUnknownLanguage(part), options_.weight_unknown_window);
      add(part, options_.weight_window);
    }
    add(Short(page, 1 + draw % 3), options_.weight_short);
    LabelledPage short_story = StoryAlone(Short(page, 1 + draw % 3));
    short_story.variant = "short story";
    add(std::move(short_story), options_.weight_short);
    if (!whole) {
      add(StoryAlone(page), real ? options_.weight_page_alone : options_.weight_article_alone);
      add(OneOther(page), options_.weight_one_other);
    }
    if (real) {
      const std::size_t lines = 6 + draw % 25;
      if (page.cut > lines) add(Cropped(page, lines), options_.weight_cropped);
      add(InParagraphs(page), options_.weight_paragraphs);
      add(AsUnknownLanguage(InParagraphs(page)), options_.weight_unknown_language);
      add(WithStops(page), options_.weight_page_tails_with_stops);
    } else if (page.variant == "headline") {
      add(WithStops(page), options_.weight_headlines_with_stops);
    }
  }

  void Add(LabelledPage labelled, double share, const PageCorpus& corpus, double weight) {
    const auto& memory = PageEvidence::Of(corpus);
    const bool known = !labelled.variant.starts_with(kUnknownLanguage);
    const WordModel& words = known ? static_cast<const WordModel&>(words_) : unknown_;
    PageReader reader(words, share > 0 ? &memory.signer() : nullptr);
    const Page page = reader.Read(labelled.Text(), "en");
    std::vector<LineEvidence> evidence;
    if (share > 0) evidence = memory.Find(page, BaseId(labelled));
    CutExample example{.cuts = ReadCuts(page, words_.MaxIdf(), evidence), .weight = weight};
    TrainingPage training;
    training.visible = share;
    training.fold = FoldOf(labelled, options_.folds);
    training.units = page.units.size();
    training.unit_of_line.assign(labelled.lines.size(), 0);
    for (std::size_t u = page.units.size(); u-- > 0;) {
      training.unit_of_line[page.segments[page.units[u].first_segment].line] = u;
    }
    const std::size_t right = labelled.cut < labelled.lines.size()
                                  ? training.unit_of_line[labelled.cut]
                                  : page.units.size();
    if (right < example.cuts.first) example.weight = 0;  // a tail beyond the model's reach
    example.right = std::max(right, example.cuts.first) - example.cuts.first;
    training.page = std::move(labelled);
    set_.pages.push_back(std::move(training));
    set_.examples.push_back(std::move(example));
  }

  const TrainingOptions& options_;
  TrainingSet& set_;
  WordStats stats_;
  StatsWordModel words_{stats_};
  UnknownLanguage unknown_{stats_};
};

// Other pages are a sample of what a run will see. With the weights that fit best, a line of story
// next to lines seen elsewhere is now and then taken along; with these none more is lost than by a
// page alone (measured at 4, 10, 25 and 100% of the pages).
CutFeatures Cautious(CutFeatures weights) {
  weights[kRepeated] = std::min(weights[kRepeated], 1.5);
  if (weights[kUnseen] != 0) weights[kUnseen] = std::min(weights[kUnseen], -1.2);
  return weights;
}

std::string Percent(double share) {
  return std::to_string(static_cast<int>(std::lround(share * 100))) + "%";
}

}  // namespace

int FoldOf(const LabelledPage& page, int folds) {
  return static_cast<int>(Hash64(page.group, kSeed) % static_cast<std::uint64_t>(folds));
}

std::vector<const LabelledPage*> VisiblePages(const std::vector<LabelledPage>& pages,
                                              double share) {
  std::vector<const LabelledPage*> visible;
  for (const LabelledPage& page : pages) {
    const double draw = static_cast<double>(Hash64(page.id, kSeed) >> 11) * 0x1p-53;
    if (draw < share) visible.push_back(&page);
  }
  return visible;
}

std::string_view BaseId(const LabelledPage& page) {
  return std::string_view(page.id).substr(0, page.id.find('/'));
}

absl::StatusOr<TrainingSet> MakeTrainingSet(const std::string& data_dir,
                                            const TrainingOptions& options) {
  TrainingSet set;
  SetMaker maker(options, set);
  for (const auto load : {LoadSyntheticTails, LoadPageTails}) {
    const auto pages = load(data_dir);
    if (!pages.ok()) return pages.status();
    maker.AddSet(*pages);
  }
  return set;
}

std::vector<bool> CalledOther(const TrainingPage& page, const CutTable& cuts,
                              const CutFeatures& weights, CutThresholds thresholds) {
  const auto behind = BehindCut(ScoreCuts(cuts, weights), cuts.first, page.units);
  const std::size_t cut = ChooseCut(behind, thresholds);
  std::vector<bool> called;
  for (const std::size_t unit : page.unit_of_line) called.push_back(unit >= cut);
  return called;
}

FreeFeatures FitOptions::AllFeatures() {
  FreeFeatures all;
  all.fill(true);
  return all;
}

CutFeatures FitSplit(const TrainingSet& set, const FitOptions& options, int fold) {
  std::vector<bool> skip_first, skip_second;
  for (const TrainingPage& page : set.pages) {
    skip_second.push_back(page.fold == fold);
    skip_first.push_back(page.fold == fold || page.visible > 0);
  }
  FreeFeatures alone = options.used, together = options.used;
  for (std::size_t f = 0; f < kNumCutFeatures; ++f) {
    const bool evidence = f == kRepeated || f == kHeadlines || f == kUnseen || f == kCopies;
    alone[f] = alone[f] && !evidence;
    together[f] = together[f] && evidence;
  }
  const CutFit first = FitCuts(set.examples, skip_first, alone, {}, options.l2);
  return Cautious(FitCuts(set.examples, skip_second, together, first.weights, options.l2).weights);
}

std::vector<CutFeatures> CrossValidate(const TrainingSet& set, const FitOptions& options,
                                       int folds) {
  std::vector<CutFeatures> models;
  for (int fold = 0; fold < folds; ++fold) models.push_back(FitSplit(set, options, fold));
  return models;
}

std::vector<Calibration> Calibrate(const TrainingSet& set, const std::vector<CutFeatures>& models) {
  std::map<std::string, Calibration> sets;
  for (std::size_t i = 0; i < set.pages.size(); ++i) {
    const TrainingPage& page = set.pages[i];
    if (page.visible > 0 || page.page.id.find('/') != std::string::npos) continue;
    const CutTable& cuts = set.examples[i].cuts;
    const auto behind = BehindCut(ScoreCuts(cuts, models[static_cast<std::size_t>(page.fold)]),
                                  cuts.first, page.units);
    Calibration& of_set = sets.try_emplace(page.page.set, page.page.set).first->second;
    for (std::size_t line = 0; line < page.page.lines.size(); ++line) {
      if (!page.page.counted[line]) continue;
      of_set.Add(1 - behind[page.unit_of_line[line]], !page.page.other[line]);
    }
  }
  std::vector<Calibration> all;
  for (auto& [name, calibration] : sets) all.push_back(std::move(calibration));
  return all;
}

std::vector<SplitRow> Report(const TrainingSet& set, const std::vector<CutFeatures>& models,
                             CutThresholds thresholds, const std::string& method) {
  std::map<std::pair<std::string, std::string>, SplitScore> scores;
  for (std::size_t i = 0; i < set.pages.size(); ++i) {
    const TrainingPage& page = set.pages[i];
    const auto called = CalledOther(page, set.examples[i].cuts,
                                    models[static_cast<std::size_t>(page.fold)], thresholds);
    const std::string name = page.page.set + " " + Percent(page.visible);
    scores[{name, page.page.variant}].Add(page.page, called);
    const bool made = page.page.id.find('/') != std::string::npos;
    if (!made) scores[{name, "all"}].Add(page.page, called);
  }
  std::vector<SplitRow> rows;
  for (const auto& [key, score] : scores) {
    rows.push_back(RowOf(key.first, key.second, method, score));
  }
  return rows;
}

std::string WeightsHeader(const CutFeatures& weights) {
  std::string header = R"(#ifndef SAMESTORY_SPLIT_WEIGHTS_H_
#define SAMESTORY_SPLIT_WEIGHTS_H_

#include "split/features.h"

namespace samestory {

/// What each feature adds to the log-odds of a cut, in the order of CutFeature. Written by
/// `samestory_quality fit-split`: a softmax over the cuts of each labelled page, penalised by the
/// square; docs/split.md names the pages.
inline constexpr CutFeatures kCutWeights = {
)";
  for (std::size_t f = 0; f < kNumCutFeatures; ++f) {
    char number[16], line[80];
    std::snprintf(number, sizeof number, "%.3f,", weights[f]);
    std::snprintf(line, sizeof line, "    %-7s  // %s\n", number,
                  std::string(kCutFeatureNames[f]).c_str());
    header += line;
  }
  return header + R"(};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_WEIGHTS_H_
)";
}

}  // namespace samestory::quality
