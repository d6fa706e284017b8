#include "engine/first_equal.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "base/huge_memory.h"

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
void FindWithin(std::span<const Entry> entries, const RankedContents& contents,
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

// The entries of all values, partition after partition.
class Dealt {
 public:
  Dealt(const RankedContents& contents, WorkerPool& workers)
      : bits_(
            std::min(static_cast<unsigned>(std::bit_width(contents.size() / kValues)), kMostBits)),
        ends_(static_cast<std::size_t>(workers.size()), std::vector<std::uint32_t>(size())),
        entries_(contents.size()) {
    const auto for_each = [&](auto visit) {
      workers.ForEach(contents.size(), kValues,
                      [&](int worker, std::size_t begin, std::size_t end) {
                        std::vector<std::uint32_t>& ends = ends_[static_cast<std::size_t>(worker)];
                        for (std::size_t i = begin; i < end; ++i)
                          visit(ends[PartitionOf(contents[i])], i);
                      });
    };
    for_each([](std::uint32_t& count, std::size_t) { ++count; });
    std::uint32_t sum = 0;  // workers have ascending values, so those of a partition ascend
    for (std::size_t partition = 0; partition < size(); ++partition) {
      for (std::vector<std::uint32_t>& ends : ends_) {
        sum += std::exchange(ends[partition], sum);
      }
    }
    for_each(
        [&](std::uint32_t& end, std::size_t i) { entries_[end++] = MakeEntry(contents[i], i); });
  }

  std::size_t size() const { return std::size_t{1} << bits_; }
  std::span<const Entry> operator[](std::size_t partition) const {
    const std::size_t begin = partition == 0 ? 0 : ends_.back()[partition - 1];
    return std::span(entries_).subspan(begin, ends_.back()[partition] - begin);
  }

 private:
  std::size_t PartitionOf(std::uint64_t content) const {
    return bits_ == 0 ? 0 : content >> (64 - bits_);
  }

  unsigned bits_;
  std::vector<std::vector<std::uint32_t>> ends_;  // of a worker's part of a partition
  std::vector<Entry, internal::HugeAllocator<Entry>> entries_;
};

}  // namespace

std::vector<std::uint32_t> FindFirstEqual(const RankedContents& contents, WorkerPool& workers) {
  std::vector<std::uint32_t> first(contents.size());
  const Dealt dealt(contents, workers);
  workers.ForEach(dealt.size(), 1, [&](int, std::size_t begin, std::size_t end) {
    std::vector<Entry> table;
    for (std::size_t p = begin; p < end; ++p) FindWithin(dealt[p], contents, table, first);
  });
  return first;
}

}  // namespace samestory
