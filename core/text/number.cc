#include "text/number.h"

#include <array>
#include <cstdint>
#include <string_view>

#include "text/code_point.h"
#include "text/utf8.h"
#include "text/word_reader.h"

namespace samestory {
namespace {

// What stands between two separators, and the separator behind it.
struct Part {
  std::size_t leading = 0, trailing = 0;  // digits at its two ends
  bool pure = true;                       // nothing but digits
  char separator = 0;                     // 0 behind the last part
};

struct Parts {
  std::array<Part, kMaxWordBytes> at;
  std::size_t count = 0;
};

bool IsSeparator(char c) { return c == '.' || c == ',' || c == ':' || c == '-' || c == '/'; }

void Parse(std::string_view word, Parts& parts) {
  Part part;
  parts.count = 0;
  for (std::size_t i = 0; i < word.size();) {
    if (IsSeparator(word[i])) {
      part.separator = word[i++];
      parts.at[parts.count++] = part;
      part = Part{};
      continue;
    }
    const Decoded step = DecodeUtf8(word, i);
    i += step.length;
    if (CodePoints().Get(step.code_point).kind() == Kind::kDigit) {
      part.leading += part.pure ? 1 : 0;
      ++part.trailing;
    } else {
      part.pure = false;
      part.trailing = 0;
    }
  }
  parts.at[parts.count++] = part;
}

// Writes the word again with the separators that `keep` holds; 0 drops one. Returns its length.
std::size_t Rewrite(std::span<char> word, const std::array<char, kMaxWordBytes>& keep) {
  std::size_t out = 0, separator = 0;
  for (char c : word) {
    if (IsSeparator(c)) c = keep[separator++];
    if (c != 0) word[out++] = c;
  }
  return out;
}

// Past the last part of the run of `separator`s that begins at part `first`.
std::size_t RunEnd(const Parts& parts, std::size_t first, char separator) {
  std::size_t end = first;
  while (parts.at[end].separator == separator) ++end;
  return end + 1;
}

// Parts first to end - 1 are digit groups: 1 to 3 digits, then `least` to 3 in each, 3 in the last.
bool AreGroups(const Parts& parts, std::size_t first, std::size_t end, std::size_t least) {
  const std::size_t head = parts.at[first].trailing;
  if (head < 1 || head > 3 || parts.at[end - 1].leading != 3) return false;
  for (std::size_t i = first + 1; i + 1 < end; ++i) {
    if (!parts.at[i].pure || parts.at[i].leading < least || parts.at[i].leading > 3) return false;
  }
  return true;
}

// "1.200.300" and "1.200,50".
std::size_t FoldStops(std::span<char> word, const Parts& parts) {
  std::array<char, kMaxWordBytes> keep;
  for (std::size_t i = 0; i < parts.count; ++i) keep[i] = parts.at[i].separator;
  bool changed = false;
  for (std::size_t i = 0; i < parts.count;) {
    const std::size_t end = RunEnd(parts, i, '.');
    const bool after_comma = i > 0 && parts.at[i - 1].separator == ',' && parts.at[i].pure;
    const bool decimal_comma = end < parts.count && parts.at[end - 1].pure &&
                               parts.at[end - 1].separator == ',' && parts.at[end].separator != ',';
    if (!after_comma && end - i >= (decimal_comma ? 2u : 3u) && AreGroups(parts, i, end, 3)) {
      for (std::size_t j = i; j + 1 < end; ++j) keep[j] = 0;
      if (decimal_comma) keep[end - 1] = '.';
      changed = true;
    }
    i = end;
  }
  return changed ? Rewrite(word, keep) : word.size();
}

// "1,200" and "12,34,567".
std::size_t FoldCommas(std::span<char> word, const Parts& parts) {
  std::array<char, kMaxWordBytes> keep;
  for (std::size_t i = 0; i < parts.count; ++i) keep[i] = parts.at[i].separator;
  bool changed = false;
  for (std::size_t i = 0; i < parts.count;) {
    const std::size_t end = RunEnd(parts, i, ',');
    if (end - i >= 2 && AreGroups(parts, i, end, 2)) {
      for (std::size_t j = i; j + 1 < end; ++j) keep[j] = 0;
      changed = true;
    }
    i = end;
  }
  return changed ? Rewrite(word, keep) : word.size();
}

}  // namespace

std::size_t FoldDigitGroups(std::span<char> word) {
  const std::string_view text(word.data(), word.size());
  if (text.find(',') == std::string_view::npos && text.find('.') == text.rfind('.')) {
    return word.size();
  }
  Parts parts;
  Parse(text, parts);
  const std::size_t length = FoldStops(word, parts);
  if (length != word.size()) Parse(text.substr(0, length), parts);
  return FoldCommas(word.first(length), parts);
}

}  // namespace samestory
