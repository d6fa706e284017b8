#include "match/comparison.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "match/fuzzy.h"
#include "match/slots.h"
#include "match/word_match.h"

namespace samestory {
namespace {

using Mask = Comparison::Mask;

constexpr std::size_t kMaxVariantsSought = 8;  // heaviest unmatched words of the older text
constexpr int kVariantShare = 4;               // a variant is worth 4/5 of the lighter word
constexpr int kVariantOf = 5;
constexpr std::size_t kMaxAcronym = 5, kMinJoined = 5;  // bytes

// Calls `visit` with every position in `words`, ascending.
template <class Visit>
void ForEach(Mask words, Visit visit) {
  for (; words != 0; words &= words - 1) visit(static_cast<std::size_t>(std::countr_zero(words)));
}

Mask Bit(std::size_t i) { return Mask{1} << i; }

bool IsLetter(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

Comparison::Side::Side(const ProfileView& profile)
    : view(profile), size(profile.num_words()), text(profile.text().data()) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const ProfileWord word = profile.word(i);
    begins[i] = static_cast<std::uint16_t>(begin);
    begin += word.length + 1u;
    lengths[i] = word.length;
    weights[i] = word.weight;
    all |= Mask{!word.repeated} << i;
    slots |= Mask{word.is_slot} << i;
    values |= Mask{word.has_value} << i;
    names |= Mask{word.type == SlotType::kName} << i;
    dates |= Mask{IsDateType(word.type)} << i;
  }
  slots &= all, values &= all, names &= all, dates &= all;
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
  open_older_ = older_.unmatched() & ~older_.slots & ~older_.values;
  open_newer_ = newer_.unmatched() & ~newer_.slots & ~newer_.values;
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
      if (!AreComparable(older_.view.word(i).type, newer_.view.word(j).type) ||
          !NearlyEqual(older_.view.value(i), older_.Word(i), newer_.view.value(j),
                       newer_.Word(j))) {
        continue;
      }
      Match(older_, i, newer_, Bit(j), std::min(older_.weights[i], newer_.weights[j]));
      return;
    }
  });
}

// Every form begins with the byte of what it is a form of, so only such pairs are looked at.
void Comparison::MatchForms() {
  const Mask older_words = std::exchange(open_older_, 0), newer_words = std::exchange(open_newer_, 0);
  if (older_words == 0 || newer_words == 0) return;
  Kin kin_of_older, kin_of_newer;
  ForEach(newer_words, [&](std::size_t j) { kin_of_newer[j] = 0; });
  Mask kindred = 0;
  ForEach(older_words, [&](std::size_t i) {
    const char first = older_.Word(i)[0];
    Mask kin = 0;
    ForEach(newer_words, [&](std::size_t j) {
      const Mask same = newer_.Word(j)[0] == first;
      kin |= same << j;
      kin_of_newer[j] |= same << i;
    });
    kin_of_older[i] = kin;
    kindred |= Mask{kin != 0} << i;
  });
  if (kindred == 0) return;
  MatchInitials(older_, older_words, newer_, kin_of_older);
  MatchInitials(newer_, newer_words, older_, kin_of_newer);
  MatchVariants(kindred, kin_of_older);
}

// An acronym of words of the other text ("imf"), or two of its words written as one.
void Comparison::MatchInitials(Side& side, Mask words, Side& other, const Kin& kin) {
  ForEach(words & side.unmatched(), [&](std::size_t i) {
    const std::string_view word = side.Word(i);
    const Mask free = other.unmatched() & ~other.slots;
    for (Mask rest = kin[i] & free & free >> 1; rest != 0; rest &= rest - 1) {
      const auto j = static_cast<std::size_t>(std::countr_zero(rest));
      std::size_t matched = other.InitialsMatch(word, j, free);
      if (matched == 0 && other.IsJoined(word, j)) matched = 2;
      if (matched < 2) continue;
      Match(side, i, other, (Bit(matched) - 1) << j, side.weights[i]);
      return;
    }
  });
}

// Words from `first` on whose initials are the letters of `word`; 0 where they are not, or are not
// all in `free`.
std::size_t Comparison::Side::InitialsMatch(std::string_view word, std::size_t first,
                                            Mask free) const {
  if (word.size() > kMaxAcronym || first + word.size() > size) return 0;
  for (std::size_t k = 0; k < word.size(); ++k) {
    if (!IsLetter(word[k]) || (free & Bit(first + k)) == 0 || Word(first + k)[0] != word[k]) {
      return 0;
    }
  }
  return word.size();
}

bool Comparison::Side::IsJoined(std::string_view word, std::size_t first) const {
  return word.size() >= kMinJoined &&
         word.size() == std::size_t{lengths[first]} + lengths[first + 1] &&
         word.starts_with(Word(first)) && word.ends_with(Word(first + 1));
}

// The heaviest words choose first.
void Comparison::MatchVariants(Mask words, const Kin& kin) {
  std::array<std::uint16_t, ProfileView::kMaxWords> sought;  // weight from above, then position
  std::size_t count = 0;
  ForEach(words & older_.unmatched(), [&](std::size_t i) {
    sought[count++] = static_cast<std::uint16_t>((255 - older_.weights[i]) << 8 | i);
  });
  std::sort(sought.begin(), sought.begin() + static_cast<std::ptrdiff_t>(count));
  for (std::size_t k = 0; k < std::min(count, kMaxVariantsSought); ++k) {
    const std::size_t i = sought[k] & 0xff;
    for (Mask rest = kin[i] & newer_.unmatched(); rest != 0; rest &= rest - 1) {
      const auto j = static_cast<std::size_t>(std::countr_zero(rest));
      if (!IsWordVariant(older_.Word(i), newer_.Word(j))) continue;
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
      length[i][j] = (equal_[i] & Bit(j)) != 0 ? static_cast<std::uint8_t>(length[i + 1][j + 1] + 1)
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

bool Comparison::StandAlike(std::size_t i, std::size_t j) const {
  const bool next = i + 1 < older_.size && j + 1 < newer_.size && (equal_[i + 1] & Bit(j + 1)) != 0;
  return next || (i > 0 && j > 0 && (equal_[i - 1] & Bit(j - 1)) != 0);
}

std::vector<SlotPair> Comparison::SlotPairs() const {
  std::vector<SlotPair> pairs;
  const auto told = [](const Side& side) { return side.unmatched() & (side.slots | side.names); };
  Mask open = told(newer_);
  ForEach(told(older_), [&](std::size_t i) {
    const SlotType type = older_.view.word(i).type;
    SlotPair& pair = pairs.emplace_back(SlotPair{type, std::string(older_.Word(i)), {}});
    std::optional<std::size_t> mate;
    ForEach(open, [&](std::size_t j) {
      if (newer_.view.word(j).type == type && StandAlike(i, j) && !mate) mate = j;
    });
    if (!mate) return;
    pair.newer = newer_.Word(*mate);
    open &= ~Bit(*mate);
  });
  ForEach(open, [&](std::size_t j) {
    const SlotType type = newer_.view.word(j).type;
    const auto free = std::find_if(pairs.begin(), pairs.end(), [type](const SlotPair& pair) {
      return pair.type == type && pair.newer.empty();
    });
    if (free != pairs.end()) {
      free->newer = newer_.Word(j);
    } else {
      pairs.push_back({type, {}, std::string(newer_.Word(j))});
    }
  });
  return pairs;
}

std::vector<WordMatch> Comparison::Words() const {
  using Where = WordMatch::Where;
  std::vector<WordMatch> words;
  const auto add = [&](const Side& side, Mask of, Where alone) {
    ForEach(of, [&](std::size_t i) {
      const Where where = (side.shared & Bit(i)) != 0       ? Where::kBoth
                          : (side.equivalent & Bit(i)) != 0 ? Where::kOtherForm
                                                            : alone;
      words.push_back({std::string(side.Word(i)), side.weights[i] * ProfileView::kWeightUnit, where});
    });
  };
  add(older_, older_.all, Where::kOlder);
  add(newer_, newer_.all & ~newer_.shared, Where::kNewer);
  return words;
}

}  // namespace samestory
