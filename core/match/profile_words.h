#ifndef SAMESTORY_MATCH_PROFILE_WORDS_H_
#define SAMESTORY_MATCH_PROFILE_WORDS_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "match/fuzzy.h"
#include "match/profile.h"
#include "match/word_match.h"

namespace samestory {

/// Calls `visit` with every position in `words`, ascending.
template <class Visit>
void ForEachWord(WordMask words, Visit visit) {
  for (; words != 0; words &= words - 1) visit(static_cast<std::size_t>(std::countr_zero(words)));
}

constexpr WordMask WordBit(std::size_t i) { return WordMask{1} << i; }

/// The words of a stamped profile laid open to be compared: sets of them as masks, only the
/// first of equal words in them, and where each stands. Made once of a text that is compared
/// with many. Views the profile, whose block must outlive it. Of one thread.
class ProfileWords {
 public:
  ProfileWords() = default;
  explicit ProfileWords(const ProfileView& profile) { Read(profile); }

  /// Replaces all.
  void Read(const ProfileView& profile);

  ProfileView view{std::span<const std::uint32_t>()};
  std::size_t size = 0;
  WordMask all = 0;       ///< every word, once
  WordMask repeated = 0;  ///< the others
  WordMask slots = 0;     ///< words that are masked in the skeleton
  WordMask values = 0;    ///< words with a value
  WordMask names = 0;     ///< capitalised, where that means something
  WordMask dates = 0;     ///< months, weekdays, years and days of a month
  int weight = 0;         ///< of all
  const std::uint8_t* lengths = nullptr;
  const std::uint8_t* weights = nullptr;
  const std::uint8_t* pair_days = nullptr;

  std::span<const std::uint32_t> hashes() const { return {hashes_.data(), size}; }
  std::string_view Word(std::size_t i) const { return {text_ + begins_[i], lengths[i]}; }
  char First(std::size_t i) const { return text_[begins_[i]]; }

  int Weight(WordMask words) const {
    int sum = 0;
    ForEachWord(words, [&](std::size_t i) { sum += weights[i]; });
    return sum;
  }

  /// The letters of word i; looked at when first asked for.
  const LetterSet& Letters(std::size_t i) const {
    if ((known_letters_ & WordBit(i)) == 0) {
      letters_[i] = LettersOf(Word(i));
      known_letters_ |= WordBit(i);
    }
    return letters_[i];
  }

  /// Words whose first byte has the lower five bits of `first`, repetitions too; ReadFirsts
  /// looks at them, once.
  WordMask BeginningLike(char first) const { return begin_with_[first & 31]; }
  void ReadFirsts() const {
    if (!knows_firsts_) FindFirsts();
  }

  /// Whether the n words from i on stand in a row earlier in the text.
  bool IsRepeated(std::size_t i, std::size_t n) const;

  /// Distinct n-grams with 1 <= n <= ngram_size.
  std::size_t CountShingles(std::size_t ngram_size) const;

 private:
  void ReadKinds(const std::uint8_t* kinds);
  void FindFirsts() const;

  const char* text_ = nullptr;
  alignas(64) std::array<std::uint32_t, ProfileView::kMaxWords> hashes_;
  std::array<std::uint16_t, ProfileView::kMaxWords> begins_;  // in the text
  mutable std::array<LetterSet, ProfileView::kMaxWords> letters_;
  mutable WordMask known_letters_ = 0;
  mutable std::array<WordMask, 32> begin_with_;
  mutable bool knows_firsts_ = false;
};

}  // namespace samestory

#endif  // SAMESTORY_MATCH_PROFILE_WORDS_H_
