#include "io/json_text.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "samestory/text.h"
#include "text/utf8.h"

namespace samestory::io {
namespace {

constexpr std::size_t kEscapeSize = 6;  // of a \u escape
constexpr char kHexDigits[] = "0123456789abcdef";

constexpr int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The code unit of the \u escape at `at`; negative where there is none.
int EscapedUnit(std::string_view body, std::size_t at) {
  if (at > body.size() || body.size() - at < kEscapeSize || body[at] != '\\' ||
      body[at + 1] != 'u') {
    return -1;
  }
  int unit = 0;
  for (std::size_t i = at + 2; i < at + kEscapeSize; ++i) {
    const int digit = HexValue(body[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

constexpr bool IsHighSurrogate(int unit) { return unit >= 0xd800 && unit < 0xdc00; }
constexpr bool IsLowSurrogate(int unit) { return unit >= 0xdc00 && unit < 0xe000; }

/// What a one-letter escape stands for; 0 where it stands for nothing.
constexpr char Unescaped(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/':
      return letter;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

constexpr std::array<bool, 256> kNeedsEscape = [] {
  std::array<bool, 256> needs{};
  for (int c = 0; c < 0x20; ++c) needs[c] = true;
  needs['"'] = needs['\\'] = true;
  return needs;
}();

/// Short ASCII without anything to escape, which most strings that we write are.
bool IsPlain(std::string_view text) {
  constexpr std::size_t kShort = 32;
  return text.size() <= kShort && std::all_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x80 && !kNeedsEscape[static_cast<unsigned char>(c)];
         });
}

void AppendEscaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    case '\b':
      out += "\\b";
      break;
    case '\f':
      out += "\\f";
      break;
    default:
      out += "\\u00";
      out += kHexDigits[static_cast<unsigned char>(c) >> 4];
      out += kHexDigits[c & 15];
  }
}

}  // namespace

std::string_view TrimJsonSpace(std::string_view text) {
  while (!text.empty() && IsJsonSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsJsonSpace(text.back())) text.remove_suffix(1);
  return text;
}

std::size_t JsonStringEnd(std::string_view text, std::size_t at) {
  const std::size_t begin = at + 1;
  for (std::size_t quote = text.find('"', begin); quote != text.npos;
       quote = text.find('"', quote + 1)) {
    std::size_t backslashes = 0;
    while (quote - backslashes > begin && text[quote - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return quote + 1;
  }
  return text.size();
}

bool RepairEscapes(char* body, std::size_t size, std::size_t& repaired) {
  const std::string_view text(body, size);
  for (std::size_t at = text.find('\\'); at != text.npos; at = text.find('\\', at)) {
    if (at + 1 == size) return false;
    if (Unescaped(body[at + 1]) != 0) {
      at += 2;
      continue;
    }
    const int unit = EscapedUnit(text, at);
    if (unit < 0) return false;
    if (IsHighSurrogate(unit) && IsLowSurrogate(EscapedUnit(text, at + kEscapeSize))) {
      at += 2 * kEscapeSize;
      continue;
    }
    if (IsHighSurrogate(unit) || IsLowSurrogate(unit)) {
      std::memcpy(body + at, "\\ufffd", kEscapeSize);
      ++repaired;
    }
    at += kEscapeSize;
  }
  return true;
}

char* Unescape(std::string_view body, char* out) {
  for (;;) {
    const std::size_t run = std::min(body.find('\\'), body.size());
    std::memcpy(out, body.data(), run);
    out += run;
    body.remove_prefix(run);
    if (body.empty()) return out;
    if (const char plain = Unescaped(body[1]); plain != 0) {
      *out++ = plain;
      body.remove_prefix(2);
      continue;
    }
    auto c = static_cast<std::uint32_t>(EscapedUnit(body, 0));
    body.remove_prefix(kEscapeSize);
    if (IsHighSurrogate(static_cast<int>(c))) {
      const auto low = static_cast<std::uint32_t>(EscapedUnit(body, 0));
      body.remove_prefix(kEscapeSize);
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
    out += EncodeUtf8(c, out);
  }
}

std::string UnescapedString(std::string_view body) {
  std::string text(body.size(), '\0');
  text.resize(static_cast<std::size_t>(Unescape(body, text.data()) - text.data()));
  return text;
}

bool IsJsonNumber(std::string_view token, bool& is_integer) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t from = i;
    while (i < token.size() && token[i] >= '0' && token[i] <= '9') ++i;
    return i - from;
  };
  is_integer = true;
  if (i < token.size() && token[i] == '-') ++i;
  const std::size_t first = i;
  const std::size_t count = digits();
  if (count == 0 || (count > 1 && token[first] == '0')) return false;
  if (i < token.size() && token[i] == '.') {
    is_integer = false;
    ++i;
    if (digits() == 0) return false;
  }
  if (i < token.size() && (token[i] == 'e' || token[i] == 'E')) {
    is_integer = false;
    ++i;
    if (i < token.size() && (token[i] == '+' || token[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == token.size();
}

void AppendJsonString(std::string& out, std::string_view text) {
  if (IsPlain(text)) {
    out.append("\"").append(text).append("\"");
    return;
  }
  if (!simdjson::validate_utf8(text.data(), text.size())) {
    AppendJsonString(out, RepairUtf8(text));
    return;
  }
  out += '"';
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!kNeedsEscape[static_cast<unsigned char>(text[i])]) continue;
    out.append(text, written, i - written);
    AppendEscaped(out, text[i]);
    written = i + 1;
  }
  out.append(text, written);
  out += '"';
}

}  // namespace samestory::io
