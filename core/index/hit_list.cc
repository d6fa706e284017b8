#include "index/hit_list.h"

#include <algorithm>
#include <bit>

namespace samestory::internal {
namespace {

// Distinct records that are counted by linear search.
constexpr std::size_t kFew = 48;

// A record and its number of bands as one number that sorts in the order of Rank().
std::uint64_t Ranked(std::uint32_t record, std::uint32_t bands) {
  return std::uint64_t{~bands} << 32 | record;
}
std::uint64_t OneMoreBand(std::uint64_t ranked, std::uint32_t bands) {
  return ranked - (std::uint64_t{bands} << 32);
}
std::uint32_t RecordOf(std::uint64_t ranked) { return static_cast<std::uint32_t>(ranked); }

// Counts records by open addressing. 0 marks a free slot: no count reaches 2^32 - 1.
class RankTable {
 public:
  void Reset(std::size_t max_records) {
    slots_.assign(std::bit_ceil(2 * max_records), 0);
    shift_ = 32 - std::countr_zero(slots_.size());
  }

  void Add(std::uint32_t record, std::uint32_t bands) {
    std::size_t i = (record * 0x9e3779b1u) >> shift_;
    while (slots_[i] != 0 && RecordOf(slots_[i]) != record) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slots_[i] == 0 ? Ranked(record, bands) : OneMoreBand(slots_[i], bands);
  }

  // The counted records in rank order; ends the use of the table until Reset.
  std::vector<std::uint64_t>& Sorted() {
    std::erase(slots_, 0);
    std::sort(slots_.begin(), slots_.end());
    return slots_;
  }

 private:
  std::vector<std::uint64_t> slots_;
  int shift_ = 0;
};

}  // namespace

void HitList::AddRun() {
  const std::size_t begin = begin_ + hits_;
  const std::size_t size = records_.size() - begin;
  if (num_runs_ > 0) {
    const std::size_t previous = RunBegin(num_runs_ - 1);
    if (begin - previous == size &&
        std::equal(records_.begin() + static_cast<std::ptrdiff_t>(previous),
                   records_.begin() + static_cast<std::ptrdiff_t>(begin),
                   records_.begin() + static_cast<std::ptrdiff_t>(begin))) {
      ++runs_[num_runs_ - 1].bands;
      records_.resize(begin);
      return;
    }
  }
  hits_ += size;
  runs_[num_runs_++] = {static_cast<std::uint32_t>(hits_), 1};
}

void HitList::Rank() {
  if (records_.size() - begin_ < 2) return;
  if (!RankFew()) RankMany();
}

// False, and nothing done, where there are more than kFew distinct records.
bool HitList::RankFew() {
  std::array<std::uint64_t, kFew> ranked;
  std::size_t distinct = 0;
  for (std::size_t run = 0; run < num_runs_; ++run) {
    const std::size_t end = begin_ + runs_[run].end;
    std::size_t slot = 0;
    for (std::size_t i = RunBegin(run); i < end; ++i, ++slot) {
      // Bands tend to name the same records in the same order: the next slot is the first guess.
      const std::uint32_t record = records_[i];
      if (slot >= distinct || RecordOf(ranked[slot]) != record) {
        slot = 0;
        while (slot < distinct && RecordOf(ranked[slot]) != record) ++slot;
      }
      if (slot < distinct) {
        ranked[slot] = OneMoreBand(ranked[slot], runs_[run].bands);
      } else if (distinct < kFew) {
        ranked[distinct++] = Ranked(record, runs_[run].bands);
      } else {
        return false;
      }
    }
  }
  const auto last = ranked.begin() + static_cast<std::ptrdiff_t>(distinct);
  if (!std::is_sorted(ranked.begin(), last)) std::sort(ranked.begin(), last);
  records_.resize(begin_ + distinct);
  for (std::size_t i = 0; i < distinct; ++i) records_[begin_ + i] = RecordOf(ranked[i]);
  return true;
}

void HitList::RankMany() {
  thread_local RankTable table;
  table.Reset(records_.size() - begin_);
  for (std::size_t run = 0; run < num_runs_; ++run) {
    const std::size_t end = begin_ + runs_[run].end;
    for (std::size_t i = RunBegin(run); i < end; ++i) table.Add(records_[i], runs_[run].bands);
  }
  const std::vector<std::uint64_t>& sorted = table.Sorted();
  records_.resize(begin_ + sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) records_[begin_ + i] = RecordOf(sorted[i]);
}

}  // namespace samestory::internal
