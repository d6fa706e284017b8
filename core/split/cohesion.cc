#include "split/cohesion.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/math.h"

namespace samestory {
namespace {

// The units that tell what the page is about.
constexpr std::size_t kLeadUnits = 3;

constexpr double kLikelihoodScale = 10;
constexpr std::uint32_t kMaxCount = 2;  // a word counts so often in one unit at most
constexpr std::uint32_t kNever = 0xffffffff;

// Below these shares of weight a unit, or its names, have next to nothing of the story.
constexpr double kStrangerShare = 0.08;
constexpr double kStrangerNames = 0.05;

// Short units are believed to have the usual share of common words.
constexpr double kUsualCommon = 1, kUsualWords = 3;

// The words of a unit do not speak independently: together they are believed so far at most.
constexpr double kMostHabit = 3;

bool IsName(const PageTerm& term) { return term.capitals > 0; }

}  // namespace

Cohesion::Cohesion(const Page& page)
    : page_(page),
      first_(page.terms.size(), kNever),
      units_(page.terms.size(), 0),
      in_title_(page.terms.size(), false) {
  for (std::uint32_t u = 0; u < page.units.size(); ++u) {
    for (const Occurrence& at : page.OccurrencesOf(page.units[u])) {
      if (first_[at.term] == kNever) first_[at.term] = u;
      ++units_[at.term];
    }
  }
  for (const std::uint32_t term : page.title_terms) in_title_[term] = true;
  words_.reserve(page.units.size());
  for (const PageUnit& unit : page.units) ReadUnit(unit);
}

void Cohesion::ReadUnit(const PageUnit& unit) {
  UnitWords words;
  double common = 0;
  for (const Occurrence& at : page_.OccurrencesOf(unit)) {
    const PageTerm& term = page_.terms[at.term];
    words.weight += term.weight;
    words.opening += term.opening;
    words.title += term.title;
    if (first_[at.term] < kLeadUnits || in_title_[at.term]) words.lead += term.weight;
    if (term.weight <= 0) common += at.count;
  }
  if (words.weight > 0) words.lead /= words.weight;
  words.opening = page_.known * std::clamp(words.opening, -kMostHabit, kMostHabit);
  words.title = page_.known * std::clamp(words.title, -kMostHabit, kMostHabit);
  words.common = (common + kUsualCommon) / (unit.words + kUsualWords);
  words_.push_back(words);
}

double Cohesion::Link(std::size_t a, std::size_t b) const {
  const double of_both = words_[a].weight * words_[b].weight;
  if (of_both <= 0) return 0;
  const auto of_a = page_.OccurrencesOf(page_.units[a]), of_b = page_.OccurrencesOf(page_.units[b]);
  double shared = 0;
  for (std::size_t i = 0, j = 0; i < of_a.size() && j < of_b.size();) {  // sorted by term
    if (of_a[i].term == of_b[j].term) shared += page_.terms[of_a[i].term].weight;
    const bool next_a = of_a[i].term <= of_b[j].term;
    const bool next_b = of_b[j].term <= of_a[i].term;
    i += next_a;
    j += next_b;
  }
  return shared / std::sqrt(of_both);
}

StoryLikelihood::StoryLikelihood(const Page& page)
    : page_(page), story_(page.terms.size(), 0), block_(page.terms.size(), 0) {
  for (const PageUnit& unit : page.units) {
    for (const Occurrence& at : page.OccurrencesOf(unit)) story_[at.term] += at.count;
    story_words_ += unit.words;
  }
}

void StoryLikelihood::MoveToBlock(const PageUnit& unit) {
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

double StoryLikelihood::Ratio() const {
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

StoryShares::StoryShares(const Page& page, const Cohesion& cohesion)
    : page_(page),
      cohesion_(cohesion),
      share_(page.units.size(), 0),
      names_(page.units.size(), 0),
      names_in_story_(page.units.size(), 0),
      first_loss_(page.units.size(), kNever) {}

void StoryShares::Count(std::size_t unit, double sign) {
  const bool strange_names =
      names_[unit] > 0 && names_in_story_[unit] < kStrangerNames * names_[unit];
  const bool closed = page_.units[unit].marks.end == LineEnd::kStop;
  shares_ += sign * share_[unit];
  stranger_names_ += sign * strange_names;
  closed_strangers_ += sign * (closed && share_[unit] < kStrangerShare);
}

void StoryShares::MoveToBlock(std::size_t unit) {
  const double weight = cohesion_.words(unit).weight;
  for (const Occurrence& at : page_.OccurrencesOf(page_.units[unit])) {
    const PageTerm& term = page_.terms[at.term];
    if (term.weight <= 0) continue;
    const double names = IsName(term) ? term.weight : 0, share = term.weight / weight;
    names_[unit] += names;
    const std::uint32_t first = cohesion_.FirstUnit(at.term);
    const bool in_title = cohesion_.InTitle(at.term);
    if (!in_title && first == unit) continue;
    share_[unit] += share;
    names_in_story_[unit] += names;
    if (in_title) continue;
    losses_.push_back({.of = static_cast<std::uint32_t>(unit),
                       .next = first_loss_[first],
                       .share = share,
                       .names = names});
    first_loss_[first] = static_cast<std::uint32_t>(losses_.size() - 1);
  }
  Count(unit, 1);
  for (std::uint32_t i = first_loss_[unit]; i != kNever; i = losses_[i].next) {
    const Loss& loss = losses_[i];
    Count(loss.of, -1);
    share_[loss.of] -= loss.share;
    names_in_story_[loss.of] -= loss.names;
    Count(loss.of, 1);
  }
}

bool StoryShares::IsStranger(std::size_t unit) const {
  double share = 0;
  for (const Occurrence& at : page_.OccurrencesOf(page_.units[unit])) {
    const bool known = cohesion_.FirstUnit(at.term) < unit || cohesion_.InTitle(at.term);
    if (known) share += page_.terms[at.term].weight;
  }
  return share < kStrangerShare * cohesion_.words(unit).weight;
}

}  // namespace samestory
