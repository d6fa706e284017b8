#ifndef SAMESTORY_SPLIT_LINE_SIGNER_H_
#define SAMESTORY_SPLIT_LINE_SIGNER_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "samestory/lsh.h"
#include "samestory/minhash.h"
#include "samestory/text.h"

namespace samestory {

/// Lines are found again by MinHash over their 1- and 2-shingles: 16 bands of 3 rows make a pair
/// at Jaccard .5 a candidate with probability .88, at .7 with .999.
inline constexpr Banding kLineBanding{.bands = 16, .rows = 3};
inline constexpr int kLinePermutations = 48;

/// Shorter lines are no evidence: too many pages have them by chance.
inline constexpr std::size_t kMinSignedWords = 5;

/// The signature of a line; `present` is false where the line is too short for one.
struct LineSignature {
  bool present = false;
  std::array<std::uint32_t, kLinePermutations> values;
};

/// Signs lines. Immutable, so one may serve many threads.
class LineSigner {
 public:
  explicit LineSigner(std::uint64_t seed);

  LineSignature Sign(const CanonicalText& line) const;

 private:
  std::uint64_t seed_;
  MinHasher hasher_;
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_LINE_SIGNER_H_
