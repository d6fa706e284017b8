#include "match/word_match.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "match/word_match.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace samestory {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

WordMates MatchAll(const std::uint32_t* a, std::size_t size_a, const std::uint32_t* b,
                   std::size_t size_b, WordMask* equal) {
  const hn::CappedTag<std::uint32_t, kMatchStep> d;
  const std::size_t width = hn::Lanes(d);
  WordMates mates;
  for (std::size_t j = 0; j < size_b; j += width) {
    const auto values = hn::LoadU(d, b + j);
    const std::size_t count = size_b - j;
    const WordMask valid = (WordMask{1} << (count < width ? count : width)) - 1;
    for (std::size_t i = 0; i < size_a; ++i) {
      std::uint8_t bytes[8] = {};
      hn::StoreMaskBits(d, hn::Eq(hn::Set(d, a[i]), values), bytes);
      const WordMask bits = (bytes[0] | WordMask{bytes[1]} << 8) & valid;
      equal[i] = j == 0 ? bits : equal[i] | bits << j;
      mates.a |= WordMask{bits != 0} << i;
      mates.b |= bits << j;
    }
  }
  return mates;
}

}  // namespace HWY_NAMESPACE
}  // namespace samestory
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace samestory {
namespace {

HWY_EXPORT(MatchAll);

}  // namespace

WordMates MatchWords(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                     WordMask* equal) {
  if (b.empty()) {
    for (std::size_t i = 0; i < a.size(); ++i) equal[i] = 0;
    return {};
  }
  return HWY_DYNAMIC_DISPATCH(MatchAll)(a.data(), a.size(), b.data(), b.size(), equal);
}

}  // namespace samestory
#endif  // HWY_ONCE
