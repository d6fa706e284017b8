#ifndef SAMESTORY_BASE_HASH_H_
#define SAMESTORY_BASE_HASH_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/endian.h"

namespace samestory {

/// XXH3, 64 bits, keyed: the one hash of bytes in the engine. Its values are
/// fixed by xxHash's specification, so they may be stored.
inline std::uint64_t Hash64(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

/// Mixes two 64-bit values into one: the finaliser of MurmurHash3 over their
/// combination. For numbers that are hashes already.
constexpr std::uint64_t Mix64(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a ^ (b * 0x9e3779b97f4a7c15ULL);
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  x ^= x >> 33;
  return x;
}

/// Hashes short strings of bytes, keyed: for at most 16 bytes two multiplications
/// and no branch on the length, for more Hash64. The values are specified in
/// docs/formats.md ("Shingles") and may be stored.
class ShortHasher {
 public:
  static constexpr std::size_t kReads = 16;  ///< bytes read of a string, however short

  explicit ShortHasher(std::uint64_t seed)
      : seed_(seed), a_(Mix64(seed, 1)), b_(Mix64(seed, 2)), c_(Mix64(seed, 3)) {}

  /// `bytes` has 1 or more; kReads can be read from its beginning.
  std::uint64_t operator()(std::string_view bytes) const {
    const std::size_t size = bytes.size();
    if (size > 16) [[unlikely]]
      return Hash64(bytes, seed_);
    const std::size_t in_low = size < 8 ? size : 8, in_high = size - in_low;
    const std::uint64_t low = LoadLittle64(bytes.data()) & (~std::uint64_t{0} >> (64 - 8 * in_low));
    const std::uint64_t all_high = LoadLittle64(bytes.data() + 8);
    const std::uint64_t high =
        in_high == 0 ? 0 : all_high & (~std::uint64_t{0} >> (64 - 8 * in_high));
    return Fold(Fold(low ^ a_, high ^ b_) ^ size, c_);
  }

 private:
  // The two halves of the product, together.
  static std::uint64_t Fold(std::uint64_t x, std::uint64_t y) {
    const unsigned __int128 product = static_cast<unsigned __int128>(x) * y;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }

  std::uint64_t seed_, a_, b_, c_;
};

}  // namespace samestory

#endif  // SAMESTORY_BASE_HASH_H_
