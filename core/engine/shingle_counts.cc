#include "engine/shingle_counts.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "index/huge_memory.h"

namespace samestory {
namespace {

constexpr unsigned kLeastBits = 21, kMostBits = 28;  // a huge page at least
constexpr std::uint8_t kMostCounted = 255;
constexpr std::ptrdiff_t kMostBusy = 2;  // busy shingles of a prefix that are taken

}  // namespace

ShingleCounts::ShingleCounts(std::uint64_t num_shingles) {
  const auto bits = static_cast<unsigned>(std::bit_width(num_shingles / 2));
  shift_ = 32 - std::clamp(bits, kLeastBits, kMostBits);
  size_ = std::size_t{1} << (32 - shift_);
  static_assert((std::size_t{1} << kLeastBits) % internal::kHugePage == 0);
  counts_ = {static_cast<std::uint8_t*>(internal::AllocateHuge(size_)), FreeCounts{size_}};
}

void ShingleCounts::FreeCounts::operator()(std::uint8_t* counts) const {
  internal::FreeHuge(counts, bytes);
}

void ShingleCounts::Count(std::span<const std::uint32_t> set, int part, int parts) {
  // Parts are ranges of counters, so ranges of the ascending set.
  const auto bound = [&](int i) { return size_ * static_cast<std::size_t>(i) / parts; };
  const std::size_t begin = bound(part), end = bound(part + 1);
  for (const std::uint32_t shingle : set) {
    const std::size_t at = shingle >> shift_;
    if (at >= end) break;
    std::uint8_t& count = counts_.get()[at];
    if (at >= begin) count += count < kMostCounted;
  }
}

std::size_t LeastOverlap(std::size_t size, double threshold) {
  const auto n = static_cast<double>(size);
  auto overlap = static_cast<std::size_t>(std::ceil(threshold * n));
  // To the letter of `overlap / union >= threshold`, whatever the product was rounded to.
  while (overlap > 1 && static_cast<double>(overlap - 1) / n >= threshold) --overlap;
  while (overlap < size && static_cast<double>(overlap) / n < threshold) ++overlap;
  return std::max<std::size_t>(overlap, 1);
}

void FindPrefix(std::span<const std::uint32_t> set, double threshold, const ShingleCounts& counts,
                std::uint8_t busy, std::vector<std::uint32_t>& prefix) {
  thread_local std::vector<std::uint64_t> repeated_scratch;
  std::vector<std::uint64_t>& repeated = repeated_scratch;
  prefix.clear();
  if (set.empty()) return;
  std::size_t length = set.size() - LeastOverlap(set.size(), threshold) + 1;
  repeated.resize(set.size());
  std::size_t num_repeated = 0;
  for (const std::uint32_t shingle : set) {
    const std::uint64_t count = counts(shingle);
    repeated[num_repeated] = count << 32 | shingle;
    num_repeated += count > 1;
  }
  const std::size_t num_single = set.size() - num_repeated;
  if (num_single >= length) return;
  length -= num_single;
  const auto begin = repeated.begin();
  const auto middle = begin + static_cast<std::ptrdiff_t>(length);
  const auto end = begin + static_cast<std::ptrdiff_t>(num_repeated);
  if (middle != end) std::nth_element(begin, middle, end);
  const auto first_busy =
      std::partition(begin, middle, [busy](std::uint64_t entry) { return entry >> 32 <= busy; });
  const auto last = std::min(first_busy + kMostBusy, middle);
  if (last != middle) std::nth_element(first_busy, last, middle);
  for (auto at = begin; at != last; ++at) prefix.push_back(static_cast<std::uint32_t>(*at));
}

}  // namespace samestory
