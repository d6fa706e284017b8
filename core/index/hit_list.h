#ifndef SAMESTORY_INDEX_HIT_LIST_H_
#define SAMESTORY_INDEX_HIT_LIST_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "index/band_keys.h"

namespace samestory::internal {

/// Collects the records found band by band at the end of the caller's vector and
/// ranks them by the number of bands that name them. Allocates nothing in steady
/// state but what the vector itself needs.
///
/// Bands that name the same records, as those of a flood of equal texts do, are
/// stored and counted once, so that a flood costs little more than other input.
class HitList {
 public:
  explicit HitList(std::vector<std::uint32_t>& records)
      : records_(records), begin_(records.size()) {}

  /// Says that the hits appended since the last call are those of one band.
  void EndBand() {
    if (records_.size() != begin_ + hits_) AddRun();
  }

  /// Replaces the hits by the distinct records, in descending number of bands, then
  /// in ascending number. Ends the use of this list.
  void Rank();

  /// Takes all hits away.
  void Clear() { records_.resize(begin_); }

 private:
  // Consecutive bands with equal hits, which end at `end` in the vector.
  struct Run {
    std::uint32_t end;
    std::uint32_t bands;
  };

  std::size_t RunBegin(std::size_t run) const {
    return run == 0 ? begin_ : begin_ + runs_[run - 1].end;
  }

  void AddRun();
  bool RankFew();
  void RankMany();

  std::vector<std::uint32_t>& records_;
  std::size_t begin_;
  std::size_t hits_ = 0;  // in all runs
  std::size_t num_runs_ = 0;
  std::array<Run, kMaxBands> runs_;  // the first num_runs_ are set
};

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_HIT_LIST_H_
