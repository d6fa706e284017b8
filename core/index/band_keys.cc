#include "index/band_keys.h"

#include <cassert>

#include "base/hash.h"

namespace samestory::internal {
namespace {

// Keeps the keys apart from other uses of the engine's seed: "lshbands" in ASCII.
constexpr std::uint64_t kKeyDomain = 0x6c736862616e6473ULL;
constexpr std::uint64_t kFinish = 0x9e3779b97f4a7c15ULL;

// Both halves of the 128-bit product, the step of wyhash and XXH3.
std::uint64_t Fold(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Rows 2i and 2i + 1 as one number; a missing row counts as 0.
std::uint64_t TwoRows(const std::uint32_t* rows, std::size_t count) {
  return rows[0] | (count > 1 ? std::uint64_t{rows[1]} << 32 : 0);
}

}  // namespace

BandKeys::BandKeys(Banding banding, std::uint64_t seed)
    : rows_(static_cast<std::size_t>(banding.rows)) {
  assert(banding.bands >= 1 && static_cast<std::size_t>(banding.bands) <= kMaxBands);
  secrets_.reserve(static_cast<std::size_t>(banding.bands));
  for (int band = 0; band < banding.bands; ++band) {
    const std::uint64_t first = Mix64(seed ^ kKeyDomain, 2 * static_cast<std::uint64_t>(band));
    const std::uint64_t second = Mix64(seed ^ kKeyDomain, 2 * static_cast<std::uint64_t>(band) + 1);
    secrets_.push_back({first, second});
  }
}

void BandKeys::Compute(std::span<const std::uint32_t> signature, BandKeyArray& keys) const {
  assert(signature.size() >= signature_size());
  const std::uint32_t* rows = signature.data();
  for (std::size_t band = 0; band < secrets_.size(); ++band, rows += rows_) {
    const Secret& secret = secrets_[band];
    std::uint64_t hash = TwoRows(rows, rows_) ^ secret.first;
    if (rows_ > 2) hash = Fold(hash, TwoRows(rows + 2, rows_ - 2) ^ secret.second);
    for (std::size_t row = 4; row < rows_; row += 2) {
      hash = Fold(hash ^ secret.first, TwoRows(rows + row, rows_ - row) ^ secret.second);
    }
    keys[band] = Fold(hash ^ secret.second, kFinish);
  }
}

}  // namespace samestory::internal
