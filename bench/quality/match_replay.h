#ifndef SAMESTORY_BENCH_QUALITY_MATCH_REPLAY_H_
#define SAMESTORY_BENCH_QUALITY_MATCH_REPLAY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "match/body.h"
#include "match/comparison.h"
#include "match/profile.h"
#include "match_sets.h"
#include "samestory/options.h"

namespace samestory::quality {

/// A labelled pair as the engine would meet it: both profiles stamped by what the
/// stream had taught when they arrived.
struct PairSample {
  const LabelledPair* pair;
  std::vector<std::uint32_t> older_block, newer_block;
  std::optional<BodyLikeness> body;  ///< absent where a body is missing, short or boilerplate

  ProfileView older() const { return ProfileView(older_block); }
  ProfileView newer() const { return ProfileView(newer_block); }
  /// Of one source, or both of an unknown one.
  bool same_source() const { return pair->older.source == pair->newer.source; }
  bool is_equal() const { return older().text_hash() == newer().text_hash(); }
  /// Each title has a number or date that the other lacks.
  bool has_conflict() const {
    const ProfileWords in_older(older()), in_newer(newer());
    return Comparison(in_older, in_newer).has_conflict();
  }
};

/// Replays the stream in the order of time, every `keep_one_in`-th item of it, and
/// stamps each pair on the way: the older item when it came, the newer one when the
/// pair's hours have passed since. Items without a time are stamped at the end. One
/// sample a pair, in order; `data` must outlive them.
std::vector<PairSample> ReplayStream(const MatchData& data, const Options& options,
                                     std::size_t keep_one_in = 1);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_MATCH_REPLAY_H_
