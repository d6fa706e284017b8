#include "io/time.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>

#include "io/time_scanner.h"

namespace samestory::io {
namespace {

constexpr std::size_t kMaxTimeBytes = 100;
constexpr std::int64_t kMilliseconds = 100'000'000'000;
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool IsUnixNumber(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  if (digits == 0) return false;
  if (digits == text.size()) return digits != 4 && digits != 8 && digits != 14;
  return text[digits] == '.' && text.find_first_not_of("0123456789", digits + 1) == text.npos;
}

}  // namespace

std::optional<std::int64_t> ParseUnixTime(std::string_view number) {
  const char* end = number.data() + number.size();
  std::int64_t value = 0;
  const auto whole = std::from_chars(number.data(), end, value);
  if (whole.ec != std::errc() || whole.ptr != end) {
    double decimal = 0;
    const auto read = std::from_chars(number.data(), end, decimal);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    if (!(decimal >= 0 && decimal < 1e15)) return std::nullopt;
    value = static_cast<std::int64_t>(std::floor(decimal));
  }
  if (value >= kMilliseconds) value /= 1000;
  if (value < 0 || value > kLastSecond) return std::nullopt;
  return value;
}

std::optional<std::int64_t> ParseTime(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  if (text.empty() || text.size() > kMaxTimeBytes) return std::nullopt;
  if (IsUnixNumber(text)) return ParseUnixTime(text);
  const std::optional<std::int64_t> time = ScanTime(text);
  // Eight or fourteen digits that are no date of the calendar are a number after all.
  if (!time && text.find_first_not_of("0123456789") == text.npos) return ParseUnixTime(text);
  return time;
}

std::string FormatTime(std::int64_t unix_seconds) {
  const std::chrono::sys_seconds time{std::chrono::seconds(unix_seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

}  // namespace samestory::io
