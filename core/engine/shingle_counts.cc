#include "engine/shingle_counts.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace samestory {
namespace {

// Of the bytes of small counters.
constexpr unsigned kLeastBits = 17, kMostBits = 28;
constexpr std::size_t kMostBusy = 2;  // busy shingles of a prefix that are taken

// Of a prefix of `length` how many shingles of a set are taken.
std::size_t PrefixSize(std::size_t length, std::size_t set_size, std::size_t busy) {
  return std::min({length, set_size - busy + kMostBusy, set_size});
}

void FindLongPrefix(std::span<const std::uint32_t> set, std::size_t length,
                    const ShingleCounts& counts, std::uint16_t bound,
                    std::vector<std::uint32_t>& places) {
  thread_local std::vector<std::uint64_t> scratch;  // class of the count, place
  std::vector<std::uint64_t>& ranked = scratch;
  ranked.clear();
  std::size_t busy = 0;
  for (std::size_t place = 0; place < set.size(); ++place) {
    const std::uint32_t count = counts(set[place]);
    ranked.push_back(std::uint64_t{CountClass(count)} << 32 | place);
    busy += count > bound;
  }
  const std::size_t wanted = PrefixSize(length, set.size(), busy);
  const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(wanted);
  if (end != ranked.end()) std::nth_element(ranked.begin(), end, ranked.end());
  for (auto entry = ranked.begin(); entry != end; ++entry) {
    places.push_back(static_cast<std::uint32_t>(*entry));
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

ShingleCounts::Counter::Counter(ShingleCounts& counts, int part, int parts) : counts_(counts) {
  // Parts have no word of either kind of counters in common.
  const unsigned shift = std::max(kManyShift + 1, counts.few_shift_ + 3);
  const auto bound = [parts, shift](int i) {
    return (std::uint64_t{1} << (32 - shift)) * static_cast<std::uint64_t>(i) /
               static_cast<std::uint64_t>(parts)
           << shift;
  };
  first_ = bound(part);
  end_ = bound(part + 1);
}

void ShingleCounts::Counter::Add(std::span<const std::uint32_t> set) {
  auto at = set.begin();
  if (first_ > 0) at = std::lower_bound(at, set.end(), static_cast<std::uint32_t>(first_));
  std::uint32_t* const few = counts_.few_.data();
  const unsigned few_shift = counts_.few_shift_;
  for (; at != set.end() && *at < end_; ++at) {
    const std::uint32_t shingle = *at, small = shingle >> few_shift;
    const unsigned few_at = 4 * (small & 7);
    const bool full = (few[small >> 3] >> few_at & kMostFew) == kMostFew;
    few[small >> 3] += std::uint32_t{!full} << few_at;
    __builtin_prefetch(full ? &counts_.many_[shingle >> (kManyShift + 1)] : &waiting_[0], 1);
    waiting_[num_waiting_] = shingle;
    num_waiting_ += full;
    if (num_waiting_ == waiting_.size()) Flush();
  }
}

void ShingleCounts::Counter::Flush() {
  for (std::size_t i = 0; i < num_waiting_; ++i) {
    const std::uint32_t wide = waiting_[i] >> kManyShift;
    const unsigned at = 16 * (wide & 1);
    std::uint32_t& more = counts_.many_[wide >> 1];
    more += std::uint32_t{(more >> at & 0xffff) < kMostMore} << at;
  }
  num_waiting_ = 0;
}

std::size_t LeastOverlap(std::size_t size, double threshold) {
  const auto n = static_cast<double>(size);
  auto overlap = static_cast<std::size_t>(std::ceil(threshold * n));
  // To the letter of `overlap / union >= threshold`, whatever the product was rounded to.
  while (overlap > 1 && static_cast<double>(overlap - 1) / n >= threshold) --overlap;
  while (overlap < size && static_cast<double>(overlap) / n < threshold) ++overlap;
  return std::max<std::size_t>(overlap, 1);
}

PrefixLengths::PrefixLengths(double threshold) : threshold_(threshold) {
  for (std::size_t size = 1; size < short_.size(); ++size) {
    short_[size] = static_cast<std::uint16_t>(Compute(size));
  }
}

void FindPrefix(std::span<const std::uint32_t> set, const PrefixLengths& lengths,
                const ShingleCounts& counts, std::uint16_t busy,
                std::vector<std::uint32_t>& places) {
  places.clear();
  if (set.empty()) return;
  const std::size_t length = lengths(set.size());
  if (set.size() > kMostRanked) {
    FindLongPrefix(set, length, counts, busy, places);
    return;
  }
  RankedShingles ranked;
  RankShingles(set, counts.tables(), length, busy, ranked);
  // A set ascends, so that its places stand for its shingles.
  std::iota(ranked.values, ranked.values + set.size(), 0u);
  const std::size_t wanted = PrefixSize(length, set.size(), ranked.busy);
  places.resize(wanted + kRankedRoom);
  SelectRarest(ranked, wanted, places.data());
  places.resize(wanted);
}

}  // namespace samestory
