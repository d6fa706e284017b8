#include "split/features.h"

#include <algorithm>
#include <cstdint>

#include "base/math.h"

namespace samestory {
namespace {

// The units that tell what the page is about.
constexpr std::size_t kLeadUnits = 3;

constexpr double kUsualLogLength = 2.5;  // of ln(1 + words)
constexpr double kLikelihoodScale = 10;
constexpr std::uint32_t kMaxCount = 2;   // a word counts so often in one unit at most
constexpr std::uint32_t kNever = 0xffffffff;

bool IsOpen(const PageUnit& unit) { return unit.marks.end != LineEnd::kStop; }

// Ends as titles and list items do: with no mark, a colon or comma, an ellipsis.
bool EndsLoosely(const PageUnit& unit) {
  return unit.marks.end == LineEnd::kOpen || unit.marks.end == LineEnd::kContinued ||
         unit.marks.end == LineEnd::kEllipsis;
}

double LogLength(const PageUnit& unit) { return StableLog(1 + static_cast<double>(unit.words)); }

// Where the terms of a page stand.
class TermPlaces {
 public:
  explicit TermPlaces(const Page& page) : first_(page.terms.size(), kNever),
                                          units_(page.terms.size(), 0),
                                          in_title_(page.terms.size(), false) {
    for (std::uint32_t u = 0; u < page.units.size(); ++u) {
      for (const Occurrence& at : page.OccurrencesOf(page.units[u])) {
        if (first_[at.term] == kNever) first_[at.term] = u;
        ++units_[at.term];
      }
    }
    for (const std::uint32_t term : page.title_terms) in_title_[term] = true;
  }

  // In the first units or in the page's title.
  bool InLead(std::uint32_t term) const { return first_[term] < kLeadUnits || in_title_[term]; }
  std::uint32_t FirstUnit(std::uint32_t term) const { return first_[term]; }
  std::uint32_t Units(std::uint32_t term) const { return units_[term]; }

 private:
  std::vector<std::uint32_t> first_, units_;
  std::vector<bool> in_title_;
};

double TotalWeight(const Page& page, const PageUnit& unit) {
  double total = 0;
  for (const Occurrence& at : page.OccurrencesOf(unit)) total += page.terms[at.term].weight;
  return total;
}

// The words of a block that grows to the front, a unit at a time, against those of the story that
// is left before it.
class StoryLikelihood {
 public:
  StoryLikelihood(const Page& page, std::size_t block_begin)
      : page_(page), story_(page.terms.size(), 0), block_(page.terms.size(), 0) {
    for (std::size_t u = 0; u < page.units.size(); ++u) {
      if (u < block_begin) AddToStory(page.units[u]);
    }
  }

  void AddToStory(const PageUnit& unit) {
    for (const Occurrence& at : page_.OccurrencesOf(unit)) story_[at.term] += at.count;
    story_words_ += unit.words;
  }

  void MoveToBlock(const PageUnit& unit) {
    for (const Occurrence& at : page_.OccurrencesOf(unit)) {
      story_[at.term] -= at.count;
      if (page_.terms[at.term].weight <= 0) continue;
      if (block_[at.term] == 0) block_terms_.push_back(at.term);
      const std::uint32_t count = std::min(at.count, kMaxCount);
      block_[at.term] += count;
      block_count_ += count;
    }
    story_words_ -= unit.words;
  }

  // Sum over the block's words of ln(1/2 + 1/2 p(word | story) / p(word | anywhere)).
  double Ratio() const {
    double sum = 0;
    std::uint32_t shared = 0;
    for (const std::uint32_t term : block_terms_) {
      if (story_[term] == 0) continue;
      const double in_story = story_[term] / std::max(1.0, story_words_);
      sum += block_[term] * StableLog(0.5 + 0.5 * in_story / page_.terms[term].frequency);
      shared += block_[term];
    }
    return (sum + (block_count_ - shared) * StableLog(0.5)) / kLikelihoodScale;
  }

 private:
  const Page& page_;
  std::vector<std::uint32_t> story_, block_;
  std::vector<std::uint32_t> block_terms_;
  double story_words_ = 0;
  std::uint32_t block_count_ = 0;
};

}  // namespace

const std::array<std::string_view, kNumCutFeatures> kCutFeatureNames = {
    "cut",           "units",           "questions",   "open_ends",   "open_length",
    "separators",    "quotes",          "first_word",  "no_capitals", "title_case",
    "story_words",   "lead_words",      "own_words",   "length_variance",
    "stop_before",   "stop_at_cut",     "open_story_words", "open_lead_words",
    "repeated",      "headlines",       "copies",
};

CutTable ReadCuts(const Page& page, double max_idf, std::span<const LineEvidence> evidence) {
  CutTable table;
  const std::size_t n = page.units.size();
  if (n < 2) return table;
  table.first = n > kMaxCuts + 1 ? n - kMaxCuts : 1;
  const std::size_t first = table.first;
  table.rows.resize(n - first);
  table.allowed.resize(n - first);

  const TermPlaces places(page);
  std::vector<double> own_words(n, 0);  // by the unit in which the word stands first
  std::vector<double> title_case_before(n + 1, 0);
  for (std::size_t u = 0; u < n; ++u) {
    title_case_before[u + 1] = title_case_before[u] + page.units[u].title_case;
  }
  StoryLikelihood likelihood(page, n);
  CutFeatures sum{};
  double lengths = 0, squares = 0, loose = 0;
  for (std::size_t u = n; u-- > first;) {
    const PageUnit& unit = page.units[u];
    const double total = TotalWeight(page, unit);
    double lead = 0;
    for (const Occurrence& at : page.OccurrencesOf(unit)) {
      const double weight = page.terms[at.term].weight;
      if (weight <= 0) continue;
      if (places.InLead(at.term)) lead += weight / total;
      if (places.Units(at.term) > 1) own_words[places.FirstUnit(at.term)] += weight / total;
    }
    const double length = LogLength(unit);
    sum[kUnits] += 1;
    sum[kQuestions] += unit.marks.end == LineEnd::kQuestion;
    sum[kOpenEnds] += unit.marks.end == LineEnd::kOpen;
    if (IsOpen(unit)) sum[kOpenLength] += length - kUsualLogLength;
    sum[kSeparators] += unit.marks.separator;
    sum[kQuotes] += unit.marks.quote;
    sum[kFirstWordIdf] += unit.words > 0 ? page.terms[unit.first_term].idf / max_idf : 1;
    sum[kNoCapitals] += unit.marks.cased && unit.capitals == 0;
    sum[kLeadWords] += lead;
    sum[kOwnWords] += own_words[u];
    if (!evidence.empty()) {
      sum[kRepeated] += std::min(3.0, StableLog(1.0 + evidence[u].repeated) / StableLog(2));
      sum[kHeadlines] += evidence[u].headlines > 0;
      sum[kCopies] += evidence[u].copies > 0;
    }
    lengths += length;
    squares += length * length;
    loose += EndsLoosely(unit);
    likelihood.MoveToBlock(unit);

    const auto size = static_cast<double>(n - u);
    CutFeatures& row = table.rows[u - first];
    row = sum;
    row[kCut] = 1;
    row[kStoryWords] = likelihood.Ratio();
    row[kTitleCase] = title_case_before[n] - title_case_before[u] -
                      size * (title_case_before[u] + 1.2) / (static_cast<double>(u) + 4);
    row[kLengthVariance] = std::max(0.0, squares - lengths * lengths / size);
    row[kStopBefore] = page.units[u - 1].marks.end == LineEnd::kStop;
    row[kStopAtCut] = unit.marks.end == LineEnd::kStop;
    row[kOpenStoryWords] = loose / size * row[kStoryWords];
    row[kOpenLeadWords] = loose / size * row[kLeadWords];
    table.allowed[u - first] = unit.starts_line;
  }
  return table;
}

}  // namespace samestory
