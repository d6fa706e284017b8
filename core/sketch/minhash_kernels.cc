#include "sketch/minhash_kernels.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sketch/minhash_kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace samestory::internal::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Tag = HWY_CAPPED(std::uint32_t, kSignaturePadding);
using Vec = hn::Vec<Tag>;

// Vectors of minima at a time: enough independent work to hide the latency of the multiply, few
// enough that minima, multipliers and addends stay in the 16 registers of AVX2 and SSE.
constexpr std::size_t kGroup = 4;

// Writes kVectors vectors of minima, kVectors from 1 to kGroup. Spelled out because vectors of
// unknown width cannot stand in arrays.
template <std::size_t kVectors>
HWY_INLINE void SignGroup(std::span<const std::uint32_t> shingles, const std::uint32_t* multipliers,
                          const std::uint32_t* addends, std::uint32_t* signature) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  // Where a vector does not take part, it repeats the one before, which the compiler drops.
  constexpr std::size_t k1 = kVectors > 1 ? 1 : 0;
  constexpr std::size_t k2 = kVectors > 2 ? 2 : k1;
  constexpr std::size_t k3 = kVectors > 3 ? 3 : k2;
  const Vec a0 = hn::LoadU(d, multipliers), b0 = hn::LoadU(d, addends);
  const Vec a1 = hn::LoadU(d, multipliers + k1 * lanes), b1 = hn::LoadU(d, addends + k1 * lanes);
  const Vec a2 = hn::LoadU(d, multipliers + k2 * lanes), b2 = hn::LoadU(d, addends + k2 * lanes);
  const Vec a3 = hn::LoadU(d, multipliers + k3 * lanes), b3 = hn::LoadU(d, addends + k3 * lanes);
  Vec m0 = hn::Set(d, 0xffffffffu), m1 = m0, m2 = m0, m3 = m0;
  for (const std::uint32_t shingle : shingles) {
    const Vec x = hn::Set(d, shingle);
    m0 = hn::Min(m0, hn::Add(hn::Mul(x, a0), b0));
    if (kVectors > 1) m1 = hn::Min(m1, hn::Add(hn::Mul(x, a1), b1));
    if (kVectors > 2) m2 = hn::Min(m2, hn::Add(hn::Mul(x, a2), b2));
    if (kVectors > 3) m3 = hn::Min(m3, hn::Add(hn::Mul(x, a3), b3));
  }
  hn::StoreU(m0, d, signature);
  if (kVectors > 1) hn::StoreU(m1, d, signature + lanes);
  if (kVectors > 2) hn::StoreU(m2, d, signature + 2 * lanes);
  if (kVectors > 3) hn::StoreU(m3, d, signature + 3 * lanes);
}

// The last values, fewer than a whole group.
void SignRest(std::span<const std::uint32_t> shingles, const std::uint32_t* multipliers,
              const std::uint32_t* addends, std::span<std::uint32_t> signature) {
  const std::size_t lanes = hn::Lanes(Tag());
  std::uint32_t rest[kGroup * kSignaturePadding];
  switch ((signature.size() + lanes - 1) / lanes) {
    case 1:
      SignGroup<1>(shingles, multipliers, addends, rest);
      break;
    case 2:
      SignGroup<2>(shingles, multipliers, addends, rest);
      break;
    case 3:
      SignGroup<3>(shingles, multipliers, addends, rest);
      break;
    default:
      SignGroup<kGroup>(shingles, multipliers, addends, rest);
      break;
  }
  std::copy_n(rest, signature.size(), signature.data());
}

void SignVector(std::span<const std::uint32_t> shingles, const std::uint32_t* multipliers,
                const std::uint32_t* addends, std::span<std::uint32_t> signature) {
  const std::size_t step = kGroup * hn::Lanes(Tag());
  std::size_t i = 0;
  for (; i + step <= signature.size(); i += step) {
    SignGroup<kGroup>(shingles, multipliers + i, addends + i, signature.data() + i);
  }
  if (i < signature.size()) {
    SignRest(shingles, multipliers + i, addends + i, signature.subspan(i));
  }
}

std::size_t CountEqual(const std::uint32_t* a, const std::uint32_t* b, std::size_t n) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t equal = 0, i = 0;
  for (; i + lanes <= n; i += lanes) {
    equal += hn::CountTrue(d, hn::Eq(hn::LoadU(d, a + i), hn::LoadU(d, b + i)));
  }
  for (; i < n; ++i) equal += a[i] == b[i];
  return equal;
}

const char* VectorTarget() { return hwy::TargetName(HWY_TARGET); }

}  // namespace samestory::internal::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace samestory::internal {

HWY_EXPORT(SignVector);
HWY_EXPORT(CountEqual);
HWY_EXPORT(VectorTarget);

void SignVector(std::span<const std::uint32_t> shingles, const std::uint32_t* multipliers,
                const std::uint32_t* addends, std::span<std::uint32_t> signature) {
  HWY_DYNAMIC_DISPATCH(SignVector)(shingles, multipliers, addends, signature);
}

std::size_t CountEqual(const std::uint32_t* a, const std::uint32_t* b, std::size_t n) {
  return HWY_DYNAMIC_DISPATCH(CountEqual)(a, b, n);
}

const char* VectorTarget() { return HWY_DYNAMIC_DISPATCH(VectorTarget)(); }

}  // namespace samestory::internal
#endif  // HWY_ONCE
