#include "text/sort_unique.h"

#include <algorithm>
#include <bit>

namespace samestory {
namespace {

constexpr std::size_t kMaxBucketBits = 16;
// A bucket of more values than this is no bucket of evenly spread ones.
constexpr std::uint32_t kCrowded = 16;

void InsertionSort(std::uint32_t* begin, std::uint32_t* end) {
  for (std::uint32_t* i = begin + 1; i < end; ++i) {
    const std::uint32_t value = *i;
    std::uint32_t* j = i;
    for (; j > begin && j[-1] > value; --j) *j = j[-1];
    *j = value;
  }
}

}  // namespace

void SortUnique(std::vector<std::uint32_t>& values) {
  const std::size_t n = values.size();
  if (n < 2) return;
  if (n < 8) {
    InsertionSort(values.data(), values.data() + n);
  } else {
    // One bucket a value, or up to two: buckets hold one value on average or fewer.
    const auto bits =
        std::min<std::size_t>(static_cast<std::size_t>(std::bit_width(n)), kMaxBucketBits);
    const auto shift = static_cast<unsigned>(32 - bits);
    thread_local std::vector<std::uint32_t> ends, placed;
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
      std::uint32_t begin = 0;  // `ends` now holds the end of every bucket
      for (std::size_t b = 0; b + 1 < ends.size(); ++b) {
        std::sort(placed.begin() + begin, placed.begin() + ends[b]);
        begin = ends[b];
      }
    } else {
      InsertionSort(placed.data(), placed.data() + n);
    }
    std::copy_n(placed.begin(), n, values.begin());
  }
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace samestory
