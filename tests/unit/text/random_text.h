#ifndef SAMESTORY_TESTS_UNIT_TEXT_RANDOM_TEXT_H_
#define SAMESTORY_TESTS_UNIT_TEXT_RANDOM_TEXT_H_

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "text/utf8.h"

namespace samestory {

/// Texts by chance, from one seed.
class RandomText {
 public:
  explicit RandomText(std::uint32_t seed) : random_(seed) {}

  std::uint32_t Below(std::uint32_t bound) { return random_() % bound; }

  /// Up to `max_length` characters of `alphabet`, each drawn alike.
  std::string Ascii(std::string_view alphabet, std::uint32_t max_length) {
    std::string text;
    for (std::uint32_t n = Below(max_length + 1); n > 0; --n) {
      text.push_back(alphabet[Below(static_cast<std::uint32_t>(alphabet.size()))]);
    }
    return text;
  }

  /// Up to `max_length` code points, most of them of scripts and blocks that
  /// normalisation has work with, some of any.
  std::string Unicode(std::uint32_t max_length) {
    struct Range {
      std::uint32_t first, last;
    };
    static constexpr Range kRanges[] = {
        {0x20, 0x7E},     {0x20, 0x7E},       {0xA0, 0x24F},      {0x300, 0x345},
        {0x370, 0x3FF},   {0x400, 0x45F},     {0x590, 0x5F4},     {0x620, 0x66F},
        {0x900, 0x96F},   {0x985, 0x9FE},     {0xE01, 0xE5B},     {0xF40, 0xF87},
        {0x1000, 0x1049}, {0x1100, 0x11FF},   {0x1780, 0x17DD},   {0x1E00, 0x1FFF},
        {0x2000, 0x206F}, {0x20D0, 0x20F0},   {0x2100, 0x218B},   {0x3000, 0x30FF},
        {0x4E00, 0x4E40}, {0xAC00, 0xAC60},   {0xFB00, 0xFB4F},   {0xFE00, 0xFE2F},
        {0xFF00, 0xFFEF}, {0x1D165, 0x1D1AD}, {0x1F300, 0x1F64F}, {0xE0100, 0xE0110},
        {0x80, 0x10FFFF}};
    std::string text;
    for (std::uint32_t n = Below(max_length + 1); n > 0; --n) {
      const Range& range = kRanges[Below(std::size(kRanges))];
      const std::uint32_t c = range.first + Below(range.last - range.first + 1);
      if (c >= 0xD800 && c < 0xE000) continue;
      char bytes[4];
      text.append(bytes, EncodeUtf8(c, bytes));
    }
    return text;
  }

 private:
  std::mt19937 random_;
};

}  // namespace samestory

#endif  // SAMESTORY_TESTS_UNIT_TEXT_RANDOM_TEXT_H_
