#include "match/body.h"

#include <algorithm>
#include <bit>

#include "base/hash.h"
#include "match/lexicon.h"
#include "match/slots.h"
#include "samestory/match.h"
#include "text/word_stats.h"

namespace samestory {
namespace {

constexpr double kRedundantContainment = 0.8;

// What a slot is filled with, whatever its spelling.
std::uint32_t Filling(const SlotOfWord& slot, std::uint32_t word_hash) {
  const std::uint64_t what =
      slot.has_value ? std::uint64_t{std::bit_cast<std::uint32_t>(slot.value)} : word_hash;
  const auto kind = static_cast<std::uint64_t>(IsDateType(slot.type) ? slot.type : SlotType::kNone);
  return static_cast<std::uint32_t>(Mix64(what, kind << 1 | std::uint64_t{slot.has_value}));
}

void AppendSet(std::vector<std::uint32_t>& set, std::vector<std::uint32_t>& block) {
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  block.insert(block.end(), set.begin(), set.end());
}

BodyLikeness::Counts Count(std::span<const std::uint32_t> older,
                           std::span<const std::uint32_t> newer) {
  const std::size_t shared = IntersectionSize(older, newer);
  return {shared, older.size() - shared, newer.size() - shared};
}

bool IsSet(std::span<const std::uint32_t> values) {
  return std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
}

}  // namespace

bool BodyView::IsValid(std::span<const std::uint32_t> block) {
  if (block.empty()) return true;
  if (block.size() < kHeaderWords) return false;
  const BodyView view(block);
  if (view.num_figures() > kMaxFigures || view.num_dates() > kMaxDates) return false;
  if (kHeaderWords + view.num_shingles() + view.num_figures() + view.num_dates() != block.size()) {
    return false;
  }
  return IsSet(view.shingles()) && IsSet(view.figures()) && IsSet(view.dates());
}

void BuildBody(const CanonicalText& text, std::string_view original, std::string_view lang,
               int ngram_size, std::uint64_t seed, std::vector<std::uint32_t>& block) {
  thread_local ShingleSet shingles;
  thread_local std::vector<std::uint32_t> hashes, figures, dates;
  thread_local std::vector<SlotOfWord> slots;
  Shingle(text, ngram_size, seed, shingles);
  const std::size_t words = text.words().size();
  hashes.resize(words);
  slots.resize(words);
  for (std::size_t i = 0; i < words; ++i) hashes[i] = WordHash(text.word(i));
  FindSlots(text, original, hashes, Lexicon::For(lang), false, slots);
  figures.clear();
  dates.clear();
  for (std::size_t i = 0; i < words; ++i) {
    if (!slots[i].is_slot) continue;
    const bool is_date = IsDateType(slots[i].type);
    std::vector<std::uint32_t>& set = is_date ? dates : figures;
    if (set.size() < (is_date ? BodyView::kMaxDates : BodyView::kMaxFigures)) {
      set.push_back(Filling(slots[i], hashes[i]));
    }
  }
  block.assign(BodyView::kHeaderWords, 0);
  block[0] = static_cast<std::uint32_t>(shingles.size());
  block.insert(block.end(), shingles.begin(), shingles.end());
  AppendSet(figures, block);
  AppendSet(dates, block);
  block[1] = static_cast<std::uint32_t>(figures.size() | dates.size() << 16);
}

std::optional<BodyLikeness> CompareBodies(const BodyView& older, const BodyView& newer) {
  if (older.empty() || newer.empty()) return std::nullopt;
  const auto a = older.shingles(), b = newer.shingles();
  BodyLikeness likeness;
  likeness.figures = Count(older.figures(), newer.figures());
  likeness.dates = Count(older.dates(), newer.dates());
  if (a.empty() || b.empty()) return likeness;
  const auto shared = static_cast<double>(IntersectionSize(a, b));
  likeness.jaccard = shared / (static_cast<double>(a.size() + b.size()) - shared);
  likeness.containment = shared / static_cast<double>(std::min(a.size(), b.size()));
  return likeness;
}

double MostJaccard(const BodyView& older, const BodyView& newer) {
  const auto [less, more] = std::minmax({older.shingles().size(), newer.shingles().size()});
  return more == 0 ? 0 : static_cast<double>(less) / static_cast<double>(more);
}

bool BodyLikeness::is_redundant() const {
  return containment >= kRedundantContainment && !figures.conflict() && !dates.conflict();
}

}  // namespace samestory
