#ifndef SAMESTORY_SKETCH_MINHASH_KERNELS_H_
#define SAMESTORY_SKETCH_MINHASH_KERNELS_H_

#include <cstddef>
#include <cstdint>
#include <span>

/// The vector kernels behind MinHasher: one source (minhash_kernels.cc), compiled
/// for every instruction set that Highway offers and chosen at run time.
namespace samestory::internal {

/// Parameter arrays are padded to a multiple of this, the widest vector that the
/// kernels use (16 lanes of 32 bits).
inline constexpr std::size_t kSignaturePadding = 16;

/// signature[i] = min over x in `shingles` of multipliers[i] * x + addends[i]
/// (mod 2^32), 0xffffffff for no shingle. The parameter arrays hold
/// signature.size() values rounded up to kSignaturePadding.
void SignVector(std::span<const std::uint32_t> shingles, const std::uint32_t* multipliers,
                const std::uint32_t* addends, std::span<std::uint32_t> signature);

/// Number of i < n with a[i] == b[i].
std::size_t CountEqual(const std::uint32_t* a, const std::uint32_t* b, std::size_t n);

/// Name of the instruction set in use; static.
const char* VectorTarget();

}  // namespace samestory::internal

#endif  // SAMESTORY_SKETCH_MINHASH_KERNELS_H_
