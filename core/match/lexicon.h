#ifndef SAMESTORY_MATCH_LEXICON_H_
#define SAMESTORY_MATCH_LEXICON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/match.h"

namespace samestory {

/// The words of one language that stand for dates and numbers, all taken from
/// ICU's locale data (CLDR): month and weekday names, names of the halves of the
/// day, number words from the spell-out rules, magnitudes ("million", "lakh",
/// "Mrd.") from the compact number patterns, endings of ordinals ("st", "nd").
/// Only names of one canonical word are known. English is read together with its
/// Indian form, so that lakh and crore have their values.
class Lexicon {
 public:
  struct Name {
    std::string word;   ///< canonical
    SlotType type;      ///< kMonth, kWeekday, kNumber; kTime for "am"; kNone for a magnitude
    double value;       ///< of a number word; the factor of a magnitude; else 0
    bool needs_number;  ///< a short name ("may", "sun"): means a date beside a number only
  };

  /// The lexicon of the language of `lang` (BCP 47); English for an empty or
  /// unknown one. Made at the first call for a language, kept for good, shared by
  /// all threads.
  static const Lexicon& For(std::string_view lang);

  /// The name of a canonical word with this WordHash, or null.
  const Name* Find(std::string_view word, std::uint32_t hash) const;

  /// Whether `ending` after digits makes an ordinal.
  bool IsOrdinalEnding(std::string_view ending) const;

  /// The factor of the letters behind a number: 1e6 for the m of "38m".
  std::optional<double> Magnitude(std::string_view ending) const;

 private:
  friend class LexiconBuilder;
  Lexicon() = default;

  std::vector<Name> names_;
  std::vector<std::uint16_t> table_;  // open addressing; 0: empty, else index + 1
  std::vector<std::string> ordinal_endings_;
};

}  // namespace samestory

#endif  // SAMESTORY_MATCH_LEXICON_H_
