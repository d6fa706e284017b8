#ifndef SAMESTORY_INDEX_BAND_KEYS_H_
#define SAMESTORY_INDEX_BAND_KEYS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "samestory/lsh.h"

namespace samestory::internal {

/// The largest number of bands that there can be.
inline constexpr std::size_t kMaxBands = 1024;

/// Keys of all bands of one signature.
using BandKeyArray = std::array<std::uint64_t, kMaxBands>;

/// Hashes every band of a signature to a 64-bit key: equal for two signatures where
/// they agree in the band, and otherwise, or for two different bands, with
/// probability 2^-64. Keyed by the seed. Not for storage: only signatures are.
class BandKeys {
 public:
  BandKeys(Banding banding, std::uint64_t seed);

  std::size_t bands() const { return secrets_.size(); }
  std::size_t rows() const { return rows_; }
  std::size_t signature_size() const { return bands() * rows_; }

  /// keys[b] for every band b.
  void Compute(std::span<const std::uint32_t> signature, BandKeyArray& keys) const;

 private:
  struct Secret {
    std::uint64_t first, second;
  };
  std::size_t rows_;
  std::vector<Secret> secrets_;  // one a band
};

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_BAND_KEYS_H_
