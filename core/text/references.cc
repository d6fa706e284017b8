#include <algorithm>
#include <iterator>

#include "text/markup.h"
#include "text/utf8.h"

namespace samestory {
namespace {

struct NamedReference {
  std::string_view name;
  std::uint32_t code_points[2];
};

constexpr NamedReference kNamed[] = {
#include "text/html_entities.inc"
};
constexpr std::size_t kLongestName = 31;

// What the HTML standard reads for the numbers 0x80 to 0x9F: Windows-1252.
constexpr std::uint16_t kWindows1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

int DigitValue(char c, bool hexadecimal) {
  if (c >= '0' && c <= '9') return c - '0';
  if (!hexadecimal) return -1;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::uint32_t FromNumber(std::uint32_t number) {
  if (number >= 0x80 && number < 0xA0) return kWindows1252[number - 0x80];
  const bool surrogate = number >= 0xD800 && number < 0xE000;
  return number == 0 || surrogate || number > 0x10FFFF ? kReplacementCharacter : number;
}

// `rest` follows the '#'. Returns the length including it, or 0.
Reference ParseNumeric(std::string_view rest) {
  const bool hexadecimal = !rest.empty() && (rest[0] == 'x' || rest[0] == 'X');
  const std::size_t first = hexadecimal ? 1 : 0;
  std::uint32_t number = 0;
  std::size_t i = first;
  for (; i < rest.size(); ++i) {
    const int digit = DigitValue(rest[i], hexadecimal);
    if (digit < 0) break;
    number =
        std::min(number * (hexadecimal ? 16 : 10) + static_cast<std::uint32_t>(digit), 0x110000u);
  }
  if (i == first) return {{0, 0}, 0};
  if (i < rest.size() && rest[i] == ';') ++i;
  return {{FromNumber(number), 0}, i + 1};
}

Reference ParseNamed(std::string_view rest) {
  const std::size_t semicolon = rest.substr(0, kLongestName + 1).find(';');
  if (semicolon == std::string_view::npos) return {{0, 0}, 0};
  const std::string_view name = rest.substr(0, semicolon);
  const auto* found =
      std::lower_bound(std::begin(kNamed), std::end(kNamed), name,
                       [](const NamedReference& r, std::string_view n) { return r.name < n; });
  if (found == std::end(kNamed) || found->name != name) return {{0, 0}, 0};
  return {{found->code_points[0], found->code_points[1]}, semicolon + 1};
}

}  // namespace

Reference ParseReference(std::string_view text, std::size_t pos) {
  constexpr std::string_view kAmp = "amp;";
  std::size_t body = pos + 1;
  while (text.substr(body, kAmp.size()) == kAmp) body += kAmp.size();
  const std::string_view rest = text.substr(body);
  Reference reference = rest.starts_with('#') ? ParseNumeric(rest.substr(1)) : ParseNamed(rest);
  if (reference.length > 0) {
    reference.length += body - pos;
  } else if (body > pos + 1) {
    reference = {{U'&', 0}, body - pos};
  }
  return reference;
}

}  // namespace samestory
