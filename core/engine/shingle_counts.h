#ifndef SAMESTORY_ENGINE_SHINGLE_COUNTS_H_
#define SAMESTORY_ENGINE_SHINGLE_COUNTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace samestory {

/// In how many sets a shingle stands, counted up to 255 and never too low: shingles share
/// counters, about two to one.
class ShingleCounts {
 public:
  /// For sets of `num_shingles` shingles in all. Memory: about half a byte a shingle.
  explicit ShingleCounts(std::uint64_t num_shingles);

  /// False where memory ran out: nothing can then be counted.
  bool ok() const { return counts_ != nullptr; }

  /// Counts those shingles of the set (ascending) that are in part `part` of `parts`.
  /// Calls for different parts may run side by side; together all parts count each
  /// shingle once.
  void Count(std::span<const std::uint32_t> set, int part, int parts);

  /// Hints that the counts of the set are asked for soon: they stand all over the memory.
  void Prefetch(std::span<const std::uint32_t> set) const {
    for (const std::uint32_t shingle : set) __builtin_prefetch(counts_.get() + (shingle >> shift_));
  }

  std::uint8_t operator()(std::uint32_t shingle) const { return counts_.get()[shingle >> shift_]; }

 private:
  struct FreeCounts {
    std::size_t bytes;
    void operator()(std::uint8_t* counts) const;
  };

  unsigned shift_;
  std::size_t size_;
  std::unique_ptr<std::uint8_t, FreeCounts> counts_{nullptr, {0}};  // on huge pages: they are read at random
};

/// Fewest shingles that a set of `size` shares with any set of Jaccard `threshold` or more
/// to it. At least 1.
std::size_t LeastOverlap(std::size_t size, double threshold);

/// Replaces `prefix` by the shingles that a set must be found by: of two sets with a Jaccard
/// of `threshold` or more, the rarest size - LeastOverlap + 1 shingles of each, in one order
/// for all sets (here: by count, then by value), have one in common. Those that stand in no
/// other set are left out. (Chaudhuri, Ganti, Kaushik, "A primitive operator for similarity
/// joins in data cleaning", ICDE 2006; Bayardo, Ma, Srikant, "Scaling up all pairs similarity
/// search", WWW 2007.)
///
/// Of those that stand in more than `busy` sets only the two rarest are taken: in a flood of
/// look-alikes all of them lead to the same sets. 255: all are taken.
void FindPrefix(std::span<const std::uint32_t> set, double threshold, const ShingleCounts& counts,
                std::uint8_t busy, std::vector<std::uint32_t>& prefix);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_SHINGLE_COUNTS_H_
