#ifndef SAMESTORY_MATCH_WORD_MATCH_H_
#define SAMESTORY_MATCH_WORD_MATCH_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace samestory {

/// Positions of at most 64 words.
using WordMask = std::uint64_t;

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
