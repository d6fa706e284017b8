#include "io/double_encoding.h"

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "text/utf8.h"

namespace samestory::io {
namespace {

// Windows-1252 for the bytes 0x80 to 0x9f (WHATWG Encoding standard, index-windows-1252).
constexpr std::uint32_t kWindows1252[] = {
    0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};
constexpr std::uint32_t kFirstOfTable = 0x80;

/// The byte that a character is; above 255 where it is none.
std::uint32_t ByteOf(std::uint32_t code_point) {
  if (code_point <= 0xff) return code_point;
  for (std::size_t i = 0; i < std::size(kWindows1252); ++i) {
    if (kWindows1252[i] == code_point) return kFirstOfTable + static_cast<std::uint32_t>(i);
  }
  return 0x100;
}

}  // namespace

std::string UndoDoubleEncoding(std::string text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = DecodeUtf8(text, i);
    const std::uint32_t byte = ByteOf(decoded.code_point);
    if (byte > 0xff) return text;
    bytes += static_cast<char>(byte);
    i += decoded.length;
  }
  const bool is_ascii = bytes.size() == text.size();
  if (is_ascii || !simdjson::validate_utf8(bytes.data(), bytes.size())) return text;
  return bytes;
}

}  // namespace samestory::io
