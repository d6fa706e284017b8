#include "cli/flag_values.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "absl/strings/ascii.h"

namespace samestory::cli {
namespace {

/// Reads the number that `text` begins with; gives the unit behind it, in lower case. Absent: none.
template <typename Number, typename... Format>
std::optional<std::string> TakeNumber(const std::string& text, Number& number, Format... format) {
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number, format...);
  if (error != std::errc()) return std::nullopt;
  return absl::AsciiStrToLower(std::string(rest, end));
}

/// A number and the unit behind it, whose factors `units` lists. Absent: neither, or too large.
std::optional<std::uint64_t> ParseWithUnit(const std::string& text,
                                           const std::map<std::string, std::uint64_t>& units,
                                           std::uint64_t most) {
  std::uint64_t value = 0;
  const std::optional<std::string> unit = TakeNumber(text, value);
  if (!unit) return std::nullopt;
  const auto found = units.find(*unit);
  if (found == units.end() || value > most / found->second) return std::nullopt;
  return value * found->second;
}

const std::map<std::string, std::uint64_t>& TimeUnits() {
  static const std::map<std::string, std::uint64_t> units = {
      {"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 24 * 3600}, {"w", 7 * 24 * 3600}};
  return units;
}

/// Seconds, with a fraction; in milliseconds where the unit says so.
std::optional<double> ParseDelay(const std::string& text) {
  double value = 0;
  const std::optional<std::string> unit = TakeNumber(text, value, std::chars_format::fixed);
  if (!unit) return std::nullopt;
  if (*unit == "ms") return value / 1000;
  const auto found = TimeUnits().find(*unit);
  if (found == TimeUnits().end()) return std::nullopt;
  return value * static_cast<double>(found->second);
}

const std::map<std::string, std::uint64_t>& SizeUnits() {
  static const std::map<std::string, std::uint64_t> units = [] {
    std::map<std::string, std::uint64_t> made = {{"", 1}, {"b", 1}};
    std::uint64_t factor = 1;
    for (const char* letter : {"k", "m", "g", "t"}) {
      factor *= 1024;
      for (const char* ending : {"", "b", "ib"}) made[std::string(letter) + ending] = factor;
    }
    return made;
  }();
  return units;
}

}  // namespace

CLI::Option* AddDuration(CLI::App& app, const std::string& name, std::int64_t& seconds,
                         const std::string& text) {
  return app
      .add_option_function<std::string>(
          name,
          [&seconds, name](const std::string& given) {
            const auto parsed = ParseWithUnit(given, TimeUnits(), INT64_MAX);
            if (!parsed) {
              throw CLI::ValidationError(
                  name, "'" + given + "' is no duration such as 90s, 30m, 72h or 7d");
            }
            seconds = static_cast<std::int64_t>(*parsed);
          },
          text)
      ->type_name("DURATION");
}

CLI::Option* AddDelay(CLI::App& app, const std::string& name, double& seconds, double most,
                      const std::string& text) {
  return app
      .add_option_function<std::string>(
          name,
          [&seconds, name, most](const std::string& given) {
            const auto parsed = ParseDelay(given);
            if (!parsed || !(*parsed >= 0 && *parsed <= most)) {
              throw CLI::ValidationError(name, "'" + given +
                                                   "' is no duration such as 200ms, 0.5s or 2m, of "
                                                   "at most " +
                                                   std::to_string(std::lround(most)) + "s");
            }
            seconds = *parsed;
          },
          text)
      ->type_name("DURATION");
}

CLI::Option* AddSize(CLI::App& app, const std::string& name, std::size_t& bytes, std::size_t least,
                     std::size_t most, const std::string& text) {
  return app
      .add_option_function<std::string>(
          name,
          [&bytes, name, least, most](const std::string& given) {
            const auto parsed = ParseWithUnit(given, SizeUnits(), SIZE_MAX);
            if (!parsed) {
              throw CLI::ValidationError(
                  name, "'" + given + "' is no size such as 65536, 64KiB, 16MiB or 4GiB");
            }
            if (*parsed < least || *parsed > most) {
              throw CLI::ValidationError(name, "'" + given + "' is not from " +
                                                   std::to_string(least) + " to " +
                                                   std::to_string(most) + " bytes");
            }
            bytes = *parsed;
          },
          text)
      ->type_name("SIZE");
}

CLI::Option* AddNumber(CLI::App& app, const std::string& name, std::uint64_t& value,
                       const std::string& text) {
  return app
      .add_option_function<std::string>(
          name,
          [&value, name](const std::string& given) {
            const bool hex = given.starts_with("0x");
            const char* begin = given.data() + (hex ? 2 : 0);
            const char* end = given.data() + given.size();
            const auto [rest, error] = std::from_chars(begin, end, value, hex ? 16 : 10);
            if (error != std::errc() || rest != end) {
              throw CLI::ValidationError(name, "'" + given + "' is no number from 0 to 2^64 - 1");
            }
          },
          text)
      ->type_name("NUMBER");
}

}  // namespace samestory::cli
