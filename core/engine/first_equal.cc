#include "engine/first_equal.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace samestory {
namespace {

// Values that a partition should hold, so that its table fits into a core's cache.
constexpr std::size_t kValues = 1 << 13;
constexpr unsigned kMostBits = 16;

// A value by its place, with the lower half of its content: values of one partition with equal
// halves are hardly ever different.
using Entry = std::uint64_t;
constexpr Entry kFree = std::numeric_limits<std::uint32_t>::max();  // no value has this place
Entry MakeEntry(std::uint64_t content, std::size_t i) { return content << 32 | i; }
std::uint32_t Place(Entry entry) { return static_cast<std::uint32_t>(entry); }
std::uint32_t Half(Entry entry) { return static_cast<std::uint32_t>(entry >> 32); }

// Finds the first equal of a partition's entries, which ascend by place. `table` is open, by linear
// probing, at most half full (Knuth, TAOCP vol. 3, 6.4).
void FindWithin(std::span<const Entry> entries, std::span<const std::uint64_t> contents,
                std::vector<Entry>& table, std::vector<std::uint32_t>& first) {
  table.assign(std::bit_ceil(2 * entries.size() + 1), kFree);
  const std::size_t last = table.size() - 1;
  for (const Entry entry : entries) {
    const std::uint32_t i = Place(entry);
    first[i] = i;
    if (Half(entry) == 0 && contents[i] == 0) continue;
    std::size_t slot = Half(entry) & last;
    for (; table[slot] != kFree; slot = (slot + 1) & last) {
      if (Half(table[slot]) != Half(entry)) continue;
      if (contents[Place(table[slot])] == contents[i]) break;
    }
    if (table[slot] == kFree) {
      table[slot] = entry;
    } else {
      first[i] = Place(table[slot]);
    }
  }
}

}  // namespace

std::vector<std::uint32_t> FindFirstEqual(std::span<const std::uint64_t> contents,
                                          WorkerPool& workers) {
  const std::size_t n = contents.size();
  const auto bits = std::min(static_cast<unsigned>(std::bit_width(n / kValues)), kMostBits);
  const auto partition = [bits](std::uint64_t value) { return bits == 0 ? 0 : value >> (64 - bits); };
  std::vector<std::uint32_t> ends((std::size_t{1} << bits) + 1), first(n);
  std::vector<Entry> dealt(n);
  for (const std::uint64_t content : contents) ++ends[partition(content) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  for (std::size_t i = 0; i < n; ++i)
    dealt[ends[partition(contents[i])]++] = MakeEntry(contents[i], i);
  workers.ForEach(ends.size() - 1, 1, [&](int, std::size_t begin, std::size_t end) {
    std::vector<Entry> table;
    for (std::size_t p = begin; p < end; ++p) {
      const std::size_t from = p == 0 ? 0 : ends[p - 1];
      FindWithin(std::span(dealt).subspan(from, ends[p] - from), contents, table, first);
    }
  });
  return first;
}

}  // namespace samestory
