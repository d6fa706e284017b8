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

/// False only where IsWordVariant is: a glance at two words of four bytes or more that begin
/// with one byte.
inline bool MayBeWordVariant(std::string_view a, const LetterSet& in_a, std::string_view b,
                             const LetterSet& in_b) {
  if (in_a.repeats == LetterSet::kAny || in_b.repeats == LetterSet::kAny) return true;
  if (std::memcmp(a.data(), b.data(), kMinVariantLetters) == 0) return true;
  // Every pair of letters that is shared begins at a place of its own, and one more place ends the
  // last: so many places hold letters that the other word has too, at most.
  const std::size_t places = static_cast<std::size_t>(CountWords(in_a.classes & in_b.classes)) +
                             std::min(in_a.repeats, in_b.repeats);
  return 10 * places >= 3 * (a.size() + b.size() - 2) + 10;
}

}  // namespace samestory

#endif  // SAMESTORY_MATCH_FUZZY_H_
