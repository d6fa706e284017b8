#include "engine/shingle_counts.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "text/sort_unique.h"

namespace samestory {
namespace {

// Of the bytes of small counters: a huge page at least.
constexpr unsigned kLeastBits = 21, kMostBits = 28;
constexpr std::size_t kMostBusy = 2;  // busy shingles of a prefix that are taken

// Sets up to this size have their prefix found by comparing all with all.
constexpr std::size_t kMostCompared = std::size_t{1} << 7;

// Moves the `wanted` rarest of `entries` (class of the count, shingle) to the front.
void SelectRarest(std::span<std::uint64_t> entries, std::size_t wanted) {
  const auto middle = entries.begin() + static_cast<std::ptrdiff_t>(wanted);
  if (middle != entries.end()) std::nth_element(entries.begin(), middle, entries.end());
}

}  // namespace

ShingleCounts::ShingleCounts(std::uint64_t num_shingles)
    : many_(std::size_t{1} << (32 - kManyShift)) {
  const auto wanted = static_cast<unsigned>(std::bit_width(num_shingles / 8));
  const unsigned bits = std::clamp(wanted, kLeastBits, kMostBits);
  few_shift_ = 32 - bits;
  few_ = internal::HugeArray<std::uint8_t>(std::size_t{1} << bits);
}

void ShingleCounts::Count(std::span<const std::uint32_t> set, int part, int parts) {
  // Parts are ranges of the larger counters, so ranges of the ascending set.
  const auto bound = [parts](int i) {
    return (std::uint64_t{1} << (32 - kManyShift)) * static_cast<std::uint64_t>(i) /
               static_cast<std::uint64_t>(parts)
           << kManyShift;
  };
  const std::uint64_t begin = bound(part), end = bound(part + 1);
  std::uint16_t spare = 0;  // counts what has room in a small counter, instead of a branch
  for (const std::uint32_t shingle : set) {
    if (shingle >= end) break;
    if (shingle < begin) continue;
    std::uint8_t& few = few_.data()[shingle >> few_shift_];
    const unsigned nibble = Nibble(shingle);
    const bool full = (few >> nibble & kMostFew) == kMostFew;
    few = static_cast<std::uint8_t>(few + (unsigned{!full} << nibble));
    std::uint16_t& more = full ? many_[shingle >> kManyShift] : spare;
    more = static_cast<std::uint16_t>(more + (more < kMostMore));
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
                std::uint16_t busy, std::vector<std::uint32_t>& prefix) {
  prefix.clear();
  if (set.empty()) return;
  const std::size_t length = set.size() - LeastOverlap(set.size(), threshold) + 1;
  thread_local std::vector<std::uint64_t> scratch;
  std::vector<std::uint64_t>& repeated = scratch;
  repeated.resize(set.size());
  std::size_t num_repeated = 0, num_busy = 0;
  for (const std::uint32_t shingle : set) {
    const std::uint32_t count = counts(shingle);
    repeated[num_repeated] = std::uint64_t{CountClass(count)} << 32 | shingle;
    num_repeated += count > 1;
    num_busy += count > busy;
  }
  const std::size_t num_single = set.size() - num_repeated;
  if (num_single >= length) return;
  const std::size_t wanted = std::min(length - num_single, num_repeated - num_busy + kMostBusy);
  const std::span<std::uint64_t> entries = std::span(repeated).first(num_repeated);
  if (num_repeated > kMostCompared) {
    SelectRarest(entries, std::min(wanted, num_repeated));
    for (const std::uint64_t entry : entries.first(std::min(wanted, num_repeated))) {
      prefix.push_back(static_cast<std::uint32_t>(entry));
    }
    return;
  }
  // By class, then by value: as the set ascends, its places may stand for the lower bits.
  std::array<std::uint32_t, kMostCompared + kRankRoom> keys, ranks;
  for (std::size_t i = 0; i < num_repeated; ++i) {
    const auto value = static_cast<std::uint32_t>(entries[i]);
    keys[i] = static_cast<std::uint32_t>(entries[i] >> 32) << 24 | value >> 15 << 7 |
              static_cast<std::uint32_t>(i);
  }
  RankAll(keys.data(), num_repeated, ranks.data());
  prefix.resize(num_repeated + 1);
  std::size_t taken = 0;
  for (std::size_t i = 0; i < num_repeated; ++i) {
    prefix[taken] = static_cast<std::uint32_t>(entries[i]);
    taken += ranks[i] < wanted;
  }
  prefix.resize(taken);
}

}  // namespace samestory
