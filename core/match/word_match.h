#ifndef SAMESTORY_MATCH_WORD_MATCH_H_
#define SAMESTORY_MATCH_WORD_MATCH_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace samestory {

/// Positions of at most 64 words.
using WordMask = std::uint64_t;

/// How many there are. A few operations: without the POPCNT of newer processors compilers call
/// a function for std::popcount.
constexpr int CountWords(WordMask words) {
  words -= words >> 1 & 0x5555555555555555;
  words = (words & 0x3333333333333333) + (words >> 2 & 0x3333333333333333);
  words = (words + (words >> 4)) & 0x0f0f0f0f0f0f0f0f;
  return static_cast<int>(words * 0x0101010101010101 >> 56);
}

/// How two texts of at most 64 words share words.
struct WordMates {
  WordMask a = 0;  ///< words of the first that stand in the second
  WordMask b = 0;  ///< and of the second that stand in the first
};

/// Values that MatchWords reads together: its second text must be readable up to the next
/// multiple.
inline constexpr std::size_t kMatchStep = 16;

/// Sets bit j of equal[i] where a[i] == b[j], and clears every other bit. Every value of `a`
/// is compared with every one of `b`: for headlines that is faster than any set. `equal` has
/// a.size() places.
WordMates MatchWords(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                     WordMask* equal);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_WORD_MATCH_H_
