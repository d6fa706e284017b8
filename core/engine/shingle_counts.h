#ifndef SAMESTORY_ENGINE_SHINGLE_COUNTS_H_
#define SAMESTORY_ENGINE_SHINGLE_COUNTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/huge_memory.h"
#include "engine/rare_shingles.h"

namespace samestory {

/// In how many sets a shingle stands, counted up to 65,535 and never too low. Counters of four
/// bits, shared by about every other shingle, count to 15 and so stay near the core; what comes
/// more often goes on in a small table of wider ones, shared more. (The two levels are those of
/// Estan, Varghese, "New directions in traffic measurement and accounting", SIGCOMM 2002, turned
/// round.)
class ShingleCounts {
 public:
  /// For sets of `num_shingles` shingles in all. Memory: an eighth to a quarter of a byte a
  /// shingle, 2 MiB at least, and 1 MiB.
  explicit ShingleCounts(std::uint64_t num_shingles);

  /// False where memory ran out: nothing can then be counted.
  bool ok() const { return few_.data() != nullptr; }

  /// Counts those shingles that are in part `part` of `parts`. Counters of different parts may
  /// run side by side; together they count each shingle once, when all are gone.
  class Counter {
   public:
    Counter(ShingleCounts& counts, int part, int parts);
    ~Counter() { Flush(); }
    Counter(const Counter&) = delete;
    Counter& operator=(const Counter&) = delete;

    /// `set` ascends.
    void Add(std::span<const std::uint32_t> set);

   private:
    void Flush();

    ShingleCounts& counts_;
    std::uint64_t first_, end_;
    // Shingles whose small counters are full: wider ones are on their way from memory.
    std::array<std::uint32_t, 128> waiting_;
    std::size_t num_waiting_ = 0;
  };

  std::uint16_t operator()(std::uint32_t shingle) const {
    return static_cast<std::uint16_t>(tables().Count(shingle));
  }

  /// What stands in memory, for counting many at a time.
  CountTables tables() const { return {few_.data(), many_.data(), few_shift_}; }

 private:
  static constexpr unsigned kMostFew = CountTables::kMostFew, kMostMore = 0xffff - kMostFew;
  static constexpr unsigned kManyShift = CountTables::kManyShift;

  unsigned few_shift_;
  internal::HugeArray<std::uint32_t> few_;
  std::vector<std::uint32_t> many_;
};

/// Fewest shingles that a set of `size` shares with any set of Jaccard `threshold` or more
/// to it. At least 1.
std::size_t LeastOverlap(std::size_t size, double threshold);

/// How many shingles of a set of `size` (1 or more) its prefix has: size - LeastOverlap + 1.
class PrefixLengths {
 public:
  explicit PrefixLengths(double threshold);

  std::size_t operator()(std::size_t size) const {
    return size < short_.size() ? short_[size] : Compute(size);
  }

 private:
  std::size_t Compute(std::size_t size) const { return size - LeastOverlap(size, threshold_) + 1; }

  double threshold_;
  std::array<std::uint16_t, kMostRanked + 1> short_{};  // those of usual sizes
};

/// Replaces `places` by those in the set of the shingles that it must be found by: of two sets with a Jaccard
/// of the threshold of `lengths` or more, the rarest shingles of each, as many as that says, in one
/// order for all sets (here: by CountClass, then by value), have one in common. That holds for any
/// order; what the counts are of, all sets or some of them, decides only how few sets a shingle
/// of a prefix leads to. (Chaudhuri, Ganti, Kaushik, "A primitive operator for similarity joins
/// in data cleaning", ICDE 2006; Bayardo, Ma, Srikant, "Scaling up all pairs similarity search",
/// WWW 2007.)
///
/// Of those with a count above `busy` only the two rarest are taken: in a flood of look-alikes
/// all of them lead to the same sets. 65,535: all are taken.
void FindPrefix(std::span<const std::uint32_t> set, const PrefixLengths& lengths,
                const ShingleCounts& counts, std::uint16_t busy,
                std::vector<std::uint32_t>& places);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_SHINGLE_COUNTS_H_
