#include "sketch/minhash_kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sketch/minhash_kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace samestory::internal::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Tag = HWY_CAPPED(std::uint32_t, kSignaturePadding);
using Vec = hn::Vec<Tag>;

// Four vectors of minima at a time: enough independent work to hide the latency of the multiply,
// few enough that minima, multipliers and addends stay in the 16 registers of AVX2 and SSE.
constexpr std::size_t kGroup = 4;

struct Minima {
  Vec v0, v1, v2, v3;
};

// One vector of minima.
HWY_INLINE Vec SignOne(std::span<const std::uint32_t> shingles, const std::uint32_t* multipliers,
                       const std::uint32_t* addends) {
  const Tag d;
  const Vec a = hn::LoadU(d, multipliers);
  const Vec b = hn::LoadU(d, addends);
  Vec minimum = hn::Set(d, 0xffffffffu);
  for (const std::uint32_t shingle : shingles) {
    minimum = hn::Min(minimum, hn::Add(hn::Mul(hn::Set(d, shingle), a), b));
  }
  return minimum;
}

// kGroup vectors of minima. Spelled out because vectors of unknown width cannot stand in arrays.
HWY_INLINE Minima SignGroup(std::span<const std::uint32_t> shingles,
                            const std::uint32_t* multipliers, const std::uint32_t* addends) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  const Vec a0 = hn::LoadU(d, multipliers), b0 = hn::LoadU(d, addends);
  const Vec a1 = hn::LoadU(d, multipliers + lanes), b1 = hn::LoadU(d, addends + lanes);
  const Vec a2 = hn::LoadU(d, multipliers + 2 * lanes), b2 = hn::LoadU(d, addends + 2 * lanes);
  const Vec a3 = hn::LoadU(d, multipliers + 3 * lanes), b3 = hn::LoadU(d, addends + 3 * lanes);
  const Vec all = hn::Set(d, 0xffffffffu);
  Minima m{all, all, all, all};
  for (const std::uint32_t shingle : shingles) {
    const Vec x = hn::Set(d, shingle);
    m.v0 = hn::Min(m.v0, hn::Add(hn::Mul(x, a0), b0));
    m.v1 = hn::Min(m.v1, hn::Add(hn::Mul(x, a1), b1));
    m.v2 = hn::Min(m.v2, hn::Add(hn::Mul(x, a2), b2));
    m.v3 = hn::Min(m.v3, hn::Add(hn::Mul(x, a3), b3));
  }
  return m;
}

void SignVector(std::span<const std::uint32_t> shingles, const std::uint32_t* multipliers,
                const std::uint32_t* addends, std::span<std::uint32_t> signature) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  std::uint32_t* const out = signature.data();
  const std::size_t n = signature.size();
  std::size_t i = 0;
  for (; i + kGroup * lanes <= n; i += kGroup * lanes) {
    const Minima m = SignGroup(shingles, multipliers + i, addends + i);
    hn::StoreU(m.v0, d, out + i);
    hn::StoreU(m.v1, d, out + i + lanes);
    hn::StoreU(m.v2, d, out + i + 2 * lanes);
    hn::StoreU(m.v3, d, out + i + 3 * lanes);
  }
  for (; i + lanes <= n; i += lanes) {
    hn::StoreU(SignOne(shingles, multipliers + i, addends + i), d, out + i);
  }
  if (i < n) {
    HWY_ALIGN std::uint32_t last[kSignaturePadding];
    hn::Store(SignOne(shingles, multipliers + i, addends + i), d, last);
    for (std::size_t lane = 0; i < n; ++i, ++lane) out[i] = last[lane];
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
