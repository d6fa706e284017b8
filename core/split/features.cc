#include "split/features.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/math.h"
#include "split/cohesion.h"

namespace samestory {
namespace {

constexpr double kUsualLogLength = 2.5;  // of ln(1 + words)

// A story's own habits are believed as if so many units of the usual habits stood before it.
constexpr double kUsualUnits = 4;
constexpr double kUsualTitleCase = 0.3;
constexpr double kUsualTitleWords = -0.5;
constexpr double kUsualStoryLogLength = 3;
constexpr double kUsualLink = 0.1;
constexpr double kUsualFirstWord = 0.3;

// A block's mean above the story's own counts for so many units at most: in a long block a chance
// of the story's few units would outweigh everything else.
constexpr double kMostGapUnits = 12;

// More strangers than so many in a row count no more.
constexpr std::size_t kMostStrangers = 4;
constexpr std::uint8_t kUnread = 2;  // neither a stranger (1) nor known to be none (0)

// A unit is a list from three commas on, one at least for every five words.
constexpr std::uint32_t kListCommas = 3, kListWords = 5;

// A story may end in a list of some length; a longer run of open units is rather a tail.
constexpr std::size_t kLongRun = 48;
constexpr std::size_t kBeforeRun = 8;

bool IsOpen(const PageUnit& unit) { return unit.marks.end != LineEnd::kStop; }

// Ends as titles and list items do: with no mark, a colon or comma, an ellipsis.
bool EndsLoosely(const PageUnit& unit) {
  return unit.marks.end == LineEnd::kOpen || unit.marks.end == LineEnd::kContinued ||
         unit.marks.end == LineEnd::kEllipsis;
}

bool IsList(const PageUnit& unit) {
  return unit.marks.commas >= kListCommas && unit.marks.commas * kListWords >= unit.words;
}

// What the units before a unit are like, summed.
struct Habits {
  double title_case = 0, lengths = 0, links = 0;
  double closed = 0, title_words = 0;  // of closed units
};

// The mean of `count` units that sum up to `sum`, drawn to the usual one.
double Mean(double sum, double count, double usual) {
  return (sum + usual * kUsualUnits) / (count + kUsualUnits);
}

// A block that grows from the page's end to the front.
class Block {
 public:
  Block(const Page& page, double max_idf, std::span<const LineEvidence> evidence)
      : page_(page),
        end_(page.units.size()),
        max_idf_(max_idf),
        evidence_(evidence),
        cohesion_(page),
        likelihood_(page),
        shares_(page, cohesion_),
        own_words_(end_, 0),
        is_stranger_(end_, kUnread),
        log_lengths_(end_),
        before_(end_ + 1) {
    for (std::size_t u = 0; u < end_; ++u) {
      const PageUnit& unit = page.units[u];
      log_lengths_[u] = StableLog(1 + static_cast<double>(unit.words));
      Habits& habits = before_[u + 1] = before_[u];
      habits.title_case += unit.title_case;
      habits.lengths += log_lengths_[u];
      if (u > 0) habits.links += cohesion_.Link(u - 1, u);
      if (IsOpen(unit)) continue;
      habits.closed += 1;
      habits.title_words += cohesion_.words(u).title;
    }
  }

  // Takes in unit u, the one before the block; gives the features of the cut before it.
  CutFeatures Add(std::size_t u) {
    AddForm(u);
    AddWords(u);
    if (!evidence_.empty()) AddEvidence(evidence_[u]);
    CutFeatures row = sum_;
    AddSizes(u, row);
    AddGaps(u, row);
    AddBorder(u, row);
    return row;
  }

 private:
  double SizeFrom(std::size_t u) const { return static_cast<double>(end_ - u); }

  void AddForm(std::size_t u) {
    const PageUnit& unit = page_.units[u];
    sum_[kQuestions] += unit.marks.end == LineEnd::kQuestion;
    sum_[kExclamations] += unit.marks.end == LineEnd::kExclamation;
    sum_[kOpenEnds] += unit.marks.end == LineEnd::kOpen;
    if (IsOpen(unit)) sum_[kOpenLength] += log_lengths_[u] - kUsualLogLength;
    sum_[kSeparators] += unit.marks.separator;
    sum_[IsOpen(unit) ? kOpenLists : kClosedLists] += IsList(unit);
    sum_[kSpeech] += unit.marks.speech;
    squares_ += log_lengths_[u] * log_lengths_[u];
    loose_ += EndsLoosely(unit);
  }

  void AddWords(std::size_t u) {
    const PageUnit& unit = page_.units[u];
    const UnitWords& words = cohesion_.words(u);
    sum_[kFirstWord] += FirstWord(unit);
    sum_[kCommonWords] += words.common;
    sum_[kLeadWords] += words.lead;
    sum_[kLeadLinks] += LeadLink(u);
    if (u + 1 < end_) sum_[kChain] += before_[u + 2].links - before_[u + 1].links;
    if (!IsOpen(unit)) sum_[kOpeningWords] += words.opening;
    AddOwnWords(u);
    likelihood_.MoveToBlock(unit);
    shares_.MoveToBlock(u);
  }

  double FirstWord(const PageUnit& unit) const {
    const double known = unit.words > 0 ? page_.terms[unit.first_term].idf / max_idf_ : 1;
    return page_.known * known + (1 - page_.known) * kUsualFirstWord;
  }

  double LeadLink(std::size_t u) const {
    return std::max(u > 0 ? cohesion_.Link(0, u) : 0, u > 1 ? cohesion_.Link(1, u) : 0);
  }

  // Counted from the unit on in which the word stands first: before it is in the block, the word is
  // not the block's own.
  void AddOwnWords(std::size_t u) {
    for (const Occurrence& at : page_.OccurrencesOf(page_.units[u])) {
      const double weight = page_.terms[at.term].weight;
      if (weight > 0 && cohesion_.Units(at.term) > 1) {
        own_words_[cohesion_.FirstUnit(at.term)] += weight / cohesion_.words(u).weight;
      }
    }
    sum_[kOwnWords] += own_words_[u];
  }

  void AddEvidence(const LineEvidence& evidence) {
    static const double kLog2 = StableLog(2);
    sum_[kRepeated] += std::min(3.0, StableLog(1.0 + evidence.repeated) / kLog2);
    sum_[kHeadlines] += evidence.headlines > 0;
    sum_[kCopies] += evidence.copies > 0;
    seen_ += evidence.repeated + evidence.headlines > 0;
  }

  void AddSizes(std::size_t u, CutFeatures& row) const {
    const double size = SizeFrom(u);
    row[kCut] = 1;
    row[kOneUnit] = u + 1 == end_;
    row[kLogUnits] = StableLog(size);
    row[kShareOfPage] = size / static_cast<double>(end_);
    row[kPageUnits] = StableLog(static_cast<double>(end_));
    row[kStoryWords] = likelihood_.Ratio();
    row[kStoryShare] = shares_.Shares();
    row[kStrangerNames] = page_.names * shares_.StrangerNames();
    row[kClosedStrangers] = shares_.ClosedStrangers();
    row[kStrangerPart] = shares_.ClosedStrangers() / size;
    row[kOpenLeadWords] = loose_ / size * row[kLeadWords];
    row[kUnknown] = 1 - page_.known;
    row[kUnknownClosed] = (1 - page_.known) * (before_[end_].closed - before_[u].closed);
    row[kUnknownOpen] = (1 - page_.known) * row[kOpenEnds];
    row[kUnseen] = (size - seen_) * seen_ / size;
  }

  // The block above the story that is left before unit u.
  void AddGaps(std::size_t u, CutFeatures& row) const {
    const Habits &story = before_[u], &all = before_[end_];
    const double size = SizeFrom(u), units = static_cast<double>(u);
    const double lengths = all.lengths - story.lengths, closed = all.closed - story.closed;
    const double part = std::min(1.0, kMostGapUnits / size);
    const auto gap = [&](double sum, double count, double usual_of_story) {
      return part * (sum - count * usual_of_story);
    };
    row[kTitleCase] = gap(all.title_case - story.title_case, size,
                          Mean(story.title_case, units, kUsualTitleCase));
    row[kLengthGap] = gap(lengths, size, Mean(story.lengths, units, kUsualStoryLogLength));
    row[kLengthVariance] = std::max(0.0, squares_ - lengths * lengths / size);
    row[kChainGap] = gap(row[kChain], size - 1, Mean(story.links, units, kUsualLink));
    row[kTitleWordsGap] = gap(all.title_words - story.title_words, closed,
                              Mean(story.title_words, story.closed, kUsualTitleWords));
  }

  // The last unit of the story and the first of the block.
  void AddBorder(std::size_t u, CutFeatures& row) {
    const PageUnit& unit = page_.units[u];
    row[kStopBefore] = page_.units[u - 1].marks.end == LineEnd::kStop;
    row[kLengthBefore] = log_lengths_[u - 1];
    row[kStrangerBefore] = u > 1 && IsStranger(u - 1);
    row[kStrangerRun] = StrangerRun(u);
    row[kStopAtCut] = unit.marks.end == LineEnd::kStop;
    row[kQuestionAtCut] = unit.marks.end == LineEnd::kQuestion;
    row[kOpeningAtCut] = cohesion_.words(u).opening;
    row[kLinkAtCut] = before_[u + 1].links - before_[u].links;
  }

  // How many more units than one end before unit u that are strangers, all in a row. Before the
  // page's third unit too little stands for one to be strange to.
  double StrangerRun(std::size_t u) {
    std::size_t count = 0;
    while (count < kMostStrangers && u > count + 2 && IsStranger(u - count - 1)) ++count;
    return count > 0 ? static_cast<double>(count - 1) : 0;
  }

  bool IsStranger(std::size_t u) {
    if (is_stranger_[u] == kUnread) is_stranger_[u] = shares_.IsStranger(u) ? 1 : 0;
    return is_stranger_[u] != 0;
  }

  const Page& page_;
  std::size_t end_;
  double max_idf_;
  std::span<const LineEvidence> evidence_;
  Cohesion cohesion_;
  StoryLikelihood likelihood_;
  StoryShares shares_;
  std::vector<double> own_words_;  // of the block, by the unit in which the word stands first
  std::vector<std::uint8_t> is_stranger_;  // read once, for the cuts behind it
  std::vector<double> log_lengths_;
  std::vector<Habits> before_;
  CutFeatures sum_{};
  double squares_ = 0, loose_ = 0, seen_ = 0;
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
    "one_unit",
    "log_units",
    "share_of_page",
    "page_units",
    "questions",
    "exclamations",
    "open_ends",
    "open_length",
    "length_gap",
    "length_variance",
    "separators",
    "closed_lists",
    "open_lists",
    "speech",
    "title_case",
    "first_word",
    "common_words",
    "story_words",
    "story_share",
    "lead_words",
    "open_lead_words",
    "lead_links",
    "own_words",
    "stranger_names",
    "closed_strangers",
    "stranger_part",
    "chain",
    "chain_gap",
    "opening_words",
    "title_words_gap",
    "unknown",
    "unknown_closed",
    "unknown_open",
    "stop_before",
    "length_before",
    "stranger_before",
    "stranger_run",
    "stop_at_cut",
    "question_at_cut",
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
