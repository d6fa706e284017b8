#include "engine/jaccard_join.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <optional>
#include <utility>

#include "engine/partitions.h"
#include "engine/postings.h"
#include "engine/set_sketch.h"
#include "engine/shingle_counts.h"
#include "samestory/match.h"

namespace samestory {
namespace {

// Postings that a partition of shingles should hold, and ranks a partition of pairs: what is
// looked at together then fits into a core's cache.
constexpr std::uint64_t kPostings = 1 << 15;
constexpr unsigned kRankBits = 12;
constexpr std::size_t kRanks = 1 << kRankBits;
constexpr unsigned kMostPartitionBits = 12;

// Partitions of pairs that a worker compares before the decisions about them.
constexpr std::size_t kWindow = 8;

// Of many sets under one shingle that may be alike, the first and the last that are compared: the
// first anchor the story of a flood, the last are likely of the same hour.
constexpr std::size_t kBusyHits = 4;

// Sets under one shingle that are compared in one go where there is no bound.
constexpr std::size_t kTogether = 128;

// Of some so many shingles the counts stay near the core. Where there are more, they are counted in
// some of the sets only, one of so many at least: all that hangs on the counts is how many sets a
// shingle of a prefix leads to.
constexpr std::uint64_t kCounted = std::uint64_t{1} << 20;
constexpr std::uint64_t kMostCountedEvery = 16;

// A shingle is busy that leads to some so many times as many sets as are all looked at.
constexpr std::size_t kBusyFactor = 4;

// Ranks after which bulk memory may rest.
constexpr std::size_t kRestRanks = std::size_t{1} << 18;

// Sets fetched from memory while others are compared.
constexpr std::size_t kAhead = 8, kSetsAhead = 4;

// Sets whose equal came before stand in for nothing.
bool Stands(const RankedSets& sets, std::size_t rank) { return sets.first_equal[rank] == rank; }

// Sorts the pairs of a partition, and leaves one of each. A set has few.
void SortPairs(std::vector<std::uint64_t>& pairs, std::vector<std::uint64_t>& scratch) {
  SortByUpperHalf(pairs, 32 - kRankBits, scratch);
  for (auto begin = pairs.begin(), end = begin; begin != pairs.end(); begin = end) {
    while (end != pairs.end() && *end >> 32 == *begin >> 32) ++end;
    std::sort(begin, end);
  }
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

// Drops entries whose upper half no other has; equal ones stand side by side.
void DropSingles(std::vector<std::uint64_t>& entries) {
  std::size_t kept = 0;
  bool like_before = false;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::uint64_t entry = entries[i];
    const bool like_next = i + 1 < entries.size() && entries[i + 1] >> 32 == entry >> 32;
    entries[kept] = entry;
    kept += static_cast<std::size_t>(like_before || like_next);
    like_before = like_next;
  }
  entries.resize(kept);
}

class Join {
 public:
  Join(const RankedSets& sets, const JoinOptions& options, WorkerPool& workers)
      : sets_(sets),
        options_(options),
        workers_(workers),
        counted_every_(static_cast<std::size_t>(std::clamp<std::uint64_t>(
            sets.store->num_shingles() / kCounted, 1, kMostCountedEvery))),
        pool_(options.bulk, options.pages),
        sketches_(std::in_place, sets.size(),
                  static_cast<double>(sets.store->num_shingles()) /
                      static_cast<double>(std::max<std::size_t>(sets.size(), 1))) {}

  absl::Status Run(std::uint64_t& compared, const TakeLinks& take) {
    if (absl::Status status = DealShingles(); !status.ok()) return status;
    DealPairs();
    if (!pairs_->ok()) return NoMemory();
    sketches_.reset();
    pool_.Trim();
    Verify(compared, take);
    return absl::OkStatus();
  }

 private:
  static absl::Status NoMemory() {
    return absl::ResourceExhaustedError("no memory for the work of a batch run");
  }

  // What was looked at may leave the main memory, when so many ranks have been gone through.
  void Rest(std::size_t rank) {
    if (options_.bulk != nullptr && rank % kRestRanks == kRestRanks - 1) options_.bulk->Rest();
  }

  // Shingles of sets that lie evenly over the ranks, which do not depend on the order of input.
  void CountShingles(ShingleCounts& counts) {
    const int parts = workers_.size();
    workers_.Share(static_cast<std::size_t>(parts), 1, [&](int, std::size_t part, std::size_t) {
      ShingleCounts::Counter counter(counts, static_cast<int>(part), parts);
      ShingleSet room;
      for (std::size_t rank = 0; rank < sets_.size(); rank += counted_every_) {
        PrefetchSets(rank, counted_every_, sets_.size());
        if (Stands(sets_, rank)) counter.Add(sets_.Read(rank, room));
      }
    });
  }

  // Hints that the ranks from `rank` on, `every` apart, are read.
  void PrefetchSets(std::size_t rank, std::size_t every, std::size_t end) const {
    const std::size_t soon = rank + kSetsAhead * every, later = soon + kSetsAhead * every;
    if (later < end) sets_.store->PrefetchStart(sets_.record(later));
    if (soon < end) sets_.store->Prefetch(sets_.record(soon));
  }

  std::uint16_t BusyBound() const {
    if (options_.max_hits == 0) return 0xffff;
    const std::size_t bound = options_.max_hits * kBusyFactor / counted_every_;
    return static_cast<std::uint16_t>(std::clamp<std::size_t>(bound, 1, 0xffff));
  }

  // Every set goes under each shingle of its prefix: (shingle, rank), by leading bits.
  absl::Status DealShingles() {
    ShingleCounts counts(sets_.store->num_shingles() / counted_every_);
    if (!counts.ok() || !sketches_->ok()) return NoMemory();
    CountShingles(counts);
    const auto wanted = static_cast<std::size_t>(sets_.store->num_shingles() / 4 / kPostings);
    shingle_bits_ =
        std::min<unsigned>(static_cast<unsigned>(std::bit_width(wanted)), kMostPartitionBits);
    postings_.emplace(shingle_bits_, workers_.size(), pool_);
    const PrefixLengths lengths(options_.threshold);
    workers_.ForEach(sets_.size(), 1, [&](int worker, std::size_t begin, std::size_t end) {
      std::vector<std::uint32_t> prefix;
      ShingleSet room;
      const std::uint16_t busy = BusyBound();
      for (std::size_t rank = begin; rank < end; ++rank) {
        Rest(rank);
        PrefetchSets(rank, 1, end);
        if (!Stands(sets_, rank)) continue;
        const std::span<const std::uint32_t> set = sets_.Read(rank, room);
        sketches_->Set(rank, set);
        FindPrefix(set, lengths, counts, busy, prefix);
        for (const std::uint32_t shingle : prefix) {
          postings_->Append(worker, shingle, static_cast<std::uint32_t>(rank));
        }
      }
    });
    return postings_->ok() ? absl::OkStatus() : NoMemory();
  }

  // The pairs of each shingle's sets that may be alike: (newer, older), by the newer.
  void DealPairs() {
    pairs_.emplace(sets_.size() / kRanks + 1, workers_.size(), pool_);
    std::vector<Group> groups(static_cast<std::size_t>(workers_.size()),
                              Group{{}, {}, SketchTable(options_.threshold), {}, {}});
    workers_.Share(postings_->size(), 1, [&](int worker, std::size_t partition, std::size_t) {
      Group& group = groups[static_cast<std::size_t>(worker)];
      postings_->Take(partition, group.entries);
      SortByUpperHalf(group.entries, shingle_bits_, group.scratch);
      DropSingles(group.entries);
      group.sketches.Load(*sketches_, group.entries);
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
    std::vector<std::uint32_t> passing, ends;
  };

  void PairUp(int worker, Group& group, std::size_t begin, std::size_t end) {
    if (end - begin == 1) return;
    const std::size_t hits = options_.max_hits;
    const std::size_t together = std::min(end, begin + 1 + (hits == 0 ? kTogether : hits));
    group.sketches.FindWithin(begin, together, group.passing, group.ends);
    for (std::size_t newer = begin + 1; newer < together; ++newer) {
      const std::size_t from = group.ends[newer - begin - 1], to = group.ends[newer - begin];
      if (from != to) DealPassing(worker, group, newer, from, to);
    }
    for (std::size_t newer = together; newer < end; ++newer) {
      group.passing.clear();
      if (hits == 0) {
        group.sketches.Find(newer, begin, newer, group.passing);
      } else {
        group.sketches.Find(newer, begin, begin + kBusyHits, group.passing);
        group.sketches.Find(newer, newer - kBusyHits, newer, group.passing);
      }
      DealPassing(worker, group, newer, 0, group.passing.size());
    }
  }

  // Pairs the set at the place `newer` with those of `group.passing` from `begin` to before `end`.
  void DealPassing(int worker, Group& group, std::size_t newer, std::size_t begin,
                   std::size_t end) {
    const auto rank = static_cast<std::uint32_t>(group.entries[newer]);
    const bool many = options_.max_hits != 0 && end - begin > 2 * kBusyHits;
    for (std::size_t i = begin; i < end; ++i) {
      if (many && i == begin + kBusyHits) i = end - kBusyHits;
      const auto older = static_cast<std::uint32_t>(group.entries[group.passing[i]]);
      pairs_->Append(worker, rank / kRanks, std::uint64_t{rank} << 32 | older);
    }
  }

  // Some partitions of pairs at a time, so that links need not all be held at once. While those
  // of a window are found, those of the window before are decided.
  void Verify(std::uint64_t& compared, const TakeLinks& take) {
    Window found(kWindow * static_cast<std::size_t>(workers_.size())), deciding(found.size());
    std::atomic<std::uint64_t> count = 0;
    std::size_t decided = 0;  // partitions
    const std::size_t last = pairs_->size();
    for (std::size_t first = 0, n = 0; decided < last; first += n) {
      const std::size_t until = first;
      n = std::min(found.size(), last - first);
      const auto find = [&](int, std::size_t i, std::size_t) {
        count += FindLinks(first + i, found[i]);
      };
      const auto decide = [&] {
        for (std::size_t i = 0; decided < until; ++decided, ++i) {
          take(std::min(sets_.size(), (decided + 1) * kRanks), deciding[i]);
        }
      };
      workers_.Share(n, 1, find, decide);
      found.swap(deciding);
      if (options_.bulk != nullptr) options_.bulk->Rest();
    }
    compared += count;
  }

  // Replaces `links` by those of a partition of pairs; returns how many were compared.
  std::size_t FindLinks(std::size_t partition, std::vector<JaccardLink>& links) {
    thread_local std::vector<std::uint64_t> pairs, scratch;
    pairs_->Take(partition, pairs);
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

  using Window = std::vector<std::vector<JaccardLink>>;

  const RankedSets& sets_;
  const JoinOptions& options_;
  WorkerPool& workers_;
  const std::size_t counted_every_;  // of the ranks
  BlockPool pool_;
  std::optional<SetSketches> sketches_;
  unsigned shingle_bits_ = 0;
  std::optional<Postings> postings_;
  std::optional<Partitions> pairs_;
};

}  // namespace

absl::Status JoinSets(const RankedSets& sets, const JoinOptions& options, WorkerPool& workers,
                      std::uint64_t& compared, const TakeLinks& take) {
  return Join(sets, options, workers).Run(compared, take);
}

}  // namespace samestory
