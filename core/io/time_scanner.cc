#include "io/time_scanner.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <utility>

#include "io/time.h"

namespace samestory::io {
namespace {

constexpr int kNone = -1;
constexpr int kMaxOffsetHours = 15;  // beyond the largest in use, +14

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool IsLetter(char c) { return ToLower(c) >= 'a' && ToLower(c) <= 'z'; }
constexpr bool IsBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// True where `word` begins `full` in any case and is `least` letters or more.
bool Abbreviates(std::string_view word, std::string_view full, std::size_t least = 3) {
  if (word.size() < least || word.size() > full.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (ToLower(word[i]) != full[i]) return false;
  }
  return true;
}

template <std::size_t n>
int IndexOf(std::string_view word, const std::array<std::string_view, n>& names) {
  for (std::size_t i = 0; i < n; ++i) {
    if (Abbreviates(word, names[i])) return static_cast<int>(i);
  }
  return kNone;
}

bool IsFiller(std::string_view word) {
  for (const std::string_view filler : {"at", "st", "nd", "rd", "th", "t", "um", "of"}) {
    if (Abbreviates(word, filler, filler.size())) return true;
  }
  return false;
}

/// Reads a time from left to right. Every Take takes what it reads, or nothing.
class TimeScanner {
 public:
  explicit TimeScanner(std::string_view text) : text_(text) {}

  std::optional<std::int64_t> Scan() {
    const bool read = TakeIsoDate() ? TakeIsoRest() : TakeWordsAndNumbers();
    if (!read) return std::nullopt;
    return Seconds();
  }

 private:
  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool Done() const { return at_ == text_.size(); }
  bool Take(char c) {
    if (Peek() != c || Done()) return false;
    ++at_;
    return true;
  }
  void SkipBlanks() {
    while (IsBlank(Peek())) ++at_;
  }
  std::size_t DigitsAhead() const {
    std::size_t count = 0;
    while (IsDigit(Peek(count))) ++count;
    return count;
  }
  int TakeDigits(std::size_t count) {
    int value = 0;
    for (; count > 0; --count) value = value * 10 + (text_[at_++] - '0');
    return value;
  }
  std::string_view TakeWord() {
    const std::size_t from = at_;
    while (IsLetter(Peek())) ++at_;
    return text_.substr(from, at_ - from);
  }

  /// 2021, 2021-07, 2021-07-12, 2021/7/12, 20210712.
  bool TakeIsoDate() {
    const std::size_t digits = DigitsAhead();
    if (digits != 4 && digits != 8 && digits != 14) return false;
    const char separator = Peek(4);
    if (digits == 4 && separator != '-' && separator != '/' && at_ + 4 != text_.size()) {
      return false;
    }
    year_ = TakeDigits(4);
    month_ = day_ = 1;
    if (digits > 4) {
      month_ = TakeDigits(2);
      day_ = TakeDigits(2);
      return true;
    }
    if (!TakeDatePart(separator, month_)) return Done();
    TakeDatePart(separator, day_);
    return true;
  }

  bool TakeDatePart(char separator, int& part) {
    if (Peek() != separator || !IsDigit(Peek(1))) return false;
    ++at_;
    const std::size_t digits = DigitsAhead();
    part = digits <= 2 ? TakeDigits(digits) : 0;  // no month or day is 0
    return true;
  }

  bool TakeIsoRest() {
    if (!IsDigit(Peek())) {
      SkipBlanks();
      Take(',');
      SkipBlanks();
      const bool has_separator = Take('T') || Take('t');
      SkipBlanks();
      if (has_separator && Done()) return false;
    }
    if (!Done() && !TakeClock()) return false;
    return TakeTail();
  }

  /// 06:04:05.678, 06:04, 6:04, 060405, 0604, 06.
  bool TakeClock() {
    const std::size_t digits = DigitsAhead();
    if (digits == 0 || digits > 6) return false;
    hour_ = TakeDigits(digits == 1 ? 1 : 2);
    minute_ = second_ = 0;
    if (digits >= 4) {
      minute_ = TakeDigits(2);
      if (digits == 6) second_ = TakeDigits(2);
      if (digits == 5) return false;
    } else if (digits == 3) {
      return false;
    } else if (Take(':')) {
      if (!TakeTwoDigits(minute_)) return false;
      if (Take(':') && !TakeTwoDigits(second_)) return false;
    }
    if ((Peek() == '.' || Peek() == ',') && IsDigit(Peek(1))) {
      ++at_;
      at_ += DigitsAhead();
    }
    return true;
  }

  bool TakeTwoDigits(int& value) {
    const std::size_t digits = DigitsAhead();
    if (digits == 0 || digits > 2) return false;
    value = TakeDigits(digits);
    return true;
  }

  /// What follows a clock time: am or pm, a zone, a comment.
  bool TakeTail() {
    for (SkipBlanks(); !Done(); SkipBlanks()) {
      if (IsLetter(Peek())) {
        if (!TakeZoneName(TakeWord())) return false;
      } else if (Peek() == '+' || Peek() == '-') {
        if (!TakeOffset()) return false;
      } else if (!TakeComment()) {
        return false;
      }
    }
    return true;
  }

  /// A name that is in no table means UTC, as RFC 2822 (section 4.3) has it.
  bool TakeZoneName(std::string_view word) {
    if (Abbreviates(word, "am", 2) || Abbreviates(word, "pm", 2)) {
      if (hour_ < 1 || hour_ > 12) return false;
      hour_ = hour_ % 12 + (ToLower(word[0]) == 'p' ? 12 : 0);
      return true;
    }
    if (word.size() > 5 || std::exchange(has_zone_name_, true)) return false;
    if (!offset_is_number_) offset_ = ZoneOffset(word).value_or(0);
    return true;
  }

  /// +0200, +02:00, +2:00, +02.
  bool TakeOffset() {
    const int sign = Peek() == '-' ? -1 : 1;
    ++at_;
    const std::size_t digits = DigitsAhead();
    int hours = 0;
    int minutes = 0;
    if (digits == 4) {
      hours = TakeDigits(2);
      minutes = TakeDigits(2);
    } else if (digits == 1 || digits == 2) {
      hours = TakeDigits(digits);
      if (Take(':') && !TakeTwoDigits(minutes)) return false;
    } else {
      return false;
    }
    if (hours > kMaxOffsetHours || minutes > 59) return false;
    offset_ = sign * (hours * 3600 + minutes * 60);
    offset_is_number_ = true;
    return true;
  }

  /// (Central European Time), [Europe/Berlin].
  bool TakeComment() {
    const char close = Peek() == '(' ? ')' : Peek() == '[' ? ']' : '\0';
    if (close == '\0') return false;
    const std::size_t end = text_.find(close, at_);
    if (end == text_.npos) return false;
    at_ = end + 1;
    return true;
  }

  /// Mon, 12 Jul 2021 06:04:05 EDT; Jul 12 06:04:05 2021; July 12, 2021 6:04 am.
  bool TakeWordsAndNumbers() {
    for (SkipBlanks(); !Done(); SkipBlanks()) {
      const bool has_clock = hour_ != kNone;
      if (IsLetter(Peek())) {
        if (!TakeDateWord(TakeWord(), has_clock)) return false;
      } else if (IsDigit(Peek())) {
        if (!TakeDateNumber(has_clock)) return false;
      } else if (has_clock && (Peek() == '+' || Peek() == '-')) {
        if (!TakeOffset()) return false;
      } else if (Peek() == ',' || Peek() == '-' || Peek() == '.' || Peek() == '/') {
        ++at_;
      } else if (!TakeComment()) {
        return false;
      }
    }
    return year_ != kNone && month_ != kNone && day_ != kNone;
  }

  bool TakeDateWord(std::string_view word, bool has_clock) {
    if (const int month = IndexOf(word, kMonths); month != kNone && month_ == kNone) {
      month_ = month + 1;
      return true;
    }
    if (IndexOf(word, kWeekdays) != kNone || (!has_clock && IsFiller(word))) return true;
    return has_clock && TakeZoneName(word);
  }

  bool TakeDateNumber(bool has_clock) {
    const std::size_t digits = DigitsAhead();
    if (Peek(digits) == ':' && !has_clock) return TakeClock();
    if (digits <= 2 && day_ == kNone) {
      day_ = TakeDigits(digits);
      return true;
    }
    if (year_ != kNone || (digits != 2 && digits != 4)) return false;
    year_ = TakeDigits(digits);
    if (digits == 2) year_ += year_ < 70 ? 2000 : 1900;
    return true;
  }

  std::optional<std::int64_t> Seconds() const {
    const std::chrono::year_month_day date{std::chrono::year(year_),
                                           std::chrono::month(static_cast<unsigned>(month_)),
                                           std::chrono::day(static_cast<unsigned>(day_))};
    if (!date.ok()) return std::nullopt;
    std::int64_t seconds = 0;
    if (hour_ != kNone) {
      const bool last_instant = hour_ == 24 && minute_ == 0 && second_ == 0;
      // A leap second is read as the first second of the next minute.
      if ((hour_ > 23 && !last_instant) || minute_ > 59 || second_ > 60) return std::nullopt;
      seconds = hour_ * 3600 + minute_ * 60 + second_ - offset_;
    }
    seconds += std::int64_t{86400} * std::chrono::sys_days(date).time_since_epoch().count();
    if (seconds < 0 || seconds > kLastSecond) return std::nullopt;
    return seconds;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int year_ = kNone, month_ = kNone, day_ = kNone;
  int hour_ = kNone, minute_ = 0, second_ = 0;
  int offset_ = 0;  ///< seconds east of UTC
  bool offset_is_number_ = false;
  bool has_zone_name_ = false;
};

}  // namespace

std::optional<std::int64_t> ScanTime(std::string_view text) { return TimeScanner(text).Scan(); }

}  // namespace samestory::io
