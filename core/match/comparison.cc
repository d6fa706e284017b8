#include "match/comparison.h"

#include <algorithm>
#include <bit>

#include "match/fuzzy.h"
#include "match/slots.h"
#include "match/word_match.h"

namespace samestory {
namespace {

using Mask = Comparison::Mask;

constexpr std::size_t kMaxVariantsSought = 8;  // heaviest unmatched words of the older text
constexpr int kVariantShare = 4;               // a variant is worth 4/5 of the lighter word
constexpr int kVariantOf = 5;

// Calls `visit` with every position in `words`, ascending.
template <class Visit>
void ForEach(Mask words, Visit visit) {
  for (; words != 0; words &= words - 1) visit(static_cast<std::size_t>(std::countr_zero(words)));
}

Mask Bit(std::size_t i) { return Mask{1} << i; }

bool IsDate(SlotType type) {
  return type == SlotType::kMonth || type == SlotType::kWeekday || type == SlotType::kYear ||
         type == SlotType::kDate;
}

bool IsLetter(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

Comparison::Side::Side(const ProfileView& profile) : view(profile), size(profile.num_words()) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const ProfileWord word = profile.word(i);
    begins[i] = static_cast<std::uint16_t>(begin);
    begin += word.length + 1u;
    lengths[i] = word.length;
    weights[i] = word.weight;
    if (word.repeated) continue;
    all |= Bit(i);
    if (word.is_slot) slots |= Bit(i);
    if (word.has_value) values |= Bit(i);
    if (word.type == SlotType::kName) names |= Bit(i);
    if (IsDate(word.type)) dates |= Bit(i);
  }
}

int Comparison::Side::Weight(Mask words) const {
  int sum = 0;
  ForEach(words, [&](std::size_t i) { sum += weights[i]; });
  return sum;
}

Comparison::Comparison(const ProfileView& older, const ProfileView& newer)
    : older_(older), newer_(newer) {
  MatchShared();
  if (shared_weight_ == 0) return;
  CountPairs();
  if (older_.unmatched() == 0 || newer_.unmatched() == 0) return;
  MatchValues();
  MatchForms();
}

void Comparison::MatchShared() {
  MatchWords(older_.view.word_hashes(), newer_.view.word_hashes(), equal_);
  Mask mates = 0;
  for (std::size_t i = 0; i < older_.size; ++i) {
    if (equal_[i] != 0) older_.shared |= Bit(i);
    mates |= equal_[i];
  }
  older_.shared &= older_.all;
  newer_.shared = mates & newer_.all;
  // The newer text's weights are the fresher ones.
  shared_weight_ = newer_.Weight(newer_.shared);
}

void Comparison::Match(Side& side, std::size_t i, Side& other, Mask words, int weight) {
  side.equivalent |= Bit(i);
  other.equivalent |= words;
  equivalent_weight_ += weight;
}

// "4" and "four", "1.2m" and "1.2 million", "38.57m" and "38.5m".
void Comparison::MatchValues() {
  ForEach(older_.unmatched() & older_.values, [&](std::size_t i) {
    Mask candidates = newer_.unmatched() & newer_.values;
    for (; candidates != 0; candidates &= candidates - 1) {
      const auto j = static_cast<std::size_t>(std::countr_zero(candidates));
      if (!NearlyEqual(older_.view.value(i), older_.Word(i), newer_.view.value(j),
                       newer_.Word(j))) {
        continue;
      }
      Match(older_, i, newer_, Bit(j), std::min(older_.weights[i], newer_.weights[j]));
      return;
    }
  });
}

void Comparison::MatchForms() {
  if ((older_.unmatched() & ~older_.slots) == 0 || (newer_.unmatched() & ~newer_.slots) == 0) {
    return;
  }
  MatchInitials(older_, newer_);
  MatchInitials(newer_, older_);
  MatchVariants();
}

// An acronym of words of the other text ("imf"), or two of its words written as one.
void Comparison::MatchInitials(Side& side, Side& other) {
  const auto free = [&other](std::size_t i) {
    return (other.unmatched() & ~other.slots & Bit(i)) != 0;
  };
  ForEach(side.unmatched() & ~side.slots, [&](std::size_t i) {
    const std::string_view word = side.Word(i);
    for (std::size_t j = 0; j + 1 < other.size; ++j) {
      if (!free(j) || !free(j + 1) || other.Word(j)[0] != word[0]) continue;
      std::size_t matched = 0;
      if (word.size() <= 5 && j + word.size() <= other.size) {
        while (matched < word.size() && IsLetter(word[matched]) && free(j + matched) &&
               other.Word(j + matched)[0] == word[matched]) {
          ++matched;
        }
        if (matched != word.size()) matched = 0;
      }
      const std::size_t first = other.lengths[j];
      if (matched == 0 && word.size() >= 5 && word.size() == first + other.lengths[j + 1] &&
          word.starts_with(other.Word(j)) && word.ends_with(other.Word(j + 1))) {
        matched = 2;
      }
      if (matched < 2) continue;
      Match(side, i, other, (Bit(matched) - 1) << j, side.weights[i]);
      return;
    }
  });
}

void Comparison::MatchVariants() {
  std::array<std::uint8_t, ProfileView::kMaxWords> sought;
  std::size_t count = 0;
  ForEach(older_.unmatched() & ~older_.slots & ~older_.values,
          [&](std::size_t i) { sought[count++] = static_cast<std::uint8_t>(i); });
  std::stable_sort(sought.begin(), sought.begin() + static_cast<std::ptrdiff_t>(count),
                   [this](std::uint8_t a, std::uint8_t b) {
                     return older_.weights[a] > older_.weights[b];
                   });
  for (std::size_t k = 0; k < std::min(count, kMaxVariantsSought); ++k) {
    const std::size_t i = sought[k];
    const std::string_view word = older_.Word(i);
    Mask candidates = newer_.unmatched() & ~newer_.slots & ~newer_.values;
    for (; candidates != 0; candidates &= candidates - 1) {
      const auto j = static_cast<std::size_t>(std::countr_zero(candidates));
      if (!IsWordVariant(word, newer_.Word(j))) continue;
      const int lighter = std::min(older_.weights[i], newer_.weights[j]);
      Match(older_, i, newer_, Bit(j), lighter * kVariantShare / kVariantOf);
      break;
    }
  }
}

void Comparison::CountPairs() {
  Mask in_old = 0, in_fresh = 0;
  for (std::size_t i = 0; i + 1 < older_.size; ++i) {
    if ((equal_[i] & equal_[i + 1] >> 1) == 0 || PairIsRepeated(i)) continue;
    const unsigned days = older_.view.word(i).pair_days;
    ++pairs_.count;
    pairs_.novelty += 1.0 / (1.0 + days);
    if (days >= kOldDays) {
      ++pairs_.old;
      in_old |= Bit(i) | Bit(i + 1);
    } else {
      in_fresh |= Bit(i) | Bit(i + 1);
    }
  }
  pairs_.stale_weight = older_.Weight(older_.shared & in_old & ~in_fresh);
}

bool Comparison::PairIsRepeated(std::size_t i) const {
  if ((older_.all & Bit(i)) != 0) return false;
  const std::span<const std::uint32_t> hashes = older_.view.word_hashes();
  for (std::size_t k = 0; k < i; ++k) {
    if (hashes[k] == hashes[i] && hashes[k + 1] == hashes[i + 1]) return true;
  }
  return false;
}

bool Comparison::OneWordDiffers() const {
  if (older_.size != newer_.size) return false;
  int different = 0;
  for (std::size_t i = 0; i < older_.size; ++i) different += (equal_[i] & Bit(i)) == 0;
  return different == 1;
}

bool Comparison::NewerIsCut() const {
  std::size_t in_order = 0;
  for (std::size_t i = 0; i < older_.size && in_order < newer_.size; ++i) {
    in_order += (equal_[i] & Bit(in_order)) != 0;
  }
  if (in_order == newer_.size) return true;
  if (in_order + 1 != newer_.size) return false;
  const std::string_view last = newer_.Word(in_order);
  bool is_cut = false;
  ForEach(older_.all & ~older_.shared,
          [&](std::size_t i) { is_cut |= older_.Word(i).starts_with(last); });
  return is_cut;
}

bool Comparison::HasSubstitution() const {
  // Longest common subsequence by rows: length[i][j] for the suffixes.
  constexpr std::size_t kMax = ProfileView::kMaxWords + 1;
  std::array<std::array<std::uint8_t, kMax>, kMax> length;
  for (std::size_t j = 0; j <= newer_.size; ++j) length[older_.size][j] = 0;
  for (std::size_t i = older_.size; i-- > 0;) {
    length[i][newer_.size] = 0;
    for (std::size_t j = newer_.size; j-- > 0;) {
      length[i][j] = (equal_[i] & Bit(j)) != 0
                         ? static_cast<std::uint8_t>(length[i + 1][j + 1] + 1)
                         : std::max(length[i + 1][j], length[i][j + 1]);
    }
  }
  std::size_t i = 0, j = 0;
  bool lost = false, added = false;
  while (i < older_.size || j < newer_.size) {
    if (i < older_.size && j < newer_.size && (equal_[i] & Bit(j)) != 0) {
      ++i, ++j;
      lost = added = false;
    } else if (j < newer_.size && (i == older_.size || length[i][j + 1] >= length[i + 1][j])) {
      added |= (newer_.unmatched() & Bit(j++)) != 0;
    } else {
      lost |= (older_.unmatched() & Bit(i++)) != 0;
    }
    if (lost && added) return true;
  }
  return false;
}

std::vector<SlotPair> Comparison::SlotPairs() const {
  std::vector<SlotPair> pairs;
  const auto told = [](const Side& side) { return side.unmatched() & (side.slots | side.names); };
  ForEach(told(older_), [&](std::size_t i) {
    pairs.push_back({older_.view.word(i).type, std::string(older_.Word(i)), {}});
  });
  ForEach(told(newer_), [&](std::size_t j) {
    const SlotType type = newer_.view.word(j).type;
    const auto open = std::find_if(pairs.begin(), pairs.end(), [type](const SlotPair& pair) {
      return pair.type == type && pair.newer.empty();
    });
    if (open != pairs.end()) {
      open->newer = newer_.Word(j);
    } else {
      pairs.push_back({type, {}, std::string(newer_.Word(j))});
    }
  });
  return pairs;
}

}  // namespace samestory
