#ifndef SAMESTORY_MATCH_WORD_MATCH_H_
#define SAMESTORY_MATCH_WORD_MATCH_H_

#include <cstdint>
#include <span>

namespace samestory {

/// Sets bit j of equal[i] where a[i] == b[j], and clears every other bit, for at
/// most 64 values on either side. Every value of `a` is compared with every one of
/// `b`: for headlines that is faster than any set. `equal` has a.size() places.
void MatchWords(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                std::span<std::uint64_t> equal);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_WORD_MATCH_H_
