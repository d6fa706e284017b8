#include "engine/jaccard_join.h"

#include <algorithm>
#include <atomic>

#include "engine/pair_finder.h"
#include "engine/partitions.h"
#include "samestory/match.h"

namespace samestory {
namespace {

// Partitions of pairs that a worker compares before the decisions about them.
constexpr std::size_t kWindow = 8;

// Pairs whose sets are fetched from memory while others are compared.
constexpr std::size_t kAhead = 8;

class Verifier {
 public:
  Verifier(const RankedSets& sets, const JoinOptions& options, WorkerPool& workers,
           Partitions& pairs)
      : sets_(sets), options_(options), workers_(workers), pairs_(pairs) {}

  // Some partitions of pairs at a time, so that links need not all be held at once. While those
  // of a window are found, those of the window before are decided.
  void Run(std::uint64_t& compared, const TakeLinks& take) {
    Window found(kWindow * static_cast<std::size_t>(workers_.size())), deciding(found.size());
    std::atomic<std::uint64_t> count = 0;
    std::size_t decided = 0;  // partitions
    const std::size_t last = pairs_.size();
    for (std::size_t first = 0, n = 0; decided < last; first += n) {
      const std::size_t until = first;
      n = std::min(found.size(), last - first);
      const auto find = [&](int, std::size_t i, std::size_t) {
        count += FindLinks(first + i, found[i]);
      };
      const auto decide = [&] {
        for (std::size_t i = 0; decided < until; ++decided, ++i) {
          take(std::min(sets_.size(), (decided + 1) * kPairRanks), deciding[i]);
        }
      };
      workers_.Share(n, 1, find, decide);
      found.swap(deciding);
      if (options_.bulk != nullptr) options_.bulk->Rest();
    }
    compared += count;
  }

 private:
  using Window = std::vector<std::vector<JaccardLink>>;

  // Replaces `links` by those of a partition of pairs; returns how many were compared.
  std::size_t FindLinks(std::size_t partition, std::vector<JaccardLink>& links) {
    thread_local std::vector<std::uint64_t> pairs, scratch;
    pairs_.Take(partition, pairs);
    SortPairs(pairs, scratch);
    links.clear();
    CompareAll(pairs, links);
    return pairs.size();
  }

  // Hints that the sets of a pair are read soon, or, `early`, that this hint comes soon.
  void PrefetchPair(std::uint64_t pair, bool early) const {
    for (const std::uint64_t rank : {pair >> 32, pair & 0xffffffff}) {
      const std::size_t record = sets_.record(rank);
      if (early) {
        sets_.store->PrefetchStart(record);
      } else {
        sets_.store->Prefetch(record);
      }
    }
  }

  void CompareAll(const std::vector<std::uint64_t>& pairs, std::vector<JaccardLink>& links) const {
    thread_local ShingleSet newer_room, older_room;
    std::span<const std::uint32_t> newer_set;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (i + 2 * kAhead < pairs.size()) PrefetchPair(pairs[i + 2 * kAhead], true);
      if (i + kAhead < pairs.size()) PrefetchPair(pairs[i + kAhead], false);
      const auto newer = static_cast<std::uint32_t>(pairs[i] >> 32);
      const auto older = static_cast<std::uint32_t>(pairs[i]);
      if (i == 0 || newer != pairs[i - 1] >> 32) newer_set = sets_.Read(newer, newer_room);
      const double jaccard = Jaccard(newer_set, sets_.Read(older, older_room));
      if (jaccard >= options_.threshold) links.push_back({newer, older, jaccard});
    }
  }

  const RankedSets& sets_;
  const JoinOptions& options_;
  WorkerPool& workers_;
  Partitions& pairs_;
};

}  // namespace

absl::Status JoinSets(const RankedSets& sets, const JoinOptions& options, WorkerPool& workers,
                      std::uint64_t& compared, const TakeLinks& take) {
  BlockPool pool(options.bulk, options.pages);
  Partitions pairs(sets.size() / kPairRanks + 1, workers.size(), pool);
  if (absl::Status status = FindPairs(sets, options, workers, pool, pairs); !status.ok()) {
    return status;
  }
  pool.Trim();
  Verifier(sets, options, workers, pairs).Run(compared, take);
  return absl::OkStatus();
}

}  // namespace samestory
