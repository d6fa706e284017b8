#ifndef SAMESTORY_MATCH_JUDGE_H_
#define SAMESTORY_MATCH_JUDGE_H_

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "match/body.h"
#include "match/calibration.h"
#include "match/features.h"
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
  bool one_source = false;                 ///< of one source, and known to be
  /// Of the two bodies (summary or text); absent where either lacks one, or one is too
  /// short (below about 6 words) to say anything.
  std::optional<BodyLikeness> body;
  /// Gives `body` where that is absent; asked only where it matters. May be empty.
  std::function<std::optional<BodyLikeness>()> compare_bodies;
  double most_body_jaccard = 1;  ///< that compare_bodies can give
  /// Whether the probability is wanted where it can only be low, too; else it is 0 of a pair
  /// that no form of a word can make one story.
  bool wants_probability = false;
};

/// Where the judge puts down why; all of it is optional work.
struct JudgeTrace {
  std::vector<VerdictTerm> terms;
  double bias = 0;
  double log_odds = 0;       ///< bias and terms together
  double join_log_odds = 0;  ///< from which the table that decided joins
  std::vector<SlotPair> slots;
  std::vector<WordMatch> words;      ///< of unequal texts: the older's, then the newer's others
  std::vector<std::string> changes;  ///< of unequal texts: see turning.h
  std::string_view reason;  ///< static; one sentence
};

/// Decides how two headlines relate by all that is known of them. docs/match.md has the
/// features, the tables and the rules. Thread-safe.
class Judge {
 public:
  /// Takes from `options` what it needs. `tables` must outlive the judge.
  explicit Judge(const Options& options, const JudgeTables& tables = kShippedTables);

  /// How `newer` relates to `older`. `trace` may be null. Profiles should be stamped (see
  /// StampProfile); for one that is not, a copy is stamped by what `context` knows now,
  /// which costs more than the judgement.
  Verdict Decide(const ProfileView& older, const ProfileView& newer, const PairContext& context,
                 JudgeTrace* trace = nullptr) const;

  /// The same of stamped profiles laid open, for a text that is compared with many.
  Verdict Decide(const ProfileWords& older, const ProfileWords& newer, const PairContext& context,
                 JudgeTrace* trace = nullptr) const;

  double LogOddsOf(const PairFeatures& features, PairTable table) const {
    return LogOdds(features, table, *tables_);
  }
  /// Least log-odds by which `table` joins.
  double join_log_odds(PairTable table) const { return join_[table]; }
  /// Least probability at which a copy is dropped.
  double drop_probability() const { return drop_; }

 private:
  friend class PairJudge;
  const JudgeTables* tables_;
  int ngram_size_;
  double threshold_, drop_;
  std::array<double, kNumPairTables> join_;
};

/// The probability that log-odds by `table` stand for.
double CalibratedProbability(const JudgeTables& tables, PairTable table, double log_odds);

/// The least log-odds of `table` that join when so many wrong joins are accepted
/// (Options::max_wrong_joins).
double JoinLogOdds(const JudgeTables& tables, PairTable table, double max_wrong_joins);

/// Judge(options).Decide(...), for a single pair.
Verdict JudgePair(const ProfileView& older, const ProfileView& newer, const PairContext& context,
                  const Options& options, JudgeTrace* trace = nullptr);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_JUDGE_H_
