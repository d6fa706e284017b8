#include "engine/one_source.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

#include "match/body.h"

namespace samestory {
namespace {

// Words of a headline that are not in its source's name: fewer say nothing of an item.
constexpr std::size_t kTellingWords = 3;
// Longer headlines are not looked at, and names only as far as this.
constexpr std::size_t kMostWords = 8;

// Letters by which a name is looked for before the texts are taken apart.
constexpr std::size_t kGlance = 4;

constexpr double kOccasionHours = 12;
constexpr double kRetitledHours = 1;      // a source mends a title at once
constexpr double kReissueHours = 1. / 6;  // and adds what stands under it, or gives it again

// Shingles of a body of some twenty words. A longer one that is equal is the same item, ...
constexpr std::size_t kLittleBody = 40;
// ... but below some forty words it may be what stands under each of a series.
constexpr std::size_t kTeaserBody = 80;

// Bodies less alike than this do not tell the same.
constexpr double kOtherBody = 0.2;

}  // namespace

bool SaysLittleBesideSource(const CanonicalText& headline, std::string_view title,
                            std::string_view source) {
  const std::size_t words = headline.words().size();
  if (source.empty() || words == 0 || words > kMostWords) return false;
  if (title.find(source.substr(0, kGlance)) == title.npos) return false;
  thread_local CanonicalText name;
  Canonicalize(source, name, kMostWords);
  std::size_t others = 0;
  for (std::size_t i = 0; i < words; ++i) {
    bool named = false;
    for (std::size_t j = 0; j < name.words().size(); ++j) {
      named = named || headline.word(i) == name.word(j);
    }
    others += !named;
  }
  return others < std::min(kTellingWords, words);
}

WithinSource JudgeWithinSource(Relation relation, const CompareSide& older,
                               const CompareSide& newer, bool says_little) {
  if (newer.facts.source == 0 || older.facts.source != newer.facts.source) return {relation};
  const std::span<const std::uint32_t> before = BodyView(older.body).shingles(),
                                       now = BodyView(newer.body).shingles();
  if (!before.empty() && !now.empty() && Jaccard(before, now) < kOtherBody) {
    return {Relation::kTemplate};
  }
  const bool equal_titles = relation == Relation::kExact;
  const bool one_teaser = before.empty() != now.empty();
  const std::size_t body = std::max(before.size(), now.size());
  if (!one_teaser && body > kLittleBody) {
    if (!equal_titles || body > kTeaserBody) return {relation};
    return {relation, Relation::kUpdate};
  }
  const auto running = equal_titles ? std::optional(Relation::kTemplate) : std::nullopt;
  std::optional<double> hours;
  if (older.facts.published != 0 && newer.facts.published != 0) {
    hours = HoursApart(older.facts, newer.facts);
  }
  if (hours >= kOccasionHours) return {Relation::kTemplate, running};
  const bool titles_alone = before.empty() && now.empty();
  if (titles_alone && says_little && (!hours || *hours >= kReissueHours)) {
    return {Relation::kTemplate, running};
  }
  if ((equal_titles || one_teaser) && hours >= kReissueHours) return {Relation::kUpdate, running};
  if (!equal_titles && titles_alone && (!hours || *hours >= kRetitledHours)) {
    return {Relation::kUpdate};
  }
  return {relation, running};
}

}  // namespace samestory
