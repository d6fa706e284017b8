#include "text/sort_unique.h"

#include <algorithm>
#include <array>
#include <bit>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "text/sort_unique.cc"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace samestory {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Writes to ranks[i] how many of the `count` values are smaller than values[i]; returns their sum.
// Both arrays have room for two whole vectors; what stands behind the values gets ranks of no
// meaning.
std::size_t Rank(const std::uint32_t* HWY_RESTRICT values, std::size_t count,
                 std::uint32_t* HWY_RESTRICT ranks) {
  const HWY_CAPPED(std::uint32_t, 16) d;
  const std::size_t lanes = hn::Lanes(d);
  const auto one = hn::Set(d, 1);
  auto sum = hn::Zero(d);
  // Two vectors at a time, so that each value is spread over the lanes half as often.
  for (std::size_t i = 0; i < count; i += 2 * lanes) {
    const auto own = hn::LoadU(d, values + i), own2 = hn::LoadU(d, values + i + lanes);
    auto smaller = hn::Zero(d), smaller2 = hn::Zero(d);
    for (std::size_t j = 0; j < count; ++j) {
      const auto other = hn::Set(d, values[j]);
      smaller = hn::Add(smaller, hn::IfThenElseZero(hn::Lt(other, own), one));
      smaller2 = hn::Add(smaller2, hn::IfThenElseZero(hn::Lt(other, own2), one));
    }
    hn::StoreU(smaller, d, ranks + i);
    hn::StoreU(smaller2, d, ranks + i + lanes);
    sum = hn::Add(sum, hn::IfThenElseZero(hn::FirstN(d, count - i), smaller));
    if (i + lanes >= count) break;
    sum = hn::Add(sum, hn::IfThenElseZero(hn::FirstN(d, count - i - lanes), smaller2));
  }
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace samestory
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace samestory {

HWY_EXPORT(Rank);

namespace {

// Comparing all with all costs less than sorting up to about here.
constexpr std::size_t kMaxRanked = 128;
constexpr std::size_t kMaxBucketBits = 16;
// A bucket of more values than this is no bucket of evenly spread ones.
constexpr std::uint32_t kCrowded = 16;

// Sorts and drops repetitions of at most kMaxRanked values; returns how many are left.
std::size_t SortByRank(std::uint32_t* values, std::size_t count) {
  std::array<std::uint32_t, kMaxRanked + kRankRoom> padded, ranks;
  std::copy_n(values, count, padded.begin());
  const std::size_t sum = RankAll(padded.data(), count, ranks.data());
  for (std::size_t i = 0; i < count; ++i) values[ranks[i]] = padded[i];
  if (sum == count * (count - (count > 0)) / 2) return count;  // of two equal ones none is smaller
  // Equal values have one rank, and leave those behind it free.
  std::array<std::uint64_t, kMaxRanked / 64> taken{};
  for (std::size_t i = 0; i < count; ++i)
    taken[ranks[i] / 64] |= std::uint64_t{1} << (ranks[i] % 64);
  std::size_t kept = 0;
  for (std::size_t block = 0; block < taken.size(); ++block) {
    for (std::uint64_t bits = taken[block]; bits != 0; bits &= bits - 1) {
      values[kept++] = values[64 * block + static_cast<std::size_t>(std::countr_zero(bits))];
    }
  }
  return kept;
}

void InsertionSort(std::uint32_t* begin, std::uint32_t* end) {
  for (std::uint32_t* i = begin + 1; i < end; ++i) {
    const std::uint32_t value = *i;
    std::uint32_t* j = i;
    for (; j > begin && j[-1] > value; --j) *j = j[-1];
    *j = value;
  }
}

// Places every value in one of as many buckets as there are values, and sorts what is left to sort.
void SortByBucket(std::vector<std::uint32_t>& values) {
  const std::size_t n = values.size();
  const auto bits =
      std::min<std::size_t>(static_cast<std::size_t>(std::bit_width(n)), kMaxBucketBits);
  const auto shift = static_cast<unsigned>(32 - bits);
  thread_local std::vector<std::uint32_t> ends_scratch, placed_scratch;
  std::vector<std::uint32_t>& ends = ends_scratch;
  std::vector<std::uint32_t>& placed = placed_scratch;
  ends.assign((std::size_t{1} << bits) + 1, 0);
  placed.resize(std::max(placed.size(), n));
  for (const std::uint32_t value : values) ++ends[(value >> shift) + 1];
  std::uint32_t largest = 0, sum = 0;
  for (std::uint32_t& end : ends) {
    largest = std::max(largest, end);
    end = sum += end;
  }
  for (const std::uint32_t value : values) placed[ends[value >> shift]++] = value;
  if (largest > kCrowded) {
    std::sort(placed.begin(), placed.begin() + static_cast<std::ptrdiff_t>(n));
  } else {
    InsertionSort(placed.data(), placed.data() + n);
  }
  std::copy_n(placed.begin(), n, values.begin());
}

}  // namespace

std::size_t RankAll(std::uint32_t* values, std::size_t count, std::uint32_t* ranks) {
  std::fill_n(values + count, kRankRoom, 0u);
  return HWY_DYNAMIC_DISPATCH(Rank)(values, count, ranks);
}

void SortUnique(std::vector<std::uint32_t>& values) {
  if (values.size() <= kMaxRanked) {
    values.resize(SortByRank(values.data(), values.size()));
    return;
  }
  SortByBucket(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace samestory
#endif  // HWY_ONCE
