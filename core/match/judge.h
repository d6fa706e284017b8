#ifndef SAMESTORY_MATCH_JUDGE_H_
#define SAMESTORY_MATCH_JUDGE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "match/profile.h"
#include "match/recurrence.h"
#include "samestory/match.h"
#include "samestory/options.h"
#include "text/word_stats.h"

namespace samestory {

/// What is known of a pair beside its two headlines.
struct PairContext {
  const WordStats* words = nullptr;        ///< required where a profile is not stamped
  const Recurrence* recurrence = nullptr;  ///< required where a profile is not stamped
  std::optional<double> hours_apart;       ///< absent: counts as 12
  std::int64_t older_day = 0;              ///< day of the older item, for a profile not stamped
  bool same_source = false;                ///< of one source, or not known to be of two
  /// Exact Jaccard of the two bodies (summary or text); absent where either lacks
  /// one, or one is too short (below about 6 words) to say anything.
  std::optional<double> body_jaccard;
};

/// Where the judge puts down why; all of it is optional work.
struct JudgeTrace {
  std::vector<VerdictTerm> terms;
  double bias = 0;
  std::vector<SlotPair> slots;
  std::string_view reason;  ///< static; one sentence
};

/// Decides how `newer` relates to `older` by all that is known of them. See
/// docs/match.md for the features and the two tables. `trace` may be null.
/// Profiles should be stamped (see StampProfile); for one that is not, a copy is
/// stamped by what `context` knows now, which costs more than the judgement.
/// Thread-safe. Cost: well below a microsecond a pair of stamped headlines.
Verdict JudgePair(const ProfileView& older, const ProfileView& newer, const PairContext& context,
                  const Options& options, JudgeTrace* trace = nullptr);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_JUDGE_H_
