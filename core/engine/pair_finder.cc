#include "engine/pair_finder.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "engine/postings.h"
#include "engine/prefix_marks.h"
#include "engine/set_sketch.h"
#include "engine/shingle_counts.h"

namespace samestory {
namespace {

// Postings that a partition of shingles should hold: they then fit into a core's cache.
constexpr std::uint64_t kPostings = 1 << 15;
constexpr unsigned kMostPartitionBits = 12;

// Sets of some so many shingles are long: what they are kept in outweighs all else.
constexpr double kLongSet = 48;
constexpr unsigned kMostRoundBits = 2;

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

// Sets fetched from memory while others are looked at.
constexpr std::size_t kSetsAhead = 4;

// Sets whose equal came before stand in for nothing.
bool Stands(const RankedSets& sets, std::size_t rank) { return sets.first_equal[rank] == rank; }

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

class PairFinder {
 public:
  PairFinder(const RankedSets& sets, const JoinOptions& options, WorkerPool& workers,
             BlockPool& pool, Partitions& pairs)
      : sets_(sets),
        options_(options),
        workers_(workers),
        mean_size_(static_cast<double>(sets.store->num_shingles()) /
                   static_cast<double>(std::max<std::size_t>(sets.size(), 1))),
        counted_every_(static_cast<std::size_t>(std::clamp<std::uint64_t>(
            sets.store->num_shingles() / kCounted, 1, kMostCountedEvery))),
        pool_(pool),
        pairs_(pairs),
        sketches_(sets.size(), mean_size_) {}

  absl::Status Run() {
    ShingleCounts counts(sets_.store->num_shingles() / counted_every_);
    if (!counts.ok() || !sketches_.ok()) return NoMemory();
    CountShingles(counts);
    const auto wanted = static_cast<std::size_t>(sets_.store->num_shingles() / 4 / kPostings);
    const auto bits =
        std::min<unsigned>(static_cast<unsigned>(std::bit_width(wanted)), kMostPartitionBits);
    round_bits_ = RoundBits(bits);
    postings_.emplace(bits, workers_.size(), pool_);
    if (round_bits_ > 0) {
      // Some four bytes of postings for every fourth shingle; the rest is for the marks.
      const std::uint64_t postings = sets_.store->num_shingles() >> round_bits_;
      if (options_.pages != nullptr) options_.pages->Keep(postings / internal::kHugePage);
      marks_.emplace(*sets_.store);
      if (!marks_->ok()) return NoMemory();
    }
    DealShingles(counts);
    for (unsigned round = 0;; ++round) {
      if (!postings_->ok()) return NoMemory();
      DealPairs(round);
      if (!pairs_.ok()) return NoMemory();
      if (round + 1 == 1u << round_bits_) break;
      DropRepeatedPairs();
      DealMarked(round + 1);
    }
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

  // The shingles of long sets are dealt out in rounds by their first bits, so that not all of
  // their postings, a third of what the sets themselves take, stand in memory together. Out of
  // memory each round would read all sets again.
  unsigned RoundBits(unsigned partition_bits) const {
    if (options_.bulk != nullptr || mean_size_ < kLongSet) return 0;
    return std::min(kMostRoundBits, partition_bits);
  }

  // Every set goes under each shingle of its prefix: (shingle, rank), by leading bits. Those of
  // later rounds are marked.
  void DealShingles(const ShingleCounts& counts) {
    const PrefixLengths lengths(options_.threshold);
    const std::uint64_t first_round = std::uint64_t{1} << (32 - round_bits_);
    workers_.ForEach(sets_.size(), 1, [&](int worker, std::size_t begin, std::size_t end) {
      std::vector<std::uint32_t> prefix;
      ShingleSet room;
      const std::uint16_t busy = BusyBound();
      for (std::size_t rank = begin; rank < end; ++rank) {
        Rest(rank);
        PrefetchSets(rank, 1, end);
        if (!Stands(sets_, rank)) continue;
        const std::span<const std::uint32_t> set = sets_.Read(rank, room);
        sketches_.Set(rank, set);
        FindPrefix(set, lengths, counts, busy, prefix);
        if (marks_) marks_->Mark(sets_.record(rank), prefix);
        for (const std::uint32_t place : prefix) {
          if (set[place] >= first_round) continue;
          postings_->Append(worker, set[place], static_cast<std::uint32_t>(rank));
        }
      }
    });
  }

  // The same for the marked shingles of a later round.
  void DealMarked(unsigned round) {
    const unsigned upper = round << (kPackedHighBits - round_bits_),
                   upper_end = (round + 1) << (kPackedHighBits - round_bits_);
    workers_.ForEach(sets_.size(), 1, [&](int worker, std::size_t begin, std::size_t end) {
      ShingleSet room;
      for (std::size_t rank = begin; rank < end; ++rank) {
        PrefetchSets(rank, 1, end);
        if (!Stands(sets_, rank)) continue;
        for (const std::uint32_t shingle :
             marks_->Read(sets_.record(rank), upper, upper_end, room)) {
          postings_->Append(worker, shingle, static_cast<std::uint32_t>(rank));
        }
      }
    });
  }

  // The pairs of each shingle's sets that may be alike: (newer, older), by the newer. Of the
  // shingles of one round.
  void DealPairs(unsigned round) {
    std::vector<Group> groups(static_cast<std::size_t>(workers_.size()),
                              Group{{}, {}, SketchTable(options_.threshold), {}, {}});
    const std::size_t count = postings_->size() >> round_bits_, first = round * count;
    workers_.Share(count, 1, [&](int worker, std::size_t partition, std::size_t) {
      Group& group = groups[static_cast<std::size_t>(worker)];
      postings_->Take(first + partition, group.entries);
      SortByUpperHalf(group.entries, postings_->bits(), group.scratch);
      DropSingles(group.entries);
      group.sketches.Load(sketches_, group.entries);
      for (std::size_t begin = 0, end; begin < group.entries.size(); begin = end) {
        for (end = begin + 1; end < group.entries.size(); ++end) {
          if (group.entries[end] >> 32 != group.entries[begin] >> 32) break;
        }
        PairUp(worker, group, begin, end);
      }
    });
  }

  // Sets that are alike are found by many of their shingles.
  void DropRepeatedPairs() {
    std::vector<std::vector<std::uint64_t>> pairs(static_cast<std::size_t>(workers_.size())),
        scratch(pairs.size());
    workers_.Share(pairs_.size(), 1, [&](int worker, std::size_t partition, std::size_t) {
      std::vector<std::uint64_t>& of = pairs[static_cast<std::size_t>(worker)];
      pairs_.Take(partition, of);
      SortPairs(of, scratch[static_cast<std::size_t>(worker)]);
      for (const std::uint64_t pair : of) pairs_.Append(worker, partition, pair);
    });
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
      pairs_.Append(worker, rank / kPairRanks, std::uint64_t{rank} << 32 | older);
    }
  }

  const RankedSets& sets_;
  const JoinOptions& options_;
  WorkerPool& workers_;
  const double mean_size_;
  const std::size_t counted_every_;  // of the ranks
  BlockPool& pool_;
  Partitions& pairs_;
  SetSketches sketches_;
  unsigned round_bits_ = 0;
  std::optional<Postings> postings_;
  std::optional<PrefixMarks> marks_;  // where there are several rounds
};

}  // namespace

// A set has few.
void SortPairs(std::vector<std::uint64_t>& pairs, std::vector<std::uint64_t>& scratch) {
  SortByUpperHalf(pairs, 32 - kPairRankBits, scratch);
  for (auto begin = pairs.begin(), end = begin; begin != pairs.end(); begin = end) {
    while (end != pairs.end() && *end >> 32 == *begin >> 32) ++end;
    std::sort(begin, end);
  }
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

absl::Status FindPairs(const RankedSets& sets, const JoinOptions& options, WorkerPool& workers,
                       BlockPool& pool, Partitions& pairs) {
  return PairFinder(sets, options, workers, pool, pairs).Run();
}

}  // namespace samestory
