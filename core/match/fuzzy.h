#ifndef SAMESTORY_MATCH_FUZZY_H_
#define SAMESTORY_MATCH_FUZZY_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "match/word_match.h"

namespace samestory {

/// Whether two different canonical words may be forms of one word ("fights",
/// "fighting"; "Zelensky", "Zelenskyy"): both have four letters or more, and either
/// they begin with the same four or more letters which are half of the longer one,
/// or they begin with one letter and share 60% of their letter pairs (Dice).
/// Letters are code points; words beyond 32 of them are no match.
bool IsWordVariant(std::string_view a, std::string_view b);

inline constexpr std::size_t kMinVariantLetters = 4;

/// The letters of a word as a set of 32 classes (the lower five bits of a letter's byte): what
/// two words can have in common at most. `repeats`: letters less classes. A word with another
/// character than those of ASCII may hold any.
struct LetterSet {
  static constexpr std::uint32_t kAny = 255;
  std::uint32_t classes = 0;
  std::uint32_t repeats = 0;
};
LetterSet LettersOf(std::string_view word);

/// Letters that two words of at most 255 bytes can have in common at most; kAny: any number.
inline std::size_t LettersInCommon(const LetterSet& a, const LetterSet& b) {
  if (a.repeats == LetterSet::kAny || b.repeats == LetterSet::kAny) return LetterSet::kAny;
  return static_cast<std::size_t>(CountWords(a.classes & b.classes)) +
         std::min(a.repeats, b.repeats);
}

/// False only where IsWordVariant is: a glance at two words that begin with one byte. Asks for
/// their LettersInCommon only where their beginnings do not tell.
template <typename Common>
bool MayBeWordVariant(std::string_view a, std::string_view b, const Common& letters_in_common) {
  if (std::min(a.size(), b.size()) < kMinVariantLetters) return false;
  if (std::memcmp(a.data(), b.data(), kMinVariantLetters) == 0) return true;
  // Every pair of letters that is shared begins at a place of its own, and one more place ends the
  // last: so many places hold letters that the other word has too, at most.
  return 10 * letters_in_common() >= 3 * (a.size() + b.size() - 2) + 10;
}

}  // namespace samestory

#endif  // SAMESTORY_MATCH_FUZZY_H_
