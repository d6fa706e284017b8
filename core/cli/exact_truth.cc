#include "cli/exact_truth.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "samestory/match.h"

namespace samestory::cli {
namespace {

// Puts the shingles of a set into one order for all sets, those rare in the sample first: an order
// by which few sets meet.
class RareFirst {
 public:
  RareFirst(const ShingleSets& sets, std::span<const std::uint32_t> sample, double threshold)
      : threshold_(threshold) {
    for (const std::uint32_t i : sample) {
      for (const std::uint32_t shingle : sets[i]) ++frequency_[shingle];
    }
  }

  /// The shingles one of which any set at the threshold shares. Valid until the next call.
  std::span<const std::uint32_t> Prefix(std::span<const std::uint32_t> set) {
    order_.clear();
    for (const std::uint32_t shingle : set) {
      const auto found = frequency_.find(shingle);
      order_.emplace_back(found == frequency_.end() ? 0 : found->second, shingle);
    }
    std::sort(order_.begin(), order_.end());
    const double least = std::ceil(threshold_ * static_cast<double>(set.size()) - 1e-9);
    const std::size_t length =
        std::min(set.size(), set.size() - static_cast<std::size_t>(least) + 1);
    prefix_.clear();
    for (std::size_t i = 0; i < length; ++i) prefix_.push_back(order_[i].second);
    return prefix_;
  }

 private:
  double threshold_;
  absl::flat_hash_map<std::uint32_t, std::uint32_t> frequency_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order_;
  std::vector<std::uint32_t> prefix_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> ExactNeighbours(const ShingleSets& sets,
                                                        std::span<const std::uint32_t> sample,
                                                        double threshold) {
  RareFirst order(sets, sample, threshold);
  absl::flat_hash_map<std::uint32_t, std::vector<std::uint32_t>> postings;
  for (std::uint32_t s = 0; s < sample.size(); ++s) {
    for (const std::uint32_t shingle : order.Prefix(sets[sample[s]])) {
      postings[shingle].push_back(s);
    }
  }
  std::vector<std::vector<std::uint32_t>> neighbours(sample.size());
  std::vector<std::uint32_t> compared(sample.size(), 0xffffffff);  // last set compared with
  for (std::uint32_t i = 0; i < sets.size(); ++i) {
    for (const std::uint32_t shingle : order.Prefix(sets[i])) {
      const auto found = postings.find(shingle);
      if (found == postings.end()) continue;
      for (const std::uint32_t s : found->second) {
        if (sample[s] == i || std::exchange(compared[s], i) == i) continue;
        if (Jaccard(sets[sample[s]], sets[i]) >= threshold) neighbours[s].push_back(i);
      }
    }
  }
  return neighbours;
}

Agreement CompareWithExact(const ShingleSets& sets, std::span<const ClusterRow> rows,
                           std::span<const std::uint32_t> sample, double threshold) {
  Agreement result;
  const auto neighbours = ExactNeighbours(sets, sample, threshold);
  for (std::size_t s = 0; s < sample.size(); ++s) {
    const ClusterRow& row = rows[sample[s]];
    std::size_t together = 0;
    for (const std::uint32_t other : neighbours[s]) together += rows[other].story == row.story;
    result.pairs += neighbours[s].size();
    result.pairs_together += together;
    result.duplicates += !neighbours[s].empty();
    result.found += together > 0;
    if (!IsSameStory(row.relation)) continue;
    ++result.links;
    result.right_links += row.of && Jaccard(sets[sample[s]], sets[*row.of]) >= threshold;
  }
  return result;
}

std::vector<std::uint32_t> EvenSample(std::size_t size, std::size_t n) {
  n = std::min(n, size);
  std::vector<std::uint32_t> sample(n);
  for (std::size_t i = 0; i < n; ++i) sample[i] = static_cast<std::uint32_t>(i * size / n);
  return sample;
}

}  // namespace samestory::cli
