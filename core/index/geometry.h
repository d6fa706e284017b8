#ifndef SAMESTORY_INDEX_GEOMETRY_H_
#define SAMESTORY_INDEX_GEOMETRY_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "index/bucket.h"

namespace samestory::internal {

/// How keys map to the pairs of a table of any size.
///
/// A key is a fraction of 2^64. A table of n pairs cuts the keys into n equal
/// stretches: the pair is the whole part of key * n / 2^64, and the fractional
/// part (64 bits) says where in the stretch the key stands. Its first bit is the
/// home bucket of the pair, and its first TagBits bits, which the entry keeps as
/// its tag, tell all keys of the pair apart.
///
/// In a table of 2n pairs the pair is 2 * pair + the first bit of the fraction, and
/// the fraction is shifted left by one. So a table doubles without the keys, and
/// what TagBits loses by it is what the place of the entry now says.

/// Where a key stands in a table of n pairs.
struct Position {
  std::uint64_t pair;
  std::uint64_t fraction;
};

inline Position PositionOf(std::uint64_t key, std::uint64_t n) {
  const auto product = static_cast<unsigned __int128>(key) * n;
  return {static_cast<std::uint64_t>(product >> 64), static_cast<std::uint64_t>(product)};
}

/// The least key of stretch `i` of `n`; of stretch n it is 2^64, which is given as 0.
inline std::uint64_t FirstKeyOf(std::uint64_t i, std::uint64_t n) {
  if (i == n) return 0;
  const auto scaled = static_cast<unsigned __int128>(i) << 64;
  return static_cast<std::uint64_t>((scaled + n - 1) / n);
}

/// Tag bits that tell apart all keys of `key_bits` bits in one pair of n.
inline int TagBits(int key_bits, std::uint64_t n) { return key_bits - (std::bit_width(n) - 1); }

/// Tag bits within a bucket; small tables keep further ones, the deep bits, beside it.
inline constexpr int kBucketTagBits = 16 + kExtraBits;

/// How the tags of a table are read: entries that have been through a doubling know no
/// bits but these.
struct TagShape {
  std::uint16_t tag_mask = 0;    ///< significant bits of the 16-bit tag
  std::uint32_t extra_mask = 0;  ///< and of the kExtraBits that follow
  int deep_bits = 0;
};

inline TagShape ShapeOf(int key_bits, std::uint64_t n) {
  const int bits = TagBits(key_bits, n);
  const int beyond = bits - 16;
  return {.tag_mask = static_cast<std::uint16_t>(0xffff << std::max(0, -beyond)),
          .extra_mask = 0b111u & ~0b111u >> std::clamp(beyond, 0, kExtraBits),
          .deep_bits = std::max(0, bits - kBucketTagBits)};
}

/// The parts of a fraction: the first 16 bits, the next 3, and the deep bits, on top of 64.
inline std::uint16_t TagOf(std::uint64_t fraction) {
  return static_cast<std::uint16_t>(fraction >> 48);
}
inline std::uint32_t ExtraBitsOf(std::uint64_t fraction) {
  return static_cast<std::uint32_t>(fraction >> (48 - kExtraBits)) & ((1u << kExtraBits) - 1);
}
inline std::uint64_t DeepBitsOf(std::uint64_t fraction) { return fraction << kBucketTagBits; }
inline int HomeHalf(std::uint64_t fraction) { return static_cast<int>(fraction >> 63); }

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_GEOMETRY_H_
