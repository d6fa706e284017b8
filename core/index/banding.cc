#include <cmath>

#include "absl/strings/str_cat.h"
#include "samestory/lsh.h"

namespace samestory {
namespace {

constexpr int kMaxRows = 64;

// Least number of bands with which a pair at `threshold` is found with `recall`, or 0 where it is
// more than `max_bands`.
int LeastBands(double threshold, double recall, int rows, int max_bands) {
  for (int bands = 1; bands <= max_bands; ++bands) {
    if (CandidateProbability({bands, rows}, threshold) >= recall) return bands;
  }
  return 0;
}

double Cost(Banding banding) {
  double candidates = 0;
  for (int i = 0; i < 100; ++i) {
    const double j = (i + 0.5) / 100;
    candidates += 1e5 * std::exp(-20 * j) * CandidateProbability(banding, j);
  }
  return banding.bands + 2.5 * candidates;
}

}  // namespace

double CandidateProbability(Banding banding, double jaccard) {
  return 1 - std::pow(1 - std::pow(jaccard, banding.rows), banding.bands);
}

absl::StatusOr<Banding> ChooseBanding(double threshold, double recall, int max_perm) {
  if (!(threshold > 0 && threshold <= 1) || !(recall > 0 && recall < 1)) {
    return absl::InvalidArgumentError(absl::StrCat("threshold is ", threshold, " and recall is ",
                                                   recall, "; both must be between 0 and 1"));
  }
  Banding best;
  for (int rows = 1; rows <= kMaxRows && rows <= max_perm; ++rows) {
    const Banding banding{LeastBands(threshold, recall, rows, max_perm / rows), rows};
    if (banding.bands == 0) break;
    if (best.bands == 0 || Cost(banding) < Cost(best)) best = banding;
  }
  if (best.bands == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("no banding of ", max_perm, " permutations finds pairs at ", threshold,
                     " with probability ", recall));
  }
  return best;
}

}  // namespace samestory
