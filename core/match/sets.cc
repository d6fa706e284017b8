#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "samestory/match.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "match/sets.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace samestory {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Eight lanes at most: every lane of one block meets every lane of the other, so
// wider blocks cost more comparisons than they save steps.
using Lanes = hn::CappedTag<std::uint32_t, 8>;

// Lanes of `a` that are equal to any lane of `b`.
template <class V>
HWY_INLINE hn::Mask<Lanes> AnyEqual([[maybe_unused]] Lanes d, V a, V b) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Eq(a, b);
#else
  const auto b1 = hn::Shuffle0321(b), b2 = hn::Shuffle1032(b), b3 = hn::Shuffle2103(b);
  auto equal = hn::Or(hn::Or(hn::Eq(a, b), hn::Eq(a, b1)), hn::Or(hn::Eq(a, b2), hn::Eq(a, b3)));
  if (hn::Lanes(d) > 4) {
    const auto c = hn::ReverseBlocks(d, b), c1 = hn::ReverseBlocks(d, b1);
    const auto c2 = hn::ReverseBlocks(d, b2), c3 = hn::ReverseBlocks(d, b3);
    equal = hn::Or(
        equal, hn::Or(hn::Or(hn::Eq(a, c), hn::Eq(a, c1)), hn::Or(hn::Eq(a, c2), hn::Eq(a, c3))));
  }
  return equal;
#endif
}

// A sorted set read in blocks; the last block is filled up with its last value.
class BlockReader {
 public:
  BlockReader(const std::uint32_t* data, std::size_t size, std::size_t width)
      : data_(data), size_(size), width_(width) {
    const std::size_t rest = size % width;
    whole_ = size - rest;
    for (std::size_t i = 0; rest != 0 && i < width; ++i) {
      tail_[i] = data[std::min(whole_ + i, size - 1)];
    }
  }
  bool done() const { return at_ >= size_; }
  const std::uint32_t* block() const { return at_ < whole_ ? data_ + at_ : tail_; }
  std::size_t count() const { return std::min(width_, size_ - at_); }
  std::uint32_t last() const { return data_[std::min(at_ + width_, size_) - 1]; }
  void Next() { at_ += width_; }

 private:
  const std::uint32_t* data_;
  std::size_t size_, width_, whole_ = 0, at_ = 0;
  std::uint32_t tail_[8];
};

// Both sets advance in blocks, the one with the smaller last value first (after
// Inoue, Ohara, Taura, "Faster set intersection with SIMD instructions by reducing
// branch mispredictions", VLDB 2014). Lanes of `a` are counted, each at most once.
std::size_t Intersect(const std::uint32_t* a, std::size_t size_a, const std::uint32_t* b,
                      std::size_t size_b) {
  const Lanes d;
  const std::size_t width = hn::Lanes(d);
  BlockReader in_a(a, size_a, width), in_b(b, size_b, width);
  std::size_t count = 0;
  while (!in_a.done() && !in_b.done()) {
    const auto equal = AnyEqual(d, hn::LoadU(d, in_a.block()), hn::LoadU(d, in_b.block()));
    count += hn::CountTrue(d, hn::And(equal, hn::FirstN(d, in_a.count())));
    const std::uint32_t last_a = in_a.last(), last_b = in_b.last();
    if (last_a <= last_b) in_a.Next();
    if (last_b <= last_a) in_b.Next();
  }
  return count;
}

}  // namespace HWY_NAMESPACE
}  // namespace samestory
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace samestory {
namespace {

HWY_EXPORT(Intersect);

// From this ratio of sizes a search for every value of the smaller set is cheaper
// than reading all of the larger one.
constexpr std::size_t kGallopRatio = 32;

// Doubling steps, then a binary search, from where the last search ended (Bentley,
// Yao, "An almost optimal algorithm for unbounded searching", 1976).
std::size_t Gallop(std::span<const std::uint32_t> small, std::span<const std::uint32_t> large) {
  std::size_t count = 0, from = 0;
  for (const std::uint32_t value : small) {
    std::size_t step = 1;
    while (from + step < large.size() && large[from + step] < value) step *= 2;
    const auto begin = large.begin() + static_cast<std::ptrdiff_t>(from + step / 2);
    const auto end =
        large.begin() + static_cast<std::ptrdiff_t>(std::min(from + step + 1, large.size()));
    const auto found = std::lower_bound(begin, end, value);
    if (found == large.end()) break;
    from = static_cast<std::size_t>(found - large.begin());
    count += *found == value;
  }
  return count;
}

}  // namespace

std::size_t IntersectionSize(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  if (a.empty() || b.empty()) return 0;
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() * kGallopRatio < b.size()) return Gallop(a, b);
  return HWY_DYNAMIC_DISPATCH(Intersect)(a.data(), a.size(), b.data(), b.size());
}

double Jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  if (a.empty() || b.empty()) return 0;
  const std::size_t shared = IntersectionSize(a, b);
  return static_cast<double>(shared) / static_cast<double>(a.size() + b.size() - shared);
}

double Containment(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  if (a.empty()) return 0;
  return static_cast<double>(IntersectionSize(a, b)) / static_cast<double>(a.size());
}

}  // namespace samestory
#endif  // HWY_ONCE
