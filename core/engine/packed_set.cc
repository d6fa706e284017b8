#include "engine/packed_set.h"

#include <algorithm>
#include <bit>

#include "base/endian.h"

namespace samestory {
namespace {

constexpr std::uint32_t kLowMask = (1u << kPackedLowBits) - 1;

std::uint32_t LowAt(std::uint64_t bits, unsigned at) {
  return static_cast<std::uint32_t>(bits >> at) & kLowMask;
}

// Four values fill 13 bytes.
void PackFour(const std::uint32_t* values, unsigned char* low) {
  const std::uint64_t a = values[0] & kLowMask, b = values[1] & kLowMask, c = values[2] & kLowMask,
                      d = values[3] & kLowMask;
  StoreLittle64(a | b << 26 | c << 52, low);
  StoreLittle64(c >> 12 | d << 14, low + 8);
}

void PackLow(std::span<const std::uint32_t> set, unsigned char* low) {
  std::size_t i = 0;
  for (; i + 4 <= set.size(); i += 4, low += 13) PackFour(&set[i], low);
  if (i == set.size()) return;
  std::uint32_t last[4] = {};
  std::copy(set.begin() + static_cast<std::ptrdiff_t>(i), set.end(), last);
  PackFour(last, low);
}

void UnpackLow(const unsigned char* low, std::size_t size, std::uint32_t* set) {
  for (std::size_t i = 0; i < size; i += 4, low += 13) {
    const std::uint64_t first = LoadLittle64(low), last = LoadLittle64(low + 6);
    set[i] = LowAt(first, 0);
    set[i + 1] = LowAt(first, 26);
    set[i + 2] = LowAt(last, 52 - 48);
    set[i + 3] = LowAt(last, 78 - 48);
  }
}

void PackHigh(std::span<const std::uint32_t> set, std::uint32_t* high) {
  std::uint64_t bits = 0;
  std::size_t word = 0;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const std::size_t at = (set[i] >> kPackedLowBits) + i;
    for (; word < at / 64; ++word, bits = 0) StoreLittle64(bits, high + 2 * word);
    bits |= std::uint64_t{1} << at % 64;
  }
  StoreLittle64(bits, high + 2 * word);
}

// Adds the upper bits to the lower ones.
void UnpackHigh(const std::uint32_t* high, std::size_t size, std::uint32_t* set) {
  std::size_t i = 0;
  for (std::size_t first = 0; i < size; first += 64) {
    std::uint64_t bits = LoadLittle64(high + first / 32);
    for (; bits != 0 && i < size; bits &= bits - 1, ++i) {
      const std::size_t at = first + static_cast<std::size_t>(std::countr_zero(bits));
      set[i] |= static_cast<std::uint32_t>(at - i) << kPackedLowBits;
    }
  }
}

}  // namespace

void PackSet(std::span<const std::uint32_t> set, std::uint32_t* packed) {
  // What is written behind the bit map is written over.
  PackHigh(set, packed);
  PackLow(set, reinterpret_cast<unsigned char*>(packed + PackedHighWords(set.size())));
}

void UnpackSet(const std::uint32_t* packed, std::size_t size, std::uint32_t* set) {
  UnpackLow(reinterpret_cast<const unsigned char*>(packed + PackedHighWords(size)), size, set);
  UnpackHigh(packed, size, set);
}

// In the bit map each value is a one, and each step of the upper bits a zero.
std::size_t UnpackMarked(const std::uint32_t* packed, std::size_t size, unsigned upper,
                         unsigned end, const std::uint64_t* marks, std::size_t first_mark,
                         std::uint32_t* values) {
  std::size_t word = 0, ones = 0;
  for (std::size_t zeros = 0; ones < size; ++word) {
    const auto in_word = static_cast<std::size_t>(std::popcount(packed[word]));
    zeros += 32 - in_word;
    if (zeros >= upper) break;
    ones += in_word;
  }
  const auto* const low = reinterpret_cast<const unsigned char*>(packed + PackedHighWords(size));
  std::size_t count = 0;
  for (; ones < size; ++word) {
    for (std::uint32_t bits = packed[word]; bits != 0 && ones < size; bits &= bits - 1, ++ones) {
      const std::size_t own = 32 * word + static_cast<std::size_t>(std::countr_zero(bits)) - ones;
      if (own >= end) return count;
      const std::size_t at = ones * kPackedLowBits, mark = first_mark + ones;
      const std::uint32_t lower = LowAt(LoadLittle64(low + at / 8), at % 8);
      const bool wanted = own >= upper;
      values[count] = static_cast<std::uint32_t>(own) << kPackedLowBits | lower;
      count += static_cast<std::size_t>(wanted & (marks[mark / 64] >> mark % 64));
    }
  }
  return count;
}

void UnpackSetBitwise(const std::uint32_t* packed, std::size_t size, std::uint32_t* set) {
  const auto bit = [packed](std::size_t at) { return packed[at / 32] >> at % 32 & 1; };
  const std::size_t low = 32 * PackedHighWords(size);
  for (std::size_t i = 0, at = 0; i < size; ++i, ++at) {
    while (bit(at) == 0) ++at;
    set[i] = static_cast<std::uint32_t>(at - i) << kPackedLowBits;
    for (unsigned k = 0; k < kPackedLowBits; ++k) set[i] |= bit(low + kPackedLowBits * i + k) << k;
  }
}

}  // namespace samestory
