#ifndef SAMESTORY_TEXT_UTF8_H_
#define SAMESTORY_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace samestory {

inline constexpr std::uint32_t kReplacementCharacter = 0xFFFD;

/// One step of the WHATWG UTF-8 decoder.
struct Decoded {
  std::uint32_t code_point;  ///< U+FFFD where the bytes are invalid
  std::uint32_t length;      ///< bytes read, 1 to 4; for invalid bytes, the maximal subpart
  bool valid;
};

/// Decodes what stands at `pos`, which is below `bytes.size()`.
inline Decoded DecodeUtf8(std::string_view bytes, std::size_t pos) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  const std::uint8_t lead = at(pos);
  if (lead < 0x80) return {lead, 1, true};
  // The two lengths that most text is made of, where nothing but the form of the bytes matters.
  if (lead >= 0xC2 && lead < 0xE0 && pos + 1 < bytes.size() && (at(pos + 1) & 0xC0) == 0x80) {
    return {(lead & 0x1Fu) << 6 | (at(pos + 1) & 0x3Fu), 2, true};
  }
  if (lead > 0xE0 && lead < 0xED && pos + 2 < bytes.size() && (at(pos + 1) & 0xC0) == 0x80 &&
      (at(pos + 2) & 0xC0) == 0x80) {
    return {(lead & 0x0Fu) << 12 | (at(pos + 1) & 0x3Fu) << 6 | (at(pos + 2) & 0x3Fu), 3, true};
  }
  if (lead < 0xC2 || lead > 0xF4) return {kReplacementCharacter, 1, false};
  const std::uint32_t needed = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  // The second byte's range excludes overlong forms, surrogates and what lies past U+10FFFF.
  std::uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  std::uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  std::uint32_t code_point = lead & (0x3Fu >> needed);
  for (std::uint32_t i = 1; i <= needed; ++i) {
    if (pos + i >= bytes.size() || at(pos + i) < low || at(pos + i) > high) {
      return {kReplacementCharacter, i, false};
    }
    code_point = (code_point << 6) | (at(pos + i) & 0x3Fu);
    low = 0x80;
    high = 0xBF;
  }
  return {code_point, needed + 1, true};
}

/// Writes a code point below U+110000 in UTF-8; `out` has room for 4 bytes.
/// Returns the bytes written.
inline std::size_t EncodeUtf8(std::uint32_t c, char* out) {
  if (c < 0x80) {
    out[0] = static_cast<char>(c);
    return 1;
  }
  if (c < 0x800) {
    out[0] = static_cast<char>(0xC0 | (c >> 6));
    out[1] = static_cast<char>(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = static_cast<char>(0xE0 | (c >> 12));
    out[1] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out[2] = static_cast<char>(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | (c >> 18));
  out[1] = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
  out[2] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  out[3] = static_cast<char>(0x80 | (c & 0x3F));
  return 4;
}

}  // namespace samestory

#endif  // SAMESTORY_TEXT_UTF8_H_
