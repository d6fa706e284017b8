// Counts of bits take one instruction there.
#define HWY_WANT_AVX3_DL
#include "engine/set_sketch.h"

#include <algorithm>
#include <bit>
#include <cmath>

#ifndef SAMESTORY_ENGINE_SHARE_BITS_
#define SAMESTORY_ENGINE_SHARE_BITS_
namespace samestory {
inline constexpr int kShareBits = 20;  // of a fixed-point share of a size

// What stands in a SketchTable.
struct SketchArrays {
  const std::uint64_t* maps;
  const std::int64_t *sizes, *needs;
  std::size_t stride, words;
};
}  // namespace samestory
#endif

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/set_sketch.cc"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace samestory {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Writes to `passing` the places that pass; returns how many. The arrays can be read for a vector
// behind the last place. `kWords`: of a map, where it is one; else 0.
template <std::size_t kWords>
HWY_INLINE std::size_t FindPassingOf(const SketchArrays& table, std::size_t place,
                                     std::size_t begin, std::size_t end,
                                     std::uint32_t* HWY_RESTRICT passing) {
  const HWY_CAPPED(std::int64_t, 8) d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const std::size_t lanes = hn::Lanes(d);
  const auto own_size = hn::Set(d, table.sizes[place]), own_need = hn::Set(d, table.needs[place]);
  std::size_t count = 0;
  for (std::size_t i = begin; i < end; i += lanes) {
    auto only_own = hn::Zero(d), only_other = hn::Zero(d);
    for (std::size_t w = 0; w < (kWords == 0 ? table.words : kWords); ++w) {
      const std::uint64_t* const maps = table.maps + w * table.stride;
      const auto own = hn::Set(du, maps[place]), other = hn::LoadU(du, maps + i);
      only_own = hn::Add(only_own, hn::BitCast(d, hn::PopulationCount(hn::AndNot(other, own))));
      only_other = hn::Add(only_other, hn::BitCast(d, hn::PopulationCount(hn::AndNot(own, other))));
    }
    const auto size = hn::LoadU(d, table.sizes + i);
    // Sizes are below 2^32, and so is what they share.
    const auto left_own = hn::Sub(own_size, only_own), left_other = hn::Sub(size, only_other);
    const auto shared = hn::IfThenElse(hn::Lt(left_own, left_other), left_own, left_other);
    const auto needed = hn::Add(own_need, hn::LoadU(d, table.needs + i));
    const auto passes = hn::Not(hn::Lt(hn::ShiftLeft<kShareBits>(shared), needed));
    const auto found = hn::And(passes, hn::FirstN(d, end - i));
    if (hn::AllFalse(d, found)) continue;  // most often
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(d, found, bits);
    for (unsigned left = bits[0]; left != 0; left &= left - 1) {
      passing[count++] =
          static_cast<std::uint32_t>(i) + static_cast<std::uint32_t>(__builtin_ctz(left));
    }
  }
  return count;
}

std::size_t FindPassing(const SketchArrays& table, std::size_t place, std::size_t begin,
                        std::size_t end, std::uint32_t* passing) {
  return FindPassingOf<0>(table, place, begin, end, passing);
}

template <std::size_t kWords>
void FindAllPassingOf(const SketchArrays& table, std::size_t begin, std::size_t end,
                      std::uint32_t* HWY_RESTRICT passing, std::uint32_t* HWY_RESTRICT ends) {
  std::size_t count = 0;
  for (std::size_t place = begin; place < end; ++place) {
    count += FindPassingOf<kWords>(table, place, begin, place, passing + count);
    ends[place - begin] = static_cast<std::uint32_t>(count);
  }
}

void FindAllPassing(const SketchArrays& table, std::size_t begin, std::size_t end,
                    std::uint32_t* passing, std::uint32_t* ends) {
  if (table.words == 1) {
    FindAllPassingOf<1>(table, begin, end, passing, ends);
  } else {
    FindAllPassingOf<0>(table, begin, end, passing, ends);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace samestory
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace samestory {
namespace {

HWY_EXPORT(FindPassing);
HWY_EXPORT(FindAllPassing);

// Bits a shingle: with two, unlike sets differ in two thirds of their bits.
constexpr double kBitsPerShingle = 2;
constexpr std::size_t kMostWords = 32;

constexpr std::size_t kMostLanes = 8;

// Sketches fetched from memory while others are copied.
constexpr std::size_t kAhead = 32;

}  // namespace

SetSketches::SetSketches(std::size_t count, double mean_size)
    : words_(std::clamp<std::size_t>(
          std::bit_ceil(static_cast<std::size_t>(mean_size * kBitsPerShingle / 64 + 0.5)), 1,
          kMostWords)),
      data_(count * (2 * words_ + 1)) {}

void SetSketches::Set(std::size_t i, std::span<const std::uint32_t> set) {
  std::uint32_t* const at = At(i);
  *at = static_cast<std::uint32_t>(set.size());
  if (words_ == 1) {  // in a register
    std::uint64_t map = 0;
    for (const std::uint32_t shingle : set) map |= std::uint64_t{1} << (shingle & 63);
    std::memcpy(at + 1, &map, sizeof(map));
    return;
  }
  std::uint64_t map[kMostWords] = {};
  const std::size_t last = words_ - 1;
  for (const std::uint32_t shingle : set) {
    map[(shingle >> 6) & last] |= std::uint64_t{1} << (shingle & 63);
  }
  std::memcpy(at + 1, map, words_ * sizeof(map[0]));
}

// Rounded down, and by a little more than the rounding of a Jaccard, so that nothing is missed.
SketchTable::SketchTable(double threshold)
    : share_(static_cast<std::int64_t>(
          std::floor((threshold / (1 + threshold) - 1e-9) * double{1 << kShareBits}))) {}

void SketchTable::Load(const SetSketches& sketches, std::span<const std::uint64_t> entries) {
  words_ = sketches.words();
  stride_ = entries.size() + kMostLanes;
  maps_.resize(std::max(maps_.size(), words_ * stride_));
  sizes_.resize(std::max(sizes_.size(), stride_));
  needs_.resize(sizes_.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto set = static_cast<std::uint32_t>(entries[i]);
    if (i + kAhead < entries.size()) {
      sketches.Prefetch(static_cast<std::uint32_t>(entries[i + kAhead]));
    }
    sizes_[i] = static_cast<std::int64_t>(sketches.size(set));
    needs_[i] = share_ * sizes_[i];
    for (std::size_t w = 0; w < words_; ++w) maps_[w * stride_ + i] = sketches.map(set, w);
  }
}

void SketchTable::Find(std::size_t place, std::size_t begin, std::size_t end,
                       std::vector<std::uint32_t>& passing) const {
  const std::size_t before = passing.size();
  passing.resize(before + (end - begin));
  const SketchArrays table{maps_.data(), sizes_.data(), needs_.data(), stride_, words_};
  const std::size_t count =
      HWY_DYNAMIC_DISPATCH(FindPassing)(table, place, begin, end, passing.data() + before);
  passing.resize(before + count);
}

void SketchTable::FindWithin(std::size_t begin, std::size_t end,
                             std::vector<std::uint32_t>& passing,
                             std::vector<std::uint32_t>& ends) const {
  const std::size_t n = end - begin;
  ends.resize(n);
  passing.resize(std::max(passing.size(), n * n / 2));
  const SketchArrays table{maps_.data(), sizes_.data(), needs_.data(), stride_, words_};
  HWY_DYNAMIC_DISPATCH(FindAllPassing)(table, begin, end, passing.data(), ends.data());
}

void SketchTable::FindScalar(std::size_t place, std::size_t begin, std::size_t end,
                             std::vector<std::uint32_t>& passing) const {
  for (std::size_t i = begin; i < end; ++i) {
    std::int64_t only_own = 0, only_other = 0;
    for (std::size_t w = 0; w < words_; ++w) {
      const std::uint64_t own = maps_[w * stride_ + place], other = maps_[w * stride_ + i];
      only_own += std::popcount(own & ~other);
      only_other += std::popcount(other & ~own);
    }
    const std::int64_t shared = std::min(sizes_[place] - only_own, sizes_[i] - only_other);
    if (shared << kShareBits >= needs_[place] + needs_[i]) {
      passing.push_back(static_cast<std::uint32_t>(i));
    }
  }
}

}  // namespace samestory
#endif  // HWY_ONCE
