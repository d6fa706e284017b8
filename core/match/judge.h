#ifndef SAMESTORY_MATCH_JUDGE_H_
#define SAMESTORY_MATCH_JUDGE_H_

#include <cstdint>
#include <optional>
#include <span>
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
  const WordStats* words = nullptr;        ///< required
  const Recurrence* recurrence = nullptr;  ///< required
  std::optional<double> hours_apart;       ///< absent: counts as 12
  std::int64_t older_day = 0;              ///< day number of the older item, for Recurrence
  bool same_source = false;
  /// Exact Jaccard of the two bodies (summary or text); absent where either lacks one.
  std::optional<double> body_jaccard;
};

/// Where the judge puts down why; all of it is optional work.
struct JudgeTrace {
  std::vector<VerdictTerm> terms;
  double bias = 0;
  std::vector<SlotPair> slots;
  std::string_view reason;  ///< static
};

/// Decides how `newer` relates to `older` by all that is known of them. See
/// docs/match.md for the features and the two tables. `trace` may be null.
/// Thread-safe. Cost: about a microsecond a headline pair.
Verdict JudgePair(const ProfileView& older, const ProfileView& newer, const PairContext& context,
                  const Options& options, JudgeTrace* trace = nullptr);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_JUDGE_H_
