#ifndef SAMESTORY_MINHASH_H_
#define SAMESTORY_MINHASH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/export.h"

namespace samestory {

/// The minimum of every permutation over one shingle set.
using Signature = std::vector<std::uint32_t>;

/// MinHash (Broder, "On the resemblance and containment of documents", 1997)
/// with `num_perm` independent 32-bit multiply-add hash functions, all minima
/// kept at once in vector registers. For sets of up to some 2,000 shingles this
/// is faster than one-permutation hashing, and unbiased. docs/signatures.md
/// defines the functions, so that signatures may be stored.
///
/// Immutable after Create, so one object may serve many threads.
class SAMESTORY_EXPORT MinHasher {
 public:
  /// num_perm: 1 to 1024. kInvalidArgument otherwise. The first k values of a
  /// signature do not depend on num_perm.
  static absl::StatusOr<MinHasher> Create(int num_perm, std::uint64_t seed);

  int num_perm() const { return static_cast<int>(num_perm_); }

  /// Writes the signature of `shingles` (hashes as Shingle() gives them) into
  /// the first num_perm() values of `signature`, which must hold that many. The
  /// empty set gives all 0xffffffff; order and repetition of shingles have no
  /// influence. The same bytes on every machine and vector width. Allocates
  /// nothing. Cost: num_perm * (shingles + 1) steps, 16 at once under AVX-512.
  void Sign(std::span<const std::uint32_t> shingles, std::span<std::uint32_t> signature) const;

  /// The same by plain scalar code: the oracle of the tests.
  void SignScalar(std::span<const std::uint32_t> shingles,
                  std::span<std::uint32_t> signature) const;

  /// The instruction set that Sign() uses on this machine, such as "AVX2".
  static std::string_view Target();

 private:
  MinHasher() = default;
  std::size_t num_perm_ = 0;
  std::vector<std::uint32_t> multipliers_, addends_;  // padded to a vector's width
};

/// Share of equal places: an unbiased estimate of the Jaccard similarity with
/// standard error sqrt(J (1 - J) / num_perm). Sizes must be equal and not 0.
SAMESTORY_EXPORT double EstimateJaccard(std::span<const std::uint32_t> a,
                                        std::span<const std::uint32_t> b);

}  // namespace samestory

#endif  // SAMESTORY_MINHASH_H_
