#ifndef SAMESTORY_ENGINE_RARE_SHINGLES_H_
#define SAMESTORY_ENGINE_RARE_SHINGLES_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace samestory {

/// The two levels of ShingleCounts as they lie in memory: eight counters of four bits in a
/// word, and where such a one is full two wider ones in a word; the lowest first.
struct CountTables {
  const std::uint32_t* few = nullptr;
  const std::uint32_t* many = nullptr;
  unsigned few_shift = 0;  ///< the bits of a shingle above these number its small counter

  static constexpr unsigned kMostFew = 15;
  static constexpr unsigned kManyShift = 13;

  /// What the small counter says: up to kMostFew.
  std::uint32_t Few(std::uint32_t shingle) const {
    const std::uint32_t small = shingle >> few_shift;
    return few[small >> 3] >> (4 * (small & 7)) & kMostFew;
  }
  std::uint32_t Count(std::uint32_t shingle) const {
    const std::uint32_t few_of = Few(shingle), wide = shingle >> kManyShift;
    if (few_of < kMostFew) return few_of;
    return few_of + (many[wide >> 1] >> (16 * (wide & 1)) & 0xffff);
  }
};

inline constexpr unsigned kClassBits = 5;

/// A count, what the small counters cannot tell to within a factor of two: what sets are ordered by
/// has to be short.
constexpr std::uint32_t CountClass(std::uint32_t count) {
  return count < 16 ? count : static_cast<std::uint32_t>(std::bit_width(count)) + 11;
}

/// Sets of more shingles are none of those below.
inline constexpr std::size_t kMostRanked = 128;
/// Places behind the last of an array, for whole vectors.
inline constexpr std::size_t kRankedRoom = 16;

/// The shingles of a set, and how rare they are.
struct RankedShingles {
  std::uint32_t values[kMostRanked + kRankedRoom];
  std::uint32_t classes[kMostRanked + kRankedRoom];  ///< CountClass of each
  std::size_t size = 0;
  std::size_t busy = 0;  ///< those of a count above the bound
};

/// Fills `out` from `set`, of at most kMostRanked. Where the small counters tell `enough` shingles
/// or more to be neither busy nor as frequent as all others, those others are not looked up: their
/// classes are that of kMostFew, and none is called busy. Vectors, and a scalar form that does the
/// same.
void RankShingles(std::span<const std::uint32_t> set, const CountTables& counts, std::size_t enough,
                  std::uint32_t bound, RankedShingles& out);
void RankShinglesScalar(std::span<const std::uint32_t> set, const CountTables& counts,
                        std::size_t enough, std::uint32_t bound, RankedShingles& out);

/// Writes the `wanted` (at most ranked.size) shingles of the lowest classes to `rarest`, which has
/// kRankedRoom places behind them: of the class that has too many the first. Vectors and scalar
/// code, in any order.
void SelectRarest(RankedShingles& ranked, std::size_t wanted, std::uint32_t* rarest);
void SelectRarestScalar(const RankedShingles& ranked, std::size_t wanted, std::uint32_t* rarest);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_RARE_SHINGLES_H_
