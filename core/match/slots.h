#ifndef SAMESTORY_MATCH_SLOTS_H_
#define SAMESTORY_MATCH_SLOTS_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "match/lexicon.h"
#include "samestory/match.h"
#include "samestory/text.h"

namespace samestory {

/// No value of a slot is larger; what would be is an identifier, not an amount.
inline constexpr float kMaxSlotValue = 1e30f;

/// What one word of a text fills.
struct SlotOfWord {
  SlotType type = SlotType::kNone;
  bool is_slot = false;  ///< holds a digit, or names a day or a month: masked in skeletons
  bool has_value = false;
  float value = 0;  ///< of a number, percentage or amount, magnitude included; the day of
                    ///< a month; the month or weekday; the number of a unit (type kNone)
};

/// Months, weekdays, years and days of a month: what tells one day from another.
constexpr bool IsDateType(SlotType type) {
  return type == SlotType::kMonth || type == SlotType::kWeekday || type == SlotType::kYear ||
         type == SlotType::kDate;
}

/// Whether values of two types can be one: dates and units only of one type, all other
/// numbers whatever sign stands beside them ("4%" and "4 pct", "3rd" and "third").
constexpr bool AreComparable(SlotType a, SlotType b) {
  const bool strict = IsDateType(a) || IsDateType(b) || a == SlotType::kNone || b == SlotType::kNone;
  return !strict || a == b;
}

/// True where capital letters tell names from other words: some words have one,
/// but the text is neither in title case nor in capitals.
bool CaseTellsNames(std::span<const Word> words);

/// Finds what the first slots.size() words of `text` fill. `hashes` are their
/// WordHashes, `original` is the text that `text` was made from, `cased` what
/// CaseTellsNames says of it. Linear; allocates nothing.
void FindSlots(const CanonicalText& text, std::string_view original,
               std::span<const std::uint32_t> hashes, const Lexicon& lexicon, bool cased,
               std::span<SlotOfWord> slots);

/// Whether two values may be one number told with different precision: the
/// coarser one is the finer one, which has a decimal point, rounded or cut to its
/// own significant digits, of which it has two or more, and they differ by at most
/// 2%. "38.57m" and "38.5m" are near; "128" and "130" (two target prices) are not. `a` and `b` are
/// the words that the values come from.
bool NearlyEqual(float value_a, std::string_view a, float value_b, std::string_view b);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_SLOTS_H_
