#ifndef SAMESTORY_TEXT_NORMALIZER_H_
#define SAMESTORY_TEXT_NORMALIZER_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace samestory {

/// NFKC case folding (ICU nfkc_cf) of one code point.
struct FoldedCodePoint {
  std::uint32_t code_point;  ///< the result, where `length` is 1
  int length;                ///< code points of the result: 0 and more
  bool boundary_before;      ///< nothing before it changes with it
};
FoldedCodePoint FoldCodePoint(std::int32_t c);

/// Replaces `out` by the NFKC case folding of `code_points`: a run that begins at
/// a normalisation boundary and ends before the next.
void FoldRun(std::span<const std::uint32_t> code_points, std::vector<std::uint32_t>& out);

/// Whether the two, each its own folding, are together as well: they neither
/// compose nor change places. False where only FoldRun can tell.
bool StayApart(std::uint32_t first, std::uint32_t second);

}  // namespace samestory

#endif  // SAMESTORY_TEXT_NORMALIZER_H_
