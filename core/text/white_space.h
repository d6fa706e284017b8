#ifndef SAMESTORY_TEXT_WHITE_SPACE_H_
#define SAMESTORY_TEXT_WHITE_SPACE_H_

#include <cstddef>
#include <string_view>

namespace samestory {

/// Bytes of the white space character (Unicode White_Space) that `s` begins with;
/// 0 where it begins with none.
inline std::size_t LeadingSpace(std::string_view s) {
  if (s.empty()) return 0;
  const char c = s[0];
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (s.starts_with("\u0085") || s.starts_with("\u00A0")) return 2;
  if (s.size() < 3) return 0;
  if (c == '\xE2' && s[1] == '\x80') {  // U+2000 to U+200A, U+2028, U+2029, U+202F
    const auto last = static_cast<unsigned char>(s[2]);
    return (last >= 0x80 && last <= 0x8A) || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0;
  }
  return s.starts_with("\u205F") || s.starts_with("\u3000") || s.starts_with("\u1680") ? 3 : 0;
}

/// Bytes of the white space character that `s` ends with; 0 where it ends with none.
inline std::size_t TrailingSpace(std::string_view s) {
  for (std::size_t length = 1; length <= 3 && length <= s.size(); ++length) {
    if (LeadingSpace(s.substr(s.size() - length)) == length) return length;
  }
  return 0;
}

/// `s` without the white space at its ends.
inline std::string_view TrimSpace(std::string_view s) {
  while (const std::size_t length = LeadingSpace(s)) s.remove_prefix(length);
  while (const std::size_t length = TrailingSpace(s)) s.remove_suffix(length);
  return s;
}

}  // namespace samestory

#endif  // SAMESTORY_TEXT_WHITE_SPACE_H_
