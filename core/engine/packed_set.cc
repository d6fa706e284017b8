#include "engine/packed_set.h"

#include <bit>

#include "base/endian.h"

namespace samestory {
namespace {

constexpr std::uint32_t kLowMask = (1u << kPackedLowBits) - 1;

std::size_t LowWords(std::size_t size) { return (size * kPackedLowBits + 31) / 32; }

std::uint32_t LowAt(std::uint64_t bits, unsigned at) {
  return static_cast<std::uint32_t>(bits >> at) & kLowMask;
}

// Four values fill 13 bytes.
void PackLow(std::span<const std::uint32_t> set, unsigned char* low) {
  for (std::size_t i = 0; i < set.size(); i += 4, low += 13) {
    std::uint64_t value[4] = {};
    for (std::size_t k = 0; k < 4 && i + k < set.size(); ++k) value[k] = set[i + k] & kLowMask;
    StoreLittle64(value[0] | value[1] << 26 | value[2] << 52, low);
    StoreLittle64(value[2] >> 12 | value[3] << 14, low + 8);
  }
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
  PackLow(set, reinterpret_cast<unsigned char*>(packed));
  PackHigh(set, packed + LowWords(set.size()));
}

void UnpackSet(const std::uint32_t* packed, std::size_t size, std::uint32_t* set) {
  UnpackLow(reinterpret_cast<const unsigned char*>(packed), size, set);
  UnpackHigh(packed + LowWords(size), size, set);
}

void UnpackSetBitwise(const std::uint32_t* packed, std::size_t size, std::uint32_t* set) {
  const auto bit = [packed](std::size_t at) { return packed[at / 32] >> at % 32 & 1; };
  const std::size_t high = 32 * LowWords(size);
  for (std::size_t i = 0, at = 0; i < size; ++i, ++at) {
    while (bit(high + at) == 0) ++at;
    set[i] = static_cast<std::uint32_t>(at - i) << kPackedLowBits;
    for (unsigned k = 0; k < kPackedLowBits; ++k) set[i] |= bit(kPackedLowBits * i + k) << k;
  }
}

}  // namespace samestory
