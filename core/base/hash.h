#ifndef SAMESTORY_BASE_HASH_H_
#define SAMESTORY_BASE_HASH_H_

#include <cstdint>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

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

}  // namespace samestory

#endif  // SAMESTORY_BASE_HASH_H_
