#ifndef SAMESTORY_INDEX_GEOMETRY_H_
#define SAMESTORY_INDEX_GEOMETRY_H_

#include <bit>
#include <cstddef>
#include <cstdint>

#include "index/bucket.h"

namespace samestory::internal {

/// How keys map to the pairs of a table of any size, and back.
///
/// A key is a fraction of 2^64. A table of n pairs cuts the keys into n equal
/// stretches: the pair is the whole part of key * n / 2^64, and the fractional
/// part (64 bits) says where in the stretch the key stands. Its first TagBits(n)
/// bits, which the entry keeps as its tag, give the key back exactly. Greater keys
/// never stand in an earlier pair, so a table grows by one sequential pass.

/// Bits of a key that count: the upper ones.
inline constexpr int kKeyBits = 40;
inline constexpr std::uint64_t kKeyStep = std::uint64_t{1} << (64 - kKeyBits);

inline std::uint64_t TruncateKey(std::uint64_t key) { return key & ~(kKeyStep - 1); }

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

/// Tag bits that tell apart all keys of one pair of n.
inline int TagBits(std::uint64_t n) { return kKeyBits - (std::bit_width(n) - 1); }

/// Tag bits within a bucket.
inline constexpr int kBucketTagBits = 16 + kExtraBits;

/// Tag bits that a table of n pairs must keep beside the buckets.
inline int DeepBits(std::uint64_t n) {
  const int bits = TagBits(n) - kBucketTagBits;
  return bits > 0 ? bits : 0;
}

/// The parts of a fraction: first 16 bits, next 3, and the deep bit `i` after them.
inline std::uint16_t TagOf(std::uint64_t fraction) {
  return static_cast<std::uint16_t>(fraction >> 48);
}
inline std::uint32_t ExtraBitsOf(std::uint64_t fraction) {
  return static_cast<std::uint32_t>(fraction >> (48 - kExtraBits)) & ((1u << kExtraBits) - 1);
}
inline std::uint32_t DeepBitOf(std::uint64_t fraction, int i) {
  return static_cast<std::uint32_t>(fraction >> (63 - kBucketTagBits - i)) & 1;
}
inline int HomeHalf(std::uint64_t fraction) { return static_cast<int>(fraction >> 63); }

/// Gives keys back from positions in pair `pair` of `n`, n > 1.
class KeyRestorer {
 public:
  KeyRestorer(std::uint64_t pair, std::uint64_t n)
      : pair_(pair),
        n_(n),
        start_(static_cast<std::uint64_t>((static_cast<unsigned __int128>(pair) << 64) / n)),
        inverse_(~std::uint64_t{0} / n) {}

  /// The truncated key whose fraction begins with the tag bits in `fraction`, the
  /// rest of which is 0.
  std::uint64_t operator()(std::uint64_t fraction) const {
    const auto scaled = static_cast<unsigned __int128>(fraction) * inverse_;
    // At most a few units below the true quotient, which is at most one step below the key.
    const std::uint64_t low = start_ + static_cast<std::uint64_t>(scaled >> 64);
    const std::uint64_t key = TruncateKey(low + kKeyStep - 1);
    const Position at = PositionOf(key, n_);
    const bool below = at.pair < pair_ || (at.pair == pair_ && at.fraction < fraction);
    return below ? key + kKeyStep : key;
  }

 private:
  std::uint64_t pair_, n_, start_, inverse_;
};

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_GEOMETRY_H_
