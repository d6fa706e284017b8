#include "split/features.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/math.h"

namespace samestory {
namespace {

// The units that tell what the page is about.
constexpr std::size_t kLeadUnits = 3;

constexpr double kUsualLogLength = 2.5;  // of ln(1 + words)

// A story's own habits are believed as if so many units of the usual habits stood before it.
constexpr double kUsualUnits = 4;
constexpr double kUsualTitleCase = 0.3;
constexpr double kUsualTitleWords = -0.5;
constexpr double kLikelihoodScale = 10;
constexpr std::uint32_t kMaxCount = 2;  // a word counts so often in one unit at most
constexpr std::uint32_t kNever = 0xffffffff;

// A story may end in a list of some length; a longer run of open units is rather a tail.
constexpr std::size_t kLongRun = 48;
constexpr std::size_t kBeforeRun = 8;

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
  explicit TermPlaces(const Page& page)
      : first_(page.terms.size(), kNever),
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

// The words of a block that grows to the front, a unit at a time, against those of the story that
// is left before it.
class StoryLikelihood {
 public:
  explicit StoryLikelihood(const Page& page)
      : page_(page), story_(page.terms.size(), 0), block_(page.terms.size(), 0) {
    for (const PageUnit& unit : page.units) {
      for (const Occurrence& at : page.OccurrencesOf(unit)) story_[at.term] += at.count;
      story_words_ += unit.words;
    }
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

// What one unit adds to every block that holds it.
struct UnitTerms {
  double weight = 0;   // of its distinct terms
  double lead = 0;     // share of weight that stands in the lead
  double opening = 0;  // sum over its distinct terms
  double title = 0;    // sum over its distinct terms
};

UnitTerms ReadTerms(const Page& page, const PageUnit& unit, const TermPlaces& places) {
  UnitTerms terms;
  for (const Occurrence& at : page.OccurrencesOf(unit)) {
    terms.weight += page.terms[at.term].weight;
    terms.opening += page.terms[at.term].opening;
    terms.title += page.terms[at.term].title;
    if (places.InLead(at.term)) terms.lead += page.terms[at.term].weight;
  }
  if (terms.weight > 0) terms.lead /= terms.weight;
  return terms;
}

// Weight of the terms that two units share. Occurrences are sorted by term.
double SharedWeight(const Page& page, const PageUnit& a, const PageUnit& b) {
  const auto of_a = page.OccurrencesOf(a), of_b = page.OccurrencesOf(b);
  double shared = 0;
  for (std::size_t i = 0, j = 0; i < of_a.size() && j < of_b.size();) {
    if (of_a[i].term == of_b[j].term) shared += page.terms[of_a[i].term].weight;
    const bool next_a = of_a[i].term <= of_b[j].term;
    const bool next_b = of_b[j].term <= of_a[i].term;
    i += next_a;
    j += next_b;
  }
  return shared;
}

// A block that grows from the page's end to the front.
class Block {
 public:
  Block(const Page& page, double max_idf, std::span<const LineEvidence> evidence)
      : page_(page),
        end_(page.units.size()),
        max_idf_(max_idf),
        evidence_(evidence),
        places_(page),
        likelihood_(page),
        own_words_(end_, 0),
        title_case_before_(end_ + 1, 0),
        title_words_before_(end_ + 1, 0),
        closed_before_(end_ + 1, 0) {
    for (std::size_t u = 0; u < end_; ++u) {
      const PageUnit& unit = page.units[u];
      const bool closed = !IsOpen(unit);
      const double title_words = closed ? ReadTerms(page, unit, places_).title : 0;
      title_case_before_[u + 1] = title_case_before_[u] + unit.title_case;
      title_words_before_[u + 1] = title_words_before_[u] + title_words;
      closed_before_[u + 1] = closed_before_[u] + closed;
    }
  }

  // Takes in unit u, the one before the block; gives the features of the cut before it.
  CutFeatures Add(std::size_t u) {
    const PageUnit& unit = page_.units[u];
    const UnitTerms terms = ReadTerms(page_, unit, places_);
    AddForm(unit);
    AddWords(u, terms);
    if (!evidence_.empty()) AddEvidence(evidence_[u]);
    return Features(u, terms);
  }

 private:
  void AddForm(const PageUnit& unit) {
    const double length = LogLength(unit);
    sum_[kUnits] += 1;
    sum_[kQuestions] += unit.marks.end == LineEnd::kQuestion;
    sum_[kExclamations] += unit.marks.end == LineEnd::kExclamation;
    sum_[kOpenEnds] += unit.marks.end == LineEnd::kOpen;
    if (IsOpen(unit)) sum_[kOpenLength] += length - kUsualLogLength;
    sum_[kSeparators] += unit.marks.separator;
    sum_[kSpeech] += unit.marks.speech;
    lengths_ += length;
    squares_ += length * length;
    loose_ += EndsLoosely(unit);
  }

  void AddWords(std::size_t u, const UnitTerms& terms) {
    const PageUnit& unit = page_.units[u];
    sum_[kFirstWord] += unit.words > 0 ? page_.terms[unit.first_term].idf / max_idf_ : 1;
    sum_[kLeadWords] += terms.lead;
    if (!IsOpen(unit)) {
      sum_[kOpeningWords] += terms.opening;
      sum_[kTitleWords] += terms.title;
      closed_ += 1;
    }
    for (const Occurrence& at : page_.OccurrencesOf(unit)) {
      const double weight = page_.terms[at.term].weight;
      // Counted from the unit on in which the word stands first: before it is in the block, the
      // word is not the block's own.
      if (weight > 0 && places_.Units(at.term) > 1) {
        own_words_[places_.FirstUnit(at.term)] += weight / terms.weight;
      }
    }
    sum_[kOwnWords] += own_words_[u];
    likelihood_.MoveToBlock(unit);
  }

  void AddEvidence(const LineEvidence& evidence) {
    static const double kLog2 = StableLog(2);
    sum_[kRepeated] += std::min(3.0, StableLog(1.0 + evidence.repeated) / kLog2);
    sum_[kHeadlines] += evidence.headlines > 0;
    sum_[kCopies] += evidence.copies > 0;
    seen_ += evidence.repeated + evidence.headlines > 0;
  }

  CutFeatures Features(std::size_t u, const UnitTerms& terms) const {
    const PageUnit& unit = page_.units[u];
    const PageUnit& before = page_.units[u - 1];
    const auto size = static_cast<double>(end_ - u);
    CutFeatures row = sum_;
    row[kCut] = 1;
    row[kTitleCase] = title_case_before_[end_] - title_case_before_[u] -
                      size * (title_case_before_[u] + kUsualTitleCase * kUsualUnits) /
                          (static_cast<double>(u) + kUsualUnits);
    row[kTitleWordsGap] =
        sum_[kTitleWords] - closed_ * (title_words_before_[u] + kUsualTitleWords * kUsualUnits) /
                                (closed_before_[u] + kUsualUnits);
    row[kStoryWords] = likelihood_.Ratio();
    row[kOpenLeadWords] = loose_ / size * row[kLeadWords];
    row[kLengthVariance] = std::max(0.0, squares_ - lengths_ * lengths_ / size);
    row[kUnseen] = (size - seen_) * seen_ / size;
    row[kStopBefore] = before.marks.end == LineEnd::kStop;
    row[kStopAtCut] = unit.marks.end == LineEnd::kStop;
    row[kOpeningAtCut] = terms.opening;
    const double of_both = terms.weight * ReadTerms(page_, before, places_).weight;
    if (of_both > 0) row[kLinkAtCut] = SharedWeight(page_, before, unit) / std::sqrt(of_both);
    return row;
  }

  const Page& page_;
  std::size_t end_;
  double max_idf_;
  std::span<const LineEvidence> evidence_;
  TermPlaces places_;
  StoryLikelihood likelihood_;
  std::vector<double> own_words_;  // of the block, by the unit in which the word stands first
  std::vector<double> title_case_before_, title_words_before_, closed_before_;
  CutFeatures sum_{};
  double lengths_ = 0, squares_ = 0, loose_ = 0, closed_ = 0, seen_ = 0;
};

// The first unit that can begin the block.
std::size_t FirstCut(const Page& page) {
  const std::size_t n = page.units.size();
  std::size_t run = n;  // first unit of the open ones at the end
  while (run > 0 && IsOpen(page.units[run - 1])) --run;
  std::size_t cuts = kUsualCuts;
  if (n - run >= kLongRun) cuts = std::min(n - run + kBeforeRun, kMaxCuts);
  return n > cuts + 1 ? n - cuts : 1;
}

}  // namespace

const std::array<std::string_view, kNumCutFeatures> kCutFeatureNames = {
    "cut",
    "units",
    "questions",
    "exclamations",
    "open_ends",
    "open_length",
    "separators",
    "speech",
    "first_word",
    "title_case",
    "story_words",
    "lead_words",
    "open_lead_words",
    "own_words",
    "opening_words",
    "title_words",
    "title_words_gap",
    "length_variance",
    "stop_before",
    "stop_at_cut",
    "opening_at_cut",
    "link_at_cut",
    "repeated",
    "headlines",
    "unseen",
    "copies",
};

CutTable ReadCuts(const Page& page, double max_idf, std::span<const LineEvidence> evidence) {
  CutTable table;
  const std::size_t n = page.units.size();
  if (n < 2) return table;
  table.first = FirstCut(page);
  table.rows.resize(n - table.first);
  table.allowed.resize(n - table.first);
  Block block(page, max_idf, evidence);
  for (std::size_t u = n; u-- > table.first;) {
    table.rows[u - table.first] = block.Add(u);
    table.allowed[u - table.first] = page.units[u].starts_line;
  }
  return table;
}

}  // namespace samestory
