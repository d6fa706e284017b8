#include "split_sets.h"

#include <algorithm>
#include <map>
#include <utility>

#include "split/marks.h"
#include "split_train.h"

namespace samestory::quality {
namespace {

constexpr std::uint64_t kSeed = 1;
constexpr double kShares[] = {0.04, 0.1, 0.25, 1};

bool EndsInMark(const std::string& line) {
  const LineEnd end = ReadMarks(line).end;
  return end != LineEnd::kOpen && end != LineEnd::kContinued;
}

std::string Percent(double share) { return std::to_string(static_cast<int>(share * 100 + 0.5)); }

void Append(std::vector<SplitRow> rows, std::vector<SplitRow>& all) {
  all.insert(all.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
}

// Every page through `make`, where `which` holds.
template <typename Which>
std::vector<LabelledPage> Made(const std::vector<LabelledPage>& pages,
                               LabelledPage (*make)(const LabelledPage&), Which which) {
  std::vector<LabelledPage> made;
  for (const LabelledPage& page : pages) {
    if (which(page)) made.push_back(make(page));
  }
  return made;
}

void MeasureAlone(const std::vector<LabelledPage>& pages, const std::string& set,
                  std::vector<SplitRow>& rows) {
  Append(MeasureMethod(pages, set, "must end in a stop", LinesWithoutStop), rows);
  Append(MeasureMethod(pages, set, "strip lines without a stop", LastLinesWithoutStop), rows);
  for (const auto& [stance, name] : {std::pair(SplitStance::kBalanced, "samestory"),
                                     std::pair(SplitStance::kSafe, "samestory --safe"),
                                     std::pair(SplitStance::kEager, "samestory --eager")}) {
    SplitOptions options;
    options.stance = stance;
    Append(
        MeasureMethod(pages, set, name,
                      [&](const LabelledPage& page) { return SplitLines(page, nullptr, options); }),
        rows);
  }
}

void MeasureTogether(const std::vector<LabelledPage>& pages, const std::string& set,
                     std::vector<SplitRow>& rows) {
  for (const double share : kShares) {
    PageCorpus corpus(kSeed);
    for (const LabelledPage* page : VisiblePages(pages, share)) {
      corpus.Add(page->id, page->title, page->Text());
    }
    Append(MeasureMethod(pages, set, "samestory, " + Percent(share) + "% of pages seen",
                         [&](const LabelledPage& page) { return SplitLines(page, &corpus); }),
           rows);
  }
}

// As a crawler does it: each page is split against those before it, then remembered.
void MeasureStreaming(const std::vector<LabelledPage>& pages, const std::string& set,
                      std::vector<SplitRow>& rows) {
  PageCorpus corpus(kSeed);
  Append(MeasureMethod(pages, set, "samestory, page by page",
                       [&](const LabelledPage& page) {
                         auto called = SplitLines(page, &corpus);
                         corpus.Add(page.id, page.title, page.Text());
                         return called;
                       }),
         rows);
}

FreeFeatures Without(std::initializer_list<CutFeature> features) {
  FreeFeatures used = FitOptions::AllFeatures();
  for (const CutFeature feature : features) used[feature] = false;
  return used;
}

}  // namespace

std::vector<bool> LinesWithoutStop(const LabelledPage& page) {
  std::vector<bool> other;
  for (const std::string& line : page.lines) other.push_back(!EndsInMark(line));
  return other;
}

std::vector<bool> LastLinesWithoutStop(const LabelledPage& page) {
  std::vector<bool> other = LinesWithoutStop(page);
  std::size_t end = other.size();
  while (end > 0 && other[end - 1]) --end;
  std::fill(other.begin(), other.begin() + static_cast<std::ptrdiff_t>(end), false);
  return other;
}

std::vector<bool> SplitLines(const LabelledPage& page, const PageCorpus* corpus,
                             const SplitOptions& options) {
  const std::string text = page.Text();
  const auto split = SplitPage(text, options, corpus, BaseId(page));
  std::vector<bool> other(page.lines.size(), false);
  if (!split.ok()) return other;
  std::size_t line = 0, line_end = page.lines.empty() ? 0 : page.lines[0].size();
  for (const PageLine& part : split->lines) {
    bool begins = false;
    while (part.begin > line_end) line_end += page.lines[++line].size() + 1, begins = true;
    if (begins || part.begin == 0) other[line] = part.role == LineRole::kOther;
  }
  return other;
}

std::vector<SplitRow> MeasureMethod(const std::vector<LabelledPage>& pages, const std::string& set,
                                    const std::string& method, const SplitMethod& called_other) {
  std::map<std::string, SplitScore> scores;
  for (const LabelledPage& page : pages) {
    const std::vector<bool> called = called_other(page);
    scores["all"].Add(page, called);
    scores[page.variant].Add(page, called);
    scores["source " + page.source].Add(page, called);
  }
  std::vector<SplitRow> rows;
  for (const auto& [variant, score] : scores) rows.push_back(RowOf(set, variant, method, score));
  return rows;
}

absl::StatusOr<std::vector<SplitRow>> MeasureSplit(const std::string& data_dir) {
  std::vector<SplitRow> rows;
  const auto synthetic = LoadSyntheticTails(data_dir);
  if (!synthetic.ok()) return synthetic.status();
  MeasureAlone(*synthetic, "synthetic_tails", rows);
  MeasureTogether(*synthetic, "synthetic_tails", rows);
  MeasureStreaming(*synthetic, "synthetic_tails", rows);
  MeasureAlone(Made(*synthetic, WithStops,
                    [](const LabelledPage& page) { return page.variant == "headline"; }),
               "synthetic_tails, stops added", rows);

  const auto tails = LoadPageTails(data_dir);
  if (!tails.ok()) return tails.status();
  const auto every = [](const LabelledPage&) { return true; };
  MeasureAlone(*tails, "pages_tails", rows);
  MeasureTogether(*tails, "pages_tails", rows);
  MeasureStreaming(*tails, "pages_tails", rows);
  MeasureAlone(Made(*tails, WithStops, every), "pages_tails, stops added", rows);
  MeasureAlone(Made(*tails, StoryAlone, every), "pages_tails, story alone", rows);
  MeasureAlone(Made(*tails, OneOther, every), "pages_tails, one tail line", rows);
  MeasureAlone(Made(*tails, InParagraphs, every), "pages_tails, in paragraphs", rows);

  const auto lines = LoadPageLines(data_dir);
  if (!lines.ok()) return lines.status();
  MeasureAlone(*lines, "pages_lines", rows);
  return rows;
}

absl::StatusOr<CrossValidation> CrossValidateSplit(const std::string& data_dir) {
  const struct {
    const char* name;
    FreeFeatures used;
  } models[] = {
      {"cross-validated", FitOptions::AllFeatures()},
      {"cross-validated, no evidence", Without({kRepeated, kHeadlines, kUnseen, kCopies})},
      {"cross-validated, no form",
       Without({kQuestions, kExclamations, kOpenEnds, kOpenLength, kLengthGap, kLengthVariance,
                kSeparators, kClosedLists, kOpenLists, kSpeech, kTitleCase, kOpenLeadWords,
                kStopBefore, kLengthBefore, kStopAtCut, kQuestionAtCut})},
      {"cross-validated, no cohesion",
       Without({kStoryWords, kStoryShare, kLeadWords, kOpenLeadWords, kLeadLinks, kOwnWords,
                kStrangerNames, kClosedStrangers, kStrangerPart, kChain, kChainGap, kStrangerBefore,
                kStrangerRun, kLinkAtCut})},
      {"cross-validated, no word habits",
       Without({kFirstWord, kCommonWords, kOpeningWords, kOpeningAtCut, kTitleWordsGap})},
  };
  TrainingOptions options;
  options.visible = {0, 0.04, 0.1, 0.25, 1};
  const auto set = MakeTrainingSet(data_dir, options);
  if (!set.ok()) return set.status();
  CrossValidation result;
  for (const auto& model : models) {
    FitOptions fit;
    fit.used = model.used;
    const auto fitted = CrossValidate(*set, fit, options.folds);
    const auto add = [&](SplitStance stance, const std::string& name) {
      Append(Report(*set, fitted, ThresholdsOf(stance), name), result.rows);
    };
    add(SplitStance::kBalanced, model.name);
    if (&model != &models[0]) continue;
    add(SplitStance::kSafe, "cross-validated --safe");
    add(SplitStance::kEager, "cross-validated --eager");
    result.calibration = Calibrate(*set, fitted);
    result.folds = fitted;
  }
  return result;
}

absl::StatusOr<std::string> FitSplitWeights(const std::string& data_dir) {
  TrainingOptions options;
  options.visible = {0, 0.04, 0.1, 0.25, 1};
  const auto set = MakeTrainingSet(data_dir, options);
  if (!set.ok()) return set.status();
  return WeightsHeader(FitSplit(*set, {}, -1));
}

}  // namespace samestory::quality
