#ifndef SAMESTORY_BENCH_QUALITY_MATCH_PEERS_H_
#define SAMESTORY_BENCH_QUALITY_MATCH_PEERS_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "match_eval.h"
#include "match_replay.h"
#include "samestory/options.h"

namespace samestory::quality {

/// How well what a method says of two headlines follows the likeness (0 to 5) that people saw in
/// them, over the STS headline pairs.
struct StsScore {
  std::string method;
  std::size_t pairs = 0;
  double pearson = 0, spearman = 0;
};

/// Pearson's correlation of the two of each pair; 0 where either does not vary.
double Pearson(const std::vector<std::pair<double, double>>& values);

/// Spearman's: Pearson's of the ranks, equal values sharing their mean rank.
double Spearman(const std::vector<std::pair<double, double>>& values);

/// Ours: "judge, probability" and "jaccard" (of the engine's shingles).
std::vector<StsScore> CorrelateSts(const std::vector<PairSample>& samples, const Options& options);

/// What other systems make of the pairs.
struct MatchPeers {
  std::vector<MatchRow> rows;
  std::vector<HandScore> hand;
  std::vector<StsScore> sts;
};

/// The rows that match_peers.py wrote, NDJSON of system and set, and
///  - joined, dropped, pairs: a set of pairs;
///  - precision, recall, f1: the hand-labelled pairs;
///  - pearson, spearman, pairs: the STS headlines.
/// Rows with a variant are of the split (split_peers.h) and passed over. kDataLoss where a row
/// lacks a field.
absl::StatusOr<MatchPeers> LoadMatchPeers(const std::string& path);

/// Puts the rows of others after ours of the same set, sets in alphabetical order. Where they have
/// a set "SET 1h", our "judge 1h" and "judge 5-fold 1h" of SET stand there too, without the "1h".
std::vector<MatchRow> BesidePeers(std::vector<MatchRow> ours, const std::vector<MatchRow>& peers);

/// To be read by people; Markdown.
std::string StsTable(const std::vector<StsScore>& scores);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_MATCH_PEERS_H_
