#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "samestory/lsh.h"

namespace samestory {
namespace {

// The model of ChooseBanding. Nanoseconds of one core, measured; only their ratios matter.
constexpr double kPerBand = 16;          // one cache line from memory
constexpr double kPerPermutation = 0.7;  // of a headline's signature
constexpr double kPerCandidate = 50;     // exact verification, with what it reads from memory
constexpr double kLiveRecords = 250'000;

// Share of all pairs of unrelated headlines whose Jaccard lies in [0.05 i, 0.05 (i + 1)), i from 1:
// 60 million random pairs of 282,000 distinct English news headlines, word 1- and 2-shingles.
// (Pairs below 0.05 hardly ever share a band.) docs/index.md tells more.
constexpr double kBinWidth = 0.05;
constexpr std::array<double, 19> kBackground = {
    1.1e-2, 5.7e-4, 6.6e-5, 2.1e-5, 8.0e-6, 4.5e-6, 2.6e-6, 1.8e-6, 9.3e-7, 7.0e-7,
    4.0e-7, 3.0e-7, 2.2e-7, 1.5e-7, 1.2e-7, 8.0e-8, 4.0e-8, 2.0e-8, 1.0e-8};
// Within a bin the density falls so fast that its lower third stands for all of it.
constexpr double kWithinBin = 0.3;

constexpr int kMaxPermutations = 1024;

// By multiplication alone, so that every machine gets the same bits.
double Power(double base, int exponent) {
  double power = 1;
  for (; exponent > 0; exponent >>= 1, base *= base) {
    if ((exponent & 1) != 0) power *= base;
  }
  return power;
}

// Candidates below the threshold that a record meets among kLiveRecords.
double FalseCandidates(Banding banding, double threshold) {
  double candidates = 0;
  for (std::size_t i = 0; i < kBackground.size(); ++i) {
    const double jaccard = kBinWidth * (static_cast<double>(i + 1) + kWithinBin);
    if (jaccard >= threshold) break;
    candidates += kBackground[i] * CandidateProbability(banding, jaccard);
  }
  return kLiveRecords * candidates;
}

double Cost(Banding banding, double threshold) {
  return kPerBand * banding.bands + kPerPermutation * banding.bands * banding.rows +
         kPerCandidate * FalseCandidates(banding, threshold);
}

// Least number of bands with which a pair at `threshold` is found with `recall`; 0 where that takes
// more than `max_bands`.
int LeastBands(double threshold, double recall, int rows, int max_bands) {
  for (int bands = 1; bands <= max_bands; ++bands) {
    if (CandidateProbability({bands, rows}, threshold) >= recall) return bands;
  }
  return 0;
}

}  // namespace

double CandidateProbability(Banding banding, double jaccard) {
  return 1 - Power(1 - Power(jaccard, banding.rows), banding.bands);
}

absl::StatusOr<Banding> ChooseBanding(double threshold, double recall, int max_perm) {
  if (!(threshold > 0 && threshold <= 1)) {
    return absl::InvalidArgumentError(
        absl::StrCat("threshold is ", threshold, "; it must be above 0 and at most 1"));
  }
  if (!(recall > 0 && recall < 1)) {
    return absl::InvalidArgumentError(
        absl::StrCat("recall is ", recall, "; it must be between 0 and 1"));
  }
  max_perm = std::min(max_perm, kMaxPermutations);
  Banding best;
  for (int rows = 1; rows <= max_perm; ++rows) {
    const Banding banding{LeastBands(threshold, recall, rows, max_perm / rows), rows};
    if (banding.bands == 0) break;  // more rows would take more bands still
    if (best.bands == 0 || Cost(banding, threshold) < Cost(best, threshold)) best = banding;
  }
  if (best.bands == 0) {
    return absl::InvalidArgumentError(absl::StrCat("no banding of ", max_perm,
                                                   " permutations makes pairs at ", threshold,
                                                   " candidates with probability ", recall));
  }
  return best;
}

}  // namespace samestory
