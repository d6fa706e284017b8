#include "match/features.h"

#include <algorithm>

#include "base/math.h"
#include "match/slots.h"

namespace samestory {
namespace {

constexpr double kReissuedHours = 3;  // a feed's repetition of one item
constexpr double kMaxHours = 36;
constexpr double kLaterFrom = 72;
constexpr double kJaccardKnee = 0.4;
constexpr double kMaxMatched = 40 / ProfileView::kWeightUnit;
constexpr double kMaxNovelty = 6;
constexpr double kMaxWords = 12;
constexpr double kMaxFiguresAgree = 3;
constexpr double kBodyAgreesFrom = 0.85, kBodyAgreesAt = 1;

double Share(double part, double rest) { return part > 0 ? part / (part + rest) : 0; }

// Logarithms of what is counted, by StableLog.
struct LogTables {
  std::array<double, 256> days;  // ln(1 + days)
  std::array<double, ProfileView::kMaxWords + 1> words, beyond;

  LogTables() {
    for (std::size_t n = 0; n < days.size(); ++n) days[n] = StableLog(1.0 + static_cast<double>(n));
    for (std::size_t n = 0; n < words.size(); ++n) {
      const double counted = static_cast<double>(std::max<std::size_t>(1, n));
      words[n] = StableLog(std::min(counted, kMaxWords));
      beyond[n] = StableLog(std::max(counted, kMaxWords) / kMaxWords);
    }
  }
};

const LogTables& Logs() {
  static const LogTables tables;
  return tables;
}

void AddForm(const Comparison& pair, PairFeatures& x) {
  const auto& older = pair.older();
  const auto& newer = pair.newer();
  x[kOneWordDiffers] = pair.OneWordDiffers();
  x[kSkeletonEqual] = older.text.view.skeleton() == newer.text.view.skeleton();
  // Days of an equal skeleton count up to the older text: that it returned in the
  // newer one is what is to be judged.
  const unsigned days = x[kSkeletonEqual] != 0 ? older.text.view.skeleton_days()
                                               : std::max(older.text.view.skeleton_days(),
                                                          newer.text.view.skeleton_days());
  x[kSkeletonDays] = Logs().days[days];
  x[kDateConflict] =
      (older.unmatched() & older.text.dates) != 0 && (newer.unmatched() & newer.text.dates) != 0;
  const std::size_t words = std::min(older.text.size, newer.text.size);
  x[kWords] = Logs().words[words];
  x[kWordsBeyond12] = Logs().beyond[words];
}

void AddSurroundings(const PairSurroundings& around, PairFeatures& x) {
  const double hours = std::max(0.0, around.hours_apart.value_or(kUnknownHours));
  x[kHours] = std::min(hours, kMaxHours) / kMaxHours;
  if (hours > kLaterFrom) x[kLater] = StableLog(hours / kLaterFrom);
  if (around.same_source) x[kOneSourceLater] = x[kLater];
  if (around.body) SetBodies(*around.body, around.same_source, x);
}

}  // namespace

void SetBodies(const BodyLikeness& body, bool same_source, PairFeatures& x) {
  x[kBodyAgrees] =
      std::clamp((body.jaccard - kBodyAgreesFrom) / (kBodyAgreesAt - kBodyAgreesFrom), 0.0, 1.0);
  const auto shared = static_cast<double>(body.figures.shared);
  const auto left = static_cast<double>(std::min(body.figures.older_only, body.figures.newer_only));
  const double agree = Share(shared, left) * std::min(shared, kMaxFiguresAgree) / kMaxFiguresAgree;
  x[kBodyForm] = std::min(1 - body.jaccard, body.jaccard) * (1 - agree);
  if (same_source) x[kBodyVaries] = x[kBodyForm];
  x[kBodyFiguresAgree] = agree;
  if (shared + left > 0) x[kBodyFigures] = left / (shared + left);
  x[kBodyDates] = body.dates.conflict();
}

WeightSums SumWeights(const Comparison& pair) {
  return {static_cast<double>(pair.matched_weight()), static_cast<double>(pair.older().left),
          static_cast<double>(pair.newer().left), static_cast<double>(pair.pairs().stale_weight)};
}

WeightSums SumWeights(const Comparison& pair, const Comparison::Gain& gain) {
  WeightSums weights = SumWeights(pair);
  weights.matched += gain.matched;
  weights.left_older -= gain.older;
  weights.left_newer -= gain.newer;
  return weights;
}

void SetWeights(const WeightSums& weights, PairFeatures& x) {
  const double left = weights.left_older + weights.left_newer;
  const double jaccard = Share(weights.matched, left);
  x[kWeightContained] = Share(weights.matched, std::min(weights.left_older, weights.left_newer));
  x[kWeightJaccardLow] = std::min(jaccard, kJaccardKnee);
  x[kWeightJaccardHigh] = std::max(0.0, jaccard - kJaccardKnee);
  x[kFreshJaccard] = Share(weights.matched - weights.stale, left);
  x[kMatchedWeight] = std::min(weights.matched, kMaxMatched) * ProfileView::kWeightUnit / 10;
}

PairFeatures ComputeFeatures(const Comparison& pair, const PairSurroundings& around) {
  PairFeatures x{};
  SetWeights(SumWeights(pair), x);
  x[kPairNovelty] = std::min(pair.pairs().novelty, kMaxNovelty) / kMaxNovelty;
  AddForm(pair, x);
  AddSurroundings(around, x);
  return x;
}

PairFeatures ComputeEqualFeatures(const ProfileView& older, const PairSurroundings& around) {
  PairFeatures x{};
  double weight = 0, novelty = 0;
  bool is_dated = false;
  const std::size_t words = older.num_words();
  for (std::size_t i = 0; i < words; ++i) {
    const ProfileWord word = older.word(i);
    if (!word.repeated) weight += word.weight;
    if (i + 1 < words) novelty += 1.0 / (1.0 + word.pair_days);
    is_dated |= word.is_slot && IsDateType(word.type);
  }
  x[kMatchedWeight] = std::min(weight, kMaxMatched) * ProfileView::kWeightUnit / 10;
  if (words > 1) x[kPairNovelty] = novelty / static_cast<double>(words - 1);
  // A form that is filled with a date returns every day, but each time with another; and over
  // an equal body even a running title is a copy.
  const bool same_body = around.body && around.body->jaccard == 1 &&
                         around.hours_apart.value_or(kUnknownHours) <= kReissuedHours;
  if (!is_dated && !same_body) x[kSkeletonDays] = Logs().days[older.skeleton_days()];
  AddSurroundings(around, x);
  return x;
}

double MostOfBodies(double most_jaccard, PairTable table, const JudgeTables& tables) {
  const auto& weight = tables.weight[table];
  const double agrees = (most_jaccard - kBodyAgreesFrom) / (kBodyAgreesAt - kBodyAgreesFrom);
  double most = std::clamp(agrees, 0.0, 1.0) * std::max(0.0, weight[kBodyAgrees]);
  for (const PairFeature k :
       {kBodyVaries, kBodyForm, kBodyDates, kBodyFigures, kBodyFiguresAgree}) {
    most += std::max(0.0, weight[k]);  // none is above 1
  }
  return most;
}

double WeightLogOdds(const WeightSums& weights, PairTable table, const JudgeTables& tables) {
  PairFeatures x;
  SetWeights(weights, x);
  double sum = 0;
  for (std::size_t i = 0; i < kNumWeightFeatures; ++i) sum += x[i] * tables.weight[table][i];
  return sum;
}

double OtherLogOdds(const PairFeatures& features, PairTable table, const JudgeTables& tables) {
  const auto& weight = tables.weight[table];
  // Two sums side by side, for none has to wait for the other.
  double even = tables.bias[table], odd = 0;
  std::size_t i = kNumWeightFeatures;
  for (; i + 1 < kNumPairFeatures; i += 2) {
    even += features[i] * weight[i];
    odd += features[i + 1] * weight[i + 1];
  }
  if (i < kNumPairFeatures) even += features[i] * weight[i];
  return even + odd;
}

double LogOdds(const PairFeatures& features, PairTable table, const JudgeTables& tables) {
  double z = tables.bias[table];
  for (std::size_t i = 0; i < kNumPairFeatures; ++i) z += features[i] * tables.weight[table][i];
  return z;
}

}  // namespace samestory
