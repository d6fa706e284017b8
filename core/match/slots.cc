#include "match/slots.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "text/word_stats.h"

namespace samestory {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The character that ends right before `end`, or begins at `begin`; 0 at an edge.
UChar32 CharBefore(std::string_view text, std::size_t end) {
  if (end == 0 || end > text.size()) return 0;
  auto at = static_cast<std::int32_t>(end);
  UChar32 c = 0;
  U8_PREV_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), 0, at, c);
  return c;
}

UChar32 CharAt(std::string_view text, std::size_t begin) {
  if (begin >= text.size()) return 0;
  std::size_t at = begin;
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), at, text.size(), c);
  return c;
}

bool IsCurrency(UChar32 c) { return c != 0 && u_charType(c) == U_CURRENCY_SYMBOL; }
bool IsPercent(UChar32 c) { return c == '%' || c == 0xff05 || c == 0x66a; }

// The shape of a word with a digit: digits, separators and letters.
struct Shape {
  std::size_t digits = 0;  // leading digits and separators
  int dots = 0, colons = 0, slashes = 0, dashes = 0;
  bool all_digits = false;  // digits and nothing else
};

Shape ShapeOf(std::string_view word) {
  Shape shape;
  std::size_t plain = 0;
  for (char c : word) {
    if (IsDigit(c)) {
      ++plain;
    } else if (c == '.' || c == ',') {
      ++shape.dots;
    } else if (c == ':') {
      ++shape.colons;
    } else if (c == '/') {
      ++shape.slashes;
    } else if (c == '-') {
      ++shape.dashes;
    } else {
      break;
    }
    ++shape.digits;
  }
  shape.all_digits = plain == word.size();
  return shape;
}

std::optional<double> ParseNumber(std::string_view digits, double factor) {
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  value *= factor;
  // Beyond 15 digits a number is an identifier.
  if (value > kMaxSlotValue || digits.size() > 15) return std::nullopt;
  return value;
}

bool IsYear(std::string_view word) {
  return word.size() == 4 && (word.starts_with("19") || word.starts_with("20"));
}

class SlotFinder {
 public:
  SlotFinder(const CanonicalText& text, std::string_view original,
             std::span<const std::uint32_t> hashes, const Lexicon& lexicon, bool cased,
             std::span<SlotOfWord> slots)
      : text_(text),
        original_(original),
        hashes_(hashes),
        lexicon_(lexicon),
        cased_(cased),
        slots_(slots) {}

  void Find() {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      slots_[i] = HasDigit(i) ? DigitSlot(i) : NameSlot(i);
    }
  }

 private:
  const Word& At(std::size_t i) const { return text_.words()[i]; }
  bool HasDigit(std::size_t i) const { return i < slots_.size() && (At(i).flags & kWordHasDigit); }
  bool DigitBefore(std::size_t i) const { return i > 0 && HasDigit(i - 1); }
  const Lexicon::Name* Name(std::size_t i) const {
    return i < slots_.size() ? lexicon_.Find(text_.word(i), hashes_[i]) : nullptr;
  }
  bool IsMonth(std::size_t i) const {
    const Lexicon::Name* name = Name(i);
    return name != nullptr && name->type == SlotType::kMonth;
  }
  bool BesideMonth(std::size_t i) const { return (i > 0 && IsMonth(i - 1)) || IsMonth(i + 1); }

  SlotOfWord DigitSlot(std::size_t i) const {
    const std::string_view word = text_.word(i);
    const Shape shape = ShapeOf(word);
    if (shape.digits == 0) return {SlotType::kVersion, true};  // "g20", "iphone15"
    if (shape.digits < word.size()) return MixedSlot(i, shape);
    if (shape.colons > 0) return {SlotType::kTime, true};
    if (shape.slashes > 0 || shape.dashes > 1) return {SlotType::kDate, true};
    if (shape.dashes == 1) return {RangeType(word), true};
    if (shape.dots > 1) return {SlotType::kVersion, true};
    if (shape.all_digits && BesideMonth(i) && word.size() <= 2) {
      return Valued(SlotType::kDate, word, 1);
    }
    const Lexicon::Name* next = Name(i + 1);
    if (next != nullptr && next->type == SlotType::kTime && shape.all_digits) {
      return {SlotType::kTime, true};
    }
    const double factor = FactorOf(next);
    const SlotType type = SignedType(i);
    if (type == SlotType::kNumber && factor == 1 && IsYear(word)) return {SlotType::kYear, true};
    return Valued(type, word, factor);
  }

  // "2-1" is a score, "2021-22" years, "18-49" a number.
  static SlotType RangeType(std::string_view word) {
    const std::size_t dash = word.find('-');
    if (IsYear(word.substr(0, dash))) return SlotType::kYear;
    return dash <= 2 && word.size() - dash <= 3 && (dash == 1 || word.size() - dash == 2)
               ? SlotType::kScore
               : SlotType::kNumber;
  }

  // Digits, then letters: "1st", "5pm", "38.57m", "4k", "100th".
  SlotOfWord MixedSlot(std::size_t i, const Shape& shape) const {
    const std::string_view word = text_.word(i);
    const std::string_view ending = word.substr(shape.digits);
    if (lexicon_.IsOrdinalEnding(ending)) {
      const SlotType type = BesideMonth(i) ? SlotType::kDate : SlotType::kOrdinal;
      return Valued(type, word.substr(0, shape.digits), 1);
    }
    const Lexicon::Name* name = lexicon_.Find(ending, WordHash(ending));
    if (name != nullptr && name->type == SlotType::kTime) return {SlotType::kTime, true};
    if (name != nullptr && name->type == SlotType::kNone && name->value > 0) {
      return Valued(SignedType(i), word.substr(0, shape.digits), name->value);
    }
    return {SlotType::kVersion, true};
  }

  static double FactorOf(const Lexicon::Name* name) {
    return name != nullptr && name->type == SlotType::kNone && name->value > 0 ? name->value : 1;
  }

  bool IsNamed(const Lexicon::Name* name, SlotType type) const {
    return name != nullptr && name->type == type;
  }

  // By the signs beside the number in the original, or the words beside it.
  SlotType SignedType(std::size_t i) const {
    const SlotType type = TypeBySign(i);
    if (type != SlotType::kNumber) return type;
    const Lexicon::Name* next = Name(FactorOf(Name(i + 1)) == 1 ? i + 1 : i + 2);
    if (IsNamed(next, SlotType::kPercent)) return SlotType::kPercent;
    if (IsNamed(next, SlotType::kMoney) || (i > 0 && IsNamed(Name(i - 1), SlotType::kMoney))) {
      return SlotType::kMoney;
    }
    return SlotType::kNumber;
  }

  SlotType TypeBySign(std::size_t i) const {
    const Word& word = At(i);
    if (IsPercent(CharAt(original_, word.source_end))) return SlotType::kPercent;
    if (IsCurrency(CharBefore(original_, word.source_begin)) ||
        IsCurrency(CharAt(original_, word.source_end))) {
      return SlotType::kMoney;
    }
    return SlotType::kNumber;
  }

  SlotOfWord Valued(SlotType type, std::string_view digits, double factor) const {
    SlotOfWord slot{type, true};
    if (const std::optional<double> value = ParseNumber(digits, factor)) {
      slot.has_value = true;
      slot.value = static_cast<float>(*value);
    }
    return slot;
  }

  SlotOfWord NameSlot(std::size_t i) const {
    if (const Lexicon::Name* name = Name(i)) {
      const auto value = static_cast<float>(name->value);
      switch (name->type) {
        case SlotType::kMonth:
        case SlotType::kWeekday:
          if (name->needs_number && !HasDigit(i + 1) && !DigitBefore(i)) break;
          return {name->type, true, true, value};
        case SlotType::kNumber:
          return NumberWord(i, *name);
        case SlotType::kOrdinal:
          // "First" and "second" are more than ordinals.
          return {SlotType::kOrdinal, value >= 3, true, value};
        case SlotType::kNone:
          if (name->unit != 0 && IsNumber(i - 1)) {
            return {SlotType::kNone, false, true, static_cast<float>(name->unit)};
          }
          break;
        default:
          break;
      }
    }
    constexpr int kName = kWordCapitalised | kWordStart;
    if (cased_ && (At(i).flags & kName) == kWordCapitalised) return {SlotType::kName, false};
    return {};
  }

  bool IsNumber(std::size_t i) const {
    return i < slots_.size() && (HasDigit(i) || IsNamed(Name(i), SlotType::kNumber));
  }

  static bool IsTens(const Lexicon::Name& name) {
    return name.value >= 20 && static_cast<int>(name.value) % 10 == 0;
  }
  static bool IsUnits(const Lexicon::Name* name) {
    return name != nullptr && name->type == SlotType::kNumber && name->value >= 1 &&
           name->value <= 9;
  }

  // "Two", "two million", "twenty one".
  SlotOfWord NumberWord(std::size_t i, const Lexicon::Name& name) const {
    if (IsUnits(&name) && i > 0) {
      const Lexicon::Name* tens = Name(i - 1);
      if (IsNamed(tens, SlotType::kNumber) && IsTens(*tens)) return {SlotType::kNumber, false};
    }
    const bool is_tens = IsTens(name) && IsUnits(Name(i + 1));
    const double units = is_tens ? Name(i + 1)->value : 0;
    const double value = (name.value + units) * FactorOf(Name(is_tens ? i + 2 : i + 1));
    // "One" is a pronoun and an article as often as a number.
    return {SlotType::kNumber, name.value >= 2, true, static_cast<float>(value)};
  }

  const CanonicalText& text_;
  std::string_view original_;
  std::span<const std::uint32_t> hashes_;
  const Lexicon& lexicon_;
  bool cased_;
  std::span<SlotOfWord> slots_;
};

// Significant digits of the number at the start of a word. Zeros that end a whole
// number do not count.
int SignificantDigits(std::string_view word) {
  int digits = 0, zeros = 0;
  bool has_point = false;
  for (char c : word) {
    if (c == '.') {
      has_point = true;
    } else if (!IsDigit(c)) {
      break;
    } else if (digits > 0 || c != '0') {
      ++digits;
      zeros = c == '0' ? zeros + 1 : 0;
    }
  }
  return has_point ? digits : digits - zeros;
}

// What one step of the last of `digits` significant digits of `value` is worth.
double LastPlace(double value, int digits) {
  double place = 1;
  while (place * 10 <= value) place *= 10;
  while (place > value) place /= 10;
  for (int i = 1; i < digits; ++i) place /= 10;
  return place;
}

}  // namespace

bool CaseTellsNames(std::span<const Word> words) {
  std::size_t inner = 0, capitalised = 0, all_caps = 0;
  for (const Word& word : words) {
    if (word.flags & (kWordHasDigit | kWordIdeograph | kWordStart)) continue;
    ++inner;
    capitalised += (word.flags & kWordCapitalised) != 0;
    all_caps += (word.flags & kWordAllCaps) != 0;
  }
  return capitalised > 0 && capitalised * 5 <= inner * 3 && all_caps * 2 <= inner;
}

void FindSlots(const CanonicalText& text, std::string_view original,
               std::span<const std::uint32_t> hashes, const Lexicon& lexicon, bool cased,
               std::span<SlotOfWord> slots) {
  SlotFinder(text, original, hashes, lexicon, cased, slots).Find();
}

bool NearlyEqual(float value_a, std::string_view a, float value_b, std::string_view b) {
  if (value_a == value_b) return true;
  int digits_a = SignificantDigits(a), digits_b = SignificantDigits(b);
  if (digits_a == digits_b) return false;
  const std::string_view finer = digits_a > digits_b ? a : b;
  const bool finer_has_point = finer.find('.') != std::string_view::npos;
  if (digits_a > digits_b) {
    std::swap(value_a, value_b);
    std::swap(digits_a, digits_b);
  }
  if (digits_a < 2 || value_a <= 0 || !finer_has_point) return false;
  const double difference = std::abs(double{value_a} - double{value_b});
  if (difference > 0.02 * value_a) return false;
  return difference < LastPlace(value_a, digits_a) * (1 - 1e-6);
}

}  // namespace samestory
