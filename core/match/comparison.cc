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

constexpr int kMaxVariantsSought = 8;          // heaviest words that begin as one of the other text
constexpr int kVariantShare = 4;               // a variant is worth 4/5 of the lighter word
constexpr int kVariantOf = 5;
constexpr std::size_t kMaxAcronym = 5, kMinJoined = 5;  // bytes

bool IsLetter(char c) { return c >= 'a' && c <= 'z'; }

// Whether the letters of `word` are the initials of the words of `text` from `first` on.
bool IsAcronym(std::string_view word, const ProfileWords& text, std::size_t first) {
  if (word.size() < 2 || word.size() > kMaxAcronym || first + word.size() > text.size) return false;
  for (std::size_t k = 0; k < word.size(); ++k) {
    if (!IsLetter(word[k]) || text.First(first + k) != word[k]) return false;
  }
  return true;
}

// Whether `word` is the words of `text` at `first` and behind it, written as one.
bool IsJoined(std::string_view word, const ProfileWords& text, std::size_t first) {
  return word.size() >= kMinJoined && first + 1 < text.size &&
         word.size() == std::size_t{text.lengths[first]} + text.lengths[first + 1] &&
         word.starts_with(text.Word(first)) && word.ends_with(text.Word(first + 1));
}

// Whether `word`, which begins as word `first` of `text`, is one of both. At a glance most are not.
inline bool IsInitials(std::string_view word, const ProfileWords& text, std::size_t first) {
  if (first + 1 >= text.size || word.size() < 2) return false;
  const bool may_be_acronym = word.size() <= kMaxAcronym && word[1] == text.First(first + 1);
  const bool may_be_joined =
      word.size() == std::size_t{text.lengths[first]} + text.lengths[first + 1];
  if (!may_be_acronym && !may_be_joined) return false;
  return IsAcronym(word, text, first) || IsJoined(word, text, first);
}

}  // namespace

Comparison::Comparison(const ProfileWords& older, const ProfileWords& newer)
    : older_{older}, newer_{newer} {
  const WordMates mates = MatchWords(older.hashes(), newer.hashes(), equal_.data());
  mated_ = mates.a;
  older_.shared = mates.a & older.all;
  newer_.shared = mates.b & newer.all;
  // The newer text's weights are the fresher ones.
  shared_weight_ = newer_.Weight(newer_.shared);
  older_.left = older.weight - older_.Weight(older_.shared);
  newer_.left = newer.weight - shared_weight_;
  if (shared_weight_ == 0) return;
  CountPairs();
  if (older_.unmatched() == 0 || newer_.unmatched() == 0) return;
  MatchValues();
  open_older_ = older_.unmatched() & ~older.slots & ~older.values;
  open_newer_ = newer_.unmatched() & ~newer.slots & ~newer.values;
}

void Comparison::Match(Side& side, std::size_t i, Side& other, Mask words, int weight) {
  side.equivalent |= WordBit(i);
  side.left -= side.text.weights[i];
  other.equivalent |= words;
  other.left -= other.Weight(words);
  equivalent_weight_ += weight;
}

// "4" and "four", "1.2m" and "1.2 million", "38.57m" and "38.5m".
void Comparison::MatchValues() {
  ForEachWord(older_.unmatched() & older_.text.values, [&](std::size_t i) {
    Mask candidates = newer_.unmatched() & newer_.text.values;
    for (; candidates != 0; candidates &= candidates - 1) {
      const auto j = static_cast<std::size_t>(std::countr_zero(candidates));
      if (!AreComparable(older_.text.view.word(i).type, newer_.text.view.word(j).type) ||
          !NearlyEqual(older_.text.view.value(i), older_.Word(i), newer_.text.view.value(j),
                       newer_.Word(j))) {
        continue;
      }
      Match(older_, i, newer_, WordBit(j),
            std::min(older_.text.weights[i], newer_.text.weights[j]));
      return;
    }
  });
}

Comparison::Gain Comparison::GainOfKin() {
  FindKin();
  if (kin_older_ == 0) return {};
  const int older = older_.Weight(kin_older_), newer = newer_.Weight(kin_newer_);
  if (!has_initials_) return {std::min(older, newer) * kVariantShare / kVariantOf, older, newer};
  // An acronym's words have no kin but the first.
  return {older + newer, older_.Weight(open_older_), newer_.Weight(open_newer_)};
}

// Every form begins with the byte of what it is a form of, so only such pairs are looked at, and of
// them only those whose lengths and letters allow it.
void Comparison::FindKin() {
  if (kin_known_) return;
  kin_known_ = true;
  if (open_newer_ == 0) return;
  const ProfileWords &older = older_.text, &newer = newer_.text;
  newer.ReadFirsts();
  Mask like = 0;  // without a branch a word, for one in two has such a mate
  for (Mask rest = open_older_; rest != 0; rest &= rest - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(rest));
    kin_of_older_[i] = newer.BeginningLike(older.First(i)) & open_newer_;
    like |= Mask{kin_of_older_[i] != 0} << i;
  }
  for (; like != 0; like &= like - 1) FindKinOf(static_cast<std::size_t>(std::countr_zero(like)));
}

// Of an older word; kin_of_older_ has the newer words that may begin with its first byte.
void Comparison::FindKinOf(std::size_t i) {
  const ProfileWords &older = older_.text, &newer = newer_.text;
  const std::string_view word = older.Word(i);
  Mask kin = 0;
  for (Mask like = kin_of_older_[i]; like != 0; like &= like - 1) {
    const auto j = static_cast<std::size_t>(std::countr_zero(like));
    const std::string_view other = newer.Word(j);
    if (other[0] != word[0]) continue;
    begin_alike_ |= WordBit(i);
    const bool initials = IsInitials(word, newer, j) || IsInitials(other, older, i);
    const bool variant = MayBeWordVariant(word, other, [&] {
      return LettersInCommon(older.Letters(i), newer.Letters(j));
    });
    has_initials_ |= initials;
    kin |= Mask{initials || variant} << j;
  }
  kin_of_older_[i] = kin;
  kin_older_ |= Mask{kin != 0} << i;
  kin_newer_ |= kin;
}

void Comparison::MatchForms() {
  FindKin();
  if (kin_older_ == 0) return;
  if (has_initials_) {
    Kin kin_of_newer;
    ForEachWord(kin_newer_, [&](std::size_t j) { kin_of_newer[j] = 0; });
    ForEachWord(kin_older_, [&](std::size_t i) {
      ForEachWord(kin_of_older_[i], [&](std::size_t j) { kin_of_newer[j] |= WordBit(i); });
    });
    MatchInitials(older_, kin_of_older_, kin_older_, newer_);
    MatchInitials(newer_, kin_of_newer, kin_newer_, older_);
  }
  MatchVariants();
}

// An acronym of words of the other text ("imf"), or two of its words written as one.
void Comparison::MatchInitials(Side& side, const Kin& kin, Mask words, Side& other) {
  ForEachWord(words & side.unmatched(), [&](std::size_t i) {
    const std::string_view word = side.Word(i);
    const Mask free = other.unmatched() & ~other.text.slots;
    for (Mask rest = kin[i] & free & free >> 1; rest != 0; rest &= rest - 1) {
      const auto j = static_cast<std::size_t>(std::countr_zero(rest));
      const Mask acronym = IsAcronym(word, other.text, j) ? WordBit(word.size()) - 1 : 0;
      const Mask joined = IsJoined(word, other.text, j) ? 3 : 0;
      const Mask of = ((acronym << j & ~free) == 0 && acronym != 0 ? acronym : joined) << j;
      if (of == 0) continue;
      Match(side, i, other, of, side.text.weights[i]);
      return;
    }
  });
}

// The heaviest words choose first.
void Comparison::MatchVariants() {
  std::array<std::uint16_t, ProfileView::kMaxWords> sought;  // weight from above, then position
  std::size_t count = 0;
  Mask words = begin_alike_ & older_.unmatched();
  if (CountWords(words) <= kMaxVariantsSought) words &= kin_older_;
  ForEachWord(words, [&](std::size_t i) {
    sought[count++] = static_cast<std::uint16_t>((255 - older_.text.weights[i]) << 8 | i);
  });
  if (count > 1) std::sort(sought.begin(), sought.begin() + static_cast<std::ptrdiff_t>(count));
  for (std::size_t k = 0; k < std::min<std::size_t>(count, kMaxVariantsSought); ++k) {
    const std::size_t i = sought[k] & 0xff;
    if ((kin_older_ & WordBit(i)) == 0) continue;
    for (Mask rest = kin_of_older_[i] & newer_.unmatched(); rest != 0; rest &= rest - 1) {
      const auto j = static_cast<std::size_t>(std::countr_zero(rest));
      if (!IsWordVariant(older_.Word(i), newer_.Word(j))) continue;
      const int lighter = std::min(older_.text.weights[i], newer_.text.weights[j]);
      Match(older_, i, newer_, WordBit(j), lighter * kVariantShare / kVariantOf);
      break;
    }
  }
}

void Comparison::CountPairs() {
  static const std::array<double, 256> kNovelty = [] {
    std::array<double, 256> novelty;
    for (std::size_t days = 0; days < novelty.size(); ++days) {
      novelty[days] = 1.0 / (1.0 + static_cast<double>(days));
    }
    return novelty;
  }();
  Mask in_old = 0, in_fresh = 0;
  ForEachWord(mated_ & mated_ >> 1, [&](std::size_t i) {
    if ((equal_[i] & equal_[i + 1] >> 1) == 0 || older_.text.IsRepeated(i, 2)) return;
    const unsigned days = older_.text.pair_days[i];
    ++pairs_.count;
    pairs_.novelty += kNovelty[days];
    if (days >= kOldDays) {
      ++pairs_.old;
      in_old |= WordBit(i) | WordBit(i + 1);
    } else {
      in_fresh |= WordBit(i) | WordBit(i + 1);
    }
  });
  pairs_.stale_weight = older_.Weight(older_.shared & in_old & ~in_fresh);
}

std::size_t Comparison::SharedShingles(std::size_t ngram_size) const {
  auto count = static_cast<std::size_t>(CountWords(older_.shared));
  // The pairs were counted already, unless what is shared weighs nothing.
  const bool counted = shared_weight_ != 0 && ngram_size >= 2;
  if (counted) count += static_cast<std::size_t>(pairs_.count);
  Mask runs = mated_ & (counted ? mated_ >> 1 : ~Mask{0});
  for (std::size_t n = counted ? 3 : 2; n <= std::min(ngram_size, older_.text.size); ++n) {
    runs &= mated_ >> (n - 1);
    ForEachWord(runs, [&](std::size_t i) {
      Mask mates = equal_[i];
      for (std::size_t k = 1; k < n; ++k) mates &= equal_[i + k] >> k;
      count += mates != 0 && !older_.text.IsRepeated(i, n);
    });
  }
  return count;
}

bool Comparison::OneWordDiffers() const {
  if (older_.text.size != newer_.text.size) return false;
  int different = 0;
  for (std::size_t i = 0; i < older_.text.size; ++i) different += (equal_[i] & WordBit(i)) == 0;
  return different == 1;
}

bool Comparison::NewerIsCut() const {
  std::size_t in_order = 0;
  for (std::size_t i = 0; i < older_.text.size && in_order < newer_.text.size; ++i) {
    in_order += (equal_[i] & WordBit(in_order)) != 0;
  }
  if (in_order == newer_.text.size) return true;
  if (in_order + 1 != newer_.text.size) return false;
  const std::string_view last = newer_.Word(in_order);
  bool is_cut = false;
  ForEachWord(older_.text.all & ~older_.shared,
              [&](std::size_t i) { is_cut |= older_.Word(i).starts_with(last); });
  return is_cut;
}

bool Comparison::LacksMiddle() const {
  constexpr int kWeighty = 37;  // in fewer than every tenth text (idf 2.3)
  const Mask matched = older_.shared | older_.equivalent, lost = older_.unmatched();
  bool begun = false;
  int missing = 0;
  for (std::size_t i = 0; i < older_.text.size; ++i) {
    if ((matched & WordBit(i)) != 0) {
      if (begun && missing >= 2) return true;
      begun = true;
      missing = 0;
    } else if ((lost & WordBit(i)) != 0) {
      missing += older_.text.weights[i] >= kWeighty;
    }
  }
  return false;
}

bool Comparison::HasSubstitution() const {
  // Longest common subsequence by rows: length[i][j] for the suffixes.
  constexpr std::size_t kMax = ProfileView::kMaxWords + 1;
  std::array<std::array<std::uint8_t, kMax>, kMax> length;
  for (std::size_t j = 0; j <= newer_.text.size; ++j) length[older_.text.size][j] = 0;
  for (std::size_t i = older_.text.size; i-- > 0;) {
    length[i][newer_.text.size] = 0;
    for (std::size_t j = newer_.text.size; j-- > 0;) {
      length[i][j] = (equal_[i] & WordBit(j)) != 0
                         ? static_cast<std::uint8_t>(length[i + 1][j + 1] + 1)
                         : std::max(length[i + 1][j], length[i][j + 1]);
    }
  }
  std::size_t i = 0, j = 0;
  bool lost = false, added = false;
  while (i < older_.text.size || j < newer_.text.size) {
    if (i < older_.text.size && j < newer_.text.size && (equal_[i] & WordBit(j)) != 0) {
      ++i, ++j;
      lost = added = false;
    } else if (j < newer_.text.size &&
               (i == older_.text.size || length[i][j + 1] >= length[i + 1][j])) {
      added |= (newer_.unmatched() & WordBit(j++)) != 0;
    } else {
      lost |= (older_.unmatched() & WordBit(i++)) != 0;
    }
    if (lost && added) return true;
  }
  return false;
}

bool Comparison::StandAlike(std::size_t i, std::size_t j) const {
  const bool next =
      i + 1 < older_.text.size && j + 1 < newer_.text.size && (equal_[i + 1] & WordBit(j + 1)) != 0;
  return next || (i > 0 && j > 0 && (equal_[i - 1] & WordBit(j - 1)) != 0);
}

std::vector<SlotPair> Comparison::SlotPairs() const {
  std::vector<SlotPair> pairs;
  const auto told = [](const Side& side) {
    return side.unmatched() & (side.text.slots | side.text.names);
  };
  Mask open = told(newer_);
  ForEachWord(told(older_), [&](std::size_t i) {
    const SlotType type = older_.text.view.word(i).type;
    SlotPair& pair = pairs.emplace_back(SlotPair{type, std::string(older_.Word(i)), {}});
    std::optional<std::size_t> mate;
    ForEachWord(open, [&](std::size_t j) {
      if (newer_.text.view.word(j).type == type && StandAlike(i, j) && !mate) mate = j;
    });
    if (!mate) return;
    pair.newer = newer_.Word(*mate);
    open &= ~WordBit(*mate);
  });
  ForEachWord(open, [&](std::size_t j) {
    const SlotType type = newer_.text.view.word(j).type;
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
    ForEachWord(of, [&](std::size_t i) {
      const Where where = (side.shared & WordBit(i)) != 0       ? Where::kBoth
                          : (side.equivalent & WordBit(i)) != 0 ? Where::kOtherForm
                                                                : alone;
      words.push_back(
          {std::string(side.Word(i)), side.text.weights[i] * ProfileView::kWeightUnit, where});
    });
  };
  add(older_, older_.text.all, Where::kOlder);
  add(newer_, newer_.text.all & ~newer_.shared, Where::kNewer);
  return words;
}

ShingleOverlap OverlapOf(const Comparison& pair, int ngram_size) {
  const auto longest = static_cast<std::size_t>(std::max(ngram_size, 1));
  return {pair.older().text.CountShingles(longest), pair.newer().text.CountShingles(longest),
          pair.SharedShingles(longest)};
}

ShingleOverlap OverlapOf(const ProfileView& older, const ProfileView& newer, int ngram_size) {
  const ProfileWords in_older(older), in_newer(newer);
  return OverlapOf(Comparison(in_older, in_newer), ngram_size);
}

}  // namespace samestory
