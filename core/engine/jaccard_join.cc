#include "engine/jaccard_join.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <optional>

#include "engine/partitions.h"
#include "engine/set_sketch.h"
#include "engine/shingle_counts.h"
#include "samestory/match.h"

namespace samestory {
namespace {

// Postings that a partition of shingles should hold, and ranks a partition of pairs: what is
// looked at together then fits into a core's cache.
constexpr std::uint64_t kPostings = 1 << 15;
constexpr std::size_t kRanks = 1 << 13;
constexpr unsigned kMostPartitionBits = 12;

// Sets fetched from memory while others are compared.
constexpr std::size_t kAhead = 8;

// Sets whose equal came before stand in for nothing.
bool Stands(const RankedSets& sets, std::size_t rank) { return sets.first_equal[rank] == rank; }

class Join {
 public:
  Join(const RankedSets& sets, const JoinOptions& options, WorkerPool& workers)
      : sets_(sets),
        options_(options),
        workers_(workers),
        sketches_(sets.size(), static_cast<double>(sets.store->num_shingles()) /
                                   static_cast<double>(std::max<std::size_t>(sets.size(), 1))) {}

  absl::StatusOr<std::vector<JaccardLink>> Run(std::uint64_t& compared) {
    if (absl::Status status = DealShingles(); !status.ok()) return status;
    DealPairs();
    return Verify(compared);
  }

 private:
  // Calls work(worker, i) for every i below n, whichever worker is free.
  template <typename Work>
  void Share(std::size_t n, Work work) {
    std::atomic<std::size_t> next = 0;
    workers_.ForEach(static_cast<std::size_t>(workers_.size()), 1,
                     [&](int worker, std::size_t begin, std::size_t end) {
                       if (begin == end) return;
                       for (std::size_t i = next++; i < n; i = next++) work(worker, i);
                     });
  }

  // Every set goes under each shingle of its prefix: (shingle, rank), by leading bits.
  absl::Status DealShingles() {
    ShingleCounts counts(sets_.store->num_shingles());
    if (!counts.ok()) return absl::ResourceExhaustedError("no memory to count shingles");
    const int parts = workers_.size();
    Share(static_cast<std::size_t>(parts), [&](int, std::size_t part) {
      for (std::size_t rank = 0; rank < sets_.size(); ++rank) {
        if (Stands(sets_, rank)) counts.Count(sets_[rank], static_cast<int>(part), parts);
      }
    });
    const auto wanted = static_cast<std::size_t>(sets_.store->num_shingles() / 4 / kPostings);
    shingle_bits_ = std::min<unsigned>(static_cast<unsigned>(std::bit_width(wanted)),
                                       kMostPartitionBits);
    postings_.emplace(std::size_t{1} << shingle_bits_, parts);
    workers_.ForEach(sets_.size(), 1, [&](int worker, std::size_t begin, std::size_t end) {
      std::vector<std::uint32_t> prefix;
      for (std::size_t rank = begin; rank < end; ++rank) {
        if (!Stands(sets_, rank)) continue;
        const std::span<const std::uint32_t> set = sets_[rank];
        if (rank + 1 < end) counts.Prefetch(sets_[rank + 1]);
        sketches_.Set(rank, set);
        FindPrefix(set, options_.threshold, counts, prefix);
        for (const std::uint32_t shingle : prefix) {
          const std::uint64_t posting = std::uint64_t{shingle} << 32 | rank;
          postings_->Append(worker, shingle_bits_ == 0 ? 0 : shingle >> (32 - shingle_bits_),
                            posting);
        }
      }
    });
    return absl::OkStatus();
  }

  // The pairs of each shingle's sets that may be alike: (newer, older), by the newer.
  void DealPairs() {
    pairs_.emplace(sets_.size() / kRanks + 1, workers_.size());
    std::vector<Group> groups(static_cast<std::size_t>(workers_.size()),
                              Group{{}, {}, SketchTable(options_.threshold), {}});
    Share(postings_->size(), [&](int worker, std::size_t partition) {
      Group& group = groups[static_cast<std::size_t>(worker)];
      postings_->Take(partition, group.entries);
      SortByUpperHalf(group.entries, shingle_bits_, group.scratch);
      group.sketches.Load(sketches_, group.entries);
      for (std::size_t begin = 0, end; begin < group.entries.size(); begin = end) {
        for (end = begin + 1; end < group.entries.size(); ++end) {
          if (group.entries[end] >> 32 != group.entries[begin] >> 32) break;
        }
        PairUp(worker, group, begin, end);
      }
    });
    postings_.reset();
  }

  // What a worker holds of a partition of shingles; those from `begin` to `end` are one shingle's.
  struct Group {
    std::vector<std::uint64_t> entries, scratch;
    SketchTable sketches;
    std::vector<std::uint32_t> passing;
  };

  void PairUp(int worker, Group& group, std::size_t begin, std::size_t end) {
    const std::size_t hits = options_.max_hits;
    for (std::size_t newer = begin + 1; newer < end; ++newer) {
      group.passing.clear();
      if (hits == 0 || newer - begin <= hits) {
        group.sketches.Find(newer, begin, newer, group.passing);
      } else {
        group.sketches.Find(newer, begin, begin + hits / 2, group.passing);
        group.sketches.Find(newer, newer - hits / 2, newer, group.passing);
      }
      const auto rank = static_cast<std::uint32_t>(group.entries[newer]);
      for (const std::uint32_t place : group.passing) {
        const auto older = static_cast<std::uint32_t>(group.entries[place]);
        pairs_->Append(worker, rank / kRanks, std::uint64_t{rank} << 32 | older);
      }
    }
  }

  std::vector<JaccardLink> Verify(std::uint64_t& compared) {
    std::vector<std::vector<JaccardLink>> found(pairs_->size());
    std::atomic<std::uint64_t> count = 0;
    Share(pairs_->size(), [&](int, std::size_t partition) {
      thread_local std::vector<std::uint64_t> pairs;
      pairs_->Take(partition, pairs);
      std::sort(pairs.begin(), pairs.end());
      pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
      CompareAll(pairs, found[partition]);
      count += pairs.size();
    });
    compared += count;
    std::size_t total = 0;
    for (const auto& links : found) total += links.size();
    std::vector<JaccardLink> links;
    links.reserve(total);
    for (auto& part : found) {
      links.insert(links.end(), part.begin(), part.end());
      part = {};
    }
    return links;
  }

  void CompareAll(const std::vector<std::uint64_t>& pairs, std::vector<JaccardLink>& links) const {
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (i + kAhead < pairs.size()) {
        sets_.store->Prefetch(sets_.record(static_cast<std::uint32_t>(pairs[i + kAhead])));
      }
      const auto newer = static_cast<std::uint32_t>(pairs[i] >> 32);
      const auto older = static_cast<std::uint32_t>(pairs[i]);
      const std::span<const std::uint32_t> a = sets_[newer], b = sets_[older];
      const std::size_t shared = IntersectionSize(a, b);
      const auto overlap = static_cast<double>(shared);
      if (overlap / static_cast<double>(a.size() + b.size() - shared) < options_.threshold) continue;
      links.push_back({newer, older, static_cast<std::uint32_t>(shared)});
    }
  }

  const RankedSets& sets_;
  const JoinOptions& options_;
  WorkerPool& workers_;
  SetSketches sketches_;
  unsigned shingle_bits_ = 0;
  std::optional<Partitions> postings_, pairs_;
};

}  // namespace

absl::StatusOr<std::vector<JaccardLink>> JoinSets(const RankedSets& sets,
                                                  const JoinOptions& options,
                                                  WorkerPool& workers, std::uint64_t& compared) {
  return Join(sets, options, workers).Run(compared);
}

}  // namespace samestory
