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

inline constexpr unsigned kClassBits = 7;

/// A count, to within an eighth: what sets are ordered by has to be short.
constexpr std::uint32_t CountClass(std::uint32_t count) {
  if (count < 16) return count;
  const int width = std::bit_width(count);
  return static_cast<std::uint32_t>(width - 3) * 8 + (count >> (width - 4) & 7);
}

/// The shingles of a set that stand in other sets too, in its order.
struct RepeatedShingles {
  static constexpr std::size_t kMost = 128;
  static constexpr std::size_t kRoom = 16;  ///< behind the last, for whole vectors

  std::uint32_t values[kMost + kRoom];
  std::uint32_t classes[kMost + kRoom];  ///< CountClass of each
  std::size_t size = 0;
  std::size_t single = 0;  ///< shingles of the set that stand in no other
  std::size_t busy = 0;    ///< those of a count above the bound
};

/// Fills `out` from `set`, of at most RepeatedShingles::kMost. Where the small counters tell
/// `enough` shingles or more to be rarer than all others, those others, busy ones among them, are
/// left out and not looked up. Vectors, and a scalar form that does the same.
void FindRepeated(std::span<const std::uint32_t> set, const CountTables& counts,
                  std::size_t enough, std::uint32_t bound, RepeatedShingles& out);
void FindRepeatedScalar(std::span<const std::uint32_t> set, const CountTables& counts,
                        std::size_t enough, std::uint32_t bound, RepeatedShingles& out);

/// Writes the `wanted` (at most found.size) shingles of the lowest classes to `rarest`, which has
/// kRoom places behind them: of the class that has too many the first. Vectors and scalar code,
/// in any order.
void SelectRarest(RepeatedShingles& found, std::size_t wanted, std::uint32_t* rarest);
void SelectRarestScalar(const RepeatedShingles& found, std::size_t wanted, std::uint32_t* rarest);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_RARE_SHINGLES_H_
