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

// A set of `size` has its prefix among `repeated` shingles that stand in other sets, of which
// `busy` are in too many: how many of the rarest it is.
std::size_t PrefixSize(std::size_t size, std::size_t repeated, std::size_t busy,
                       double threshold) {
  const std::size_t length = size - LeastOverlap(size, threshold) + 1;
  const std::size_t single = size - repeated;
  if (single >= length) return 0;
  return std::min({length - single, repeated - busy + kMostBusy, repeated});
}

void FindLongPrefix(std::span<const std::uint32_t> set, double threshold,
                    const ShingleCounts& counts, std::uint16_t bound,
                    std::vector<std::uint32_t>& prefix) {
  thread_local std::vector<std::uint64_t> scratch;  // class of the count, shingle
  std::vector<std::uint64_t>& repeated = scratch;
  repeated.clear();
  std::size_t busy = 0;
  for (const std::uint32_t shingle : set) {
    const std::uint32_t count = counts(shingle);
    if (count > 1) repeated.push_back(std::uint64_t{CountClass(count)} << 32 | shingle);
    busy += count > bound;
  }
  const std::size_t wanted = PrefixSize(set.size(), repeated.size(), busy, threshold);
  const auto end = repeated.begin() + static_cast<std::ptrdiff_t>(wanted);
  if (end != repeated.end()) std::nth_element(repeated.begin(), end, repeated.end());
  for (auto entry = repeated.begin(); entry != end; ++entry) {
    prefix.push_back(static_cast<std::uint32_t>(*entry));
  }
}

}  // namespace

ShingleCounts::ShingleCounts(std::uint64_t num_shingles)
    : many_(std::size_t{1} << (32 - kManyShift - 1)) {
  const auto wanted = static_cast<unsigned>(std::bit_width(num_shingles / 8));
  const unsigned bits = std::clamp(wanted, kLeastBits, kMostBits);
  few_shift_ = 32 - (bits + 1);
  few_ = internal::HugeArray<std::uint32_t>(std::size_t{1} << (bits - 2));
}

void ShingleCounts::Count(std::span<const std::uint32_t> set, int part, int parts) {
  // Parts are ranges of the words of larger counters, so ranges of the ascending set.
  const auto bound = [parts](int i) {
    return (std::uint64_t{1} << (32 - kManyShift - 1)) * static_cast<std::uint64_t>(i) /
               static_cast<std::uint64_t>(parts)
           << (kManyShift + 1);
  };
  const std::uint64_t first = bound(part), end = bound(part + 1);
  auto at = set.begin();
  if (first > 0) at = std::lower_bound(at, set.end(), static_cast<std::uint32_t>(first));
  // What has room in a small counter is counted in a spare one, instead of a branch; there are
  // several, so that counts need not wait for each other.
  std::array<std::uint32_t, 8> spare{};
  for (; at != set.end() && *at < end; ++at) {
    const std::uint32_t shingle = *at, small = shingle >> few_shift_;
    std::uint32_t& few = few_.data()[small >> 3];
    const unsigned few_at = 4 * (small & 7);
    const bool full = (few >> few_at & kMostFew) == kMostFew;
    few += std::uint32_t{!full} << few_at;
    const std::uint32_t wide = shingle >> kManyShift;
    const unsigned many_at = 16 * (wide & 1);
    std::uint32_t& more = full ? many_[wide >> 1] : spare[shingle & 7];
    more += std::uint32_t{(more >> many_at & 0xffff) < kMostMore} << many_at;
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
  if (set.size() > RepeatedShingles::kMost) {
    FindLongPrefix(set, threshold, counts, busy, prefix);
    return;
  }
  RepeatedShingles repeated;
  FindRepeated(set, counts.tables(), busy, repeated);
  const std::size_t wanted = PrefixSize(set.size(), repeated.size, repeated.busy, threshold);
  if (wanted == 0) return;
  // By class, then by value: as the set ascends, its places may stand for the lower bits.
  std::array<std::uint32_t, RepeatedShingles::kMost + kRankRoom> keys, ranks;
  for (std::size_t i = 0; i < repeated.size; ++i) {
    keys[i] = repeated.classes[i] << 24 | repeated.values[i] >> 15 << 7 |
              static_cast<std::uint32_t>(i);
  }
  RankAll(keys.data(), repeated.size, ranks.data());
  prefix.resize(repeated.size + 1);
  std::size_t taken = 0;
  for (std::size_t i = 0; i < repeated.size; ++i) {
    prefix[taken] = repeated.values[i];
    taken += ranks[i] < wanted;
  }
  prefix.resize(taken);
}

}  // namespace samestory
