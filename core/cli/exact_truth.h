#ifndef SAMESTORY_CLI_EXACT_TRUTH_H_
#define SAMESTORY_CLI_EXACT_TRUTH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "samestory/engine.h"

namespace samestory::cli {

/// The shingle sets of many records, in one block of memory.
class ShingleSets {
 public:
  /// `set` is sorted, each value once.
  void Add(std::span<const std::uint32_t> set) {
    values_.insert(values_.end(), set.begin(), set.end());
    ends_.push_back(values_.size());
  }

  /// Valid until the next Add.
  std::span<const std::uint32_t> operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::span(values_).subspan(begin, ends_[i] - begin);
  }
  std::size_t size() const { return ends_.size(); }

  /// Values in all sets together.
  std::size_t num_values() const { return values_.size(); }

 private:
  std::vector<std::uint32_t> values_;
  std::vector<std::size_t> ends_;
};

/// For each set numbered in `sample`, every other set whose exact Jaccard with it is at
/// least `threshold` (above 0), ascending. Misses none: two such sets share a shingle
/// among the first (1 - threshold) of each, in any one order of all shingles (Chaudhuri,
/// Ganti, Kaushik, "A primitive operator for similarity joins in data cleaning", 2006).
/// Cost: linear in the sets but for those that share a rare shingle.
std::vector<std::vector<std::uint32_t>> ExactNeighbours(const ShingleSets& sets,
                                                        std::span<const std::uint32_t> sample,
                                                        double threshold);

/// How far stories agree with exact Jaccard at the threshold, over a sample of records.
struct Agreement {
  std::size_t pairs = 0;           ///< of a record of the sample and another, at the threshold
  std::size_t pairs_together = 0;  ///< of these, in one story
  std::size_t duplicates = 0;      ///< records of the sample with a neighbour at the threshold
  std::size_t found = 0;           ///< of these, in one story with such a neighbour
  std::size_t links = 0;           ///< records of the sample that were linked to another
  std::size_t right_links = 0;     ///< of these, to one at or above the threshold

  double pair_recall() const { return Share(pairs_together, pairs); }
  double recall() const { return Share(found, duplicates); }
  double precision() const { return Share(right_links, links); }

 private:
  static double Share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
  }
};

/// `sets` and `rows` are of the same records, in the same order.
Agreement CompareWithExact(const ShingleSets& sets, std::span<const ClusterRow> rows,
                           std::span<const std::uint32_t> sample, double threshold);

/// `n` of the numbers below `size`, evenly spread and ascending; all where n is not below.
std::vector<std::uint32_t> EvenSample(std::size_t size, std::size_t n);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_EXACT_TRUTH_H_
