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
/// day, number words and ordinals from the spell-out rules, magnitudes ("million",
/// "lakh", "Mrd.") from the compact number patterns, endings of ordinals ("st", "nd"),
/// names and codes of currencies, names of the common units of measure.
/// Only names of one canonical word are known. English is read together with its
/// Indian form, so that lakh and crore have their values.
class Lexicon {
 public:
  struct Name {
    std::string word;   ///< canonical
    SlotType type;      ///< kMonth, kWeekday, kNumber, kOrdinal; kTime for "am"; kMoney for
                        ///< a currency, kPercent for "percent"; kNone for the two below
    double value;       ///< of a number word or ordinal; the month (1 to 12) or weekday
                        ///< (1 to 7, Sunday first); the factor of a magnitude; else 0
    bool needs_number;  ///< a short name ("may", "sun"): means a date beside a number only
    std::uint8_t unit;  ///< of a unit of measure, one number for all its names; else 0
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
