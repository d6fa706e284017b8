#include "engine/first_equal.h"

#include <algorithm>
#include <bit>
#include <compare>
#include <numeric>

namespace samestory {
namespace {

// Values that a partition should hold, so that it fits into a core's cache.
constexpr std::size_t kValues = 1 << 13;
constexpr unsigned kMostBits = 16;

struct Entry {
  std::uint64_t content;
  std::uint32_t i;
  auto operator<=>(const Entry&) const = default;
};

}  // namespace

std::vector<std::uint32_t> FindFirstEqual(
    std::size_t n, const std::function<std::uint64_t(std::size_t)>& content, WorkerPool& workers) {
  const auto bits = std::min(static_cast<unsigned>(std::bit_width(n / kValues)), kMostBits);
  const auto partition = [bits](std::uint64_t value) { return bits == 0 ? 0 : value >> (64 - bits); };
  std::vector<std::uint32_t> ends((std::size_t{1} << bits) + 1), dealt(n), first(n);
  for (std::size_t i = 0; i < n; ++i) ++ends[partition(content(i)) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  for (std::size_t i = 0; i < n; ++i) dealt[ends[partition(content(i))]++] = static_cast<std::uint32_t>(i);

  const auto find = [&](std::vector<Entry>& entries, std::size_t p) {
    entries.clear();
    for (std::size_t k = p == 0 ? 0 : ends[p - 1]; k < ends[p]; ++k) {
      entries.push_back({content(dealt[k]), dealt[k]});
    }
    std::sort(entries.begin(), entries.end());
    for (std::size_t k = 0; k < entries.size(); ++k) {
      const bool same = k > 0 && entries[k].content == entries[k - 1].content && entries[k].content != 0;
      first[entries[k].i] = same ? first[entries[k - 1].i] : entries[k].i;
    }
  };
  workers.ForEach(ends.size() - 1, 1, [&](int, std::size_t begin, std::size_t end) {
    std::vector<Entry> entries;
    for (std::size_t p = begin; p < end; ++p) find(entries, p);
  });
  return first;
}

}  // namespace samestory
