#include "match/turning.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace samestory {
namespace {

constexpr double kMostHours = 24 * 365;
constexpr int kHalvings = 40;

class TurningSearch {
 public:
  TurningSearch(const Comparison& pair, const PairSurroundings& around, const Judge& judge)
      : pair_(pair),
        around_(around),
        judge_(judge),
        table_(pair.has_conflict() ? kConflict : kNoConflict),
        joined_(Joins(ComputeFeatures(pair, around), table_)) {}

  std::vector<std::string> Run() const {
    std::vector<std::string> changes;
    for (const auto& change : {ByHours(), BySlots(), ByWord()}) {
      if (change) changes.push_back(*change);
    }
    return changes;
  }

 private:
  bool Joins(const PairFeatures& features, PairTable table) const {
    return judge_.LogOddsOf(features, table) >= judge_.join_log_odds(table);
  }

  std::string_view Turned() const { return joined_ ? "two stories" : "one story"; }

  // Hours speak against a story, so the verdict turns at one point of time at most.
  std::optional<std::string> ByHours() const {
    const auto joins_at = [&](double hours) {
      PairSurroundings around = around_;
      around.hours_apart = hours;
      return Joins(ComputeFeatures(pair_, around), table_);
    };
    double low = joined_ ? around_.hours_apart.value_or(kUnknownHours) : 0, high = kMostHours;
    if (!joins_at(low) || joins_at(high)) return std::nullopt;
    for (int i = 0; i < kHalvings; ++i) {
      const double middle = (low + high) / 2;
      (joins_at(middle) ? low : high) = middle;
    }
    return joined_ ? absl::StrFormat("two stories if they were more than %.1f hours apart", low)
                   : absl::StrFormat("one story if they were at most %.1f hours apart", low);
  }

  // As if the slots of both texts were equal.
  std::optional<std::string> BySlots() const {
    if (joined_ || table_ != kConflict) return std::nullopt;
    const auto &older = pair_.older(), &newer = pair_.newer();
    WeightSums weights = SumWeights(pair_);
    const double slots_older = older.Weight(older.unmatched_slots());
    const double slots_newer = newer.Weight(newer.unmatched_slots());
    weights.matched += std::min(slots_older, slots_newer);
    weights.left_older -= slots_older;
    weights.left_newer -= slots_newer;
    PairFeatures features = ComputeFeatures(pair_, around_);
    SetWeights(weights, features);
    features[kDateConflict] = 0;
    if (!Joins(features, kNoConflict)) return std::nullopt;
    return "one story if their numbers and dates agreed";
  }

  // As if a word that only one has stood in both, or one that both have in the older alone.
  std::optional<std::string> ByWord() const {
    std::optional<std::string> change;
    int lightest = 256;
    const auto consider = [&](const Comparison::Side& side, Comparison::Mask words) {
      for (; words != 0; words &= words - 1) {
        const auto i = static_cast<std::size_t>(std::countr_zero(words));
        if (side.text.weights[i] >= lightest || JoinsWith(side, i) == joined_) continue;
        lightest = side.text.weights[i];
        change = absl::StrCat(std::string(Turned()),
                              joined_ ? " if they did not share \"" : " if both had \"",
                              std::string(side.Word(i)), "\"");
      }
    };
    const auto &older = pair_.older(), &newer = pair_.newer();
    if (joined_) {
      consider(newer, newer.shared);
    } else {
      consider(older, older.unmatched() & ~older.text.slots);
      consider(newer, newer.unmatched() & ~newer.text.slots);
    }
    return change;
  }

  // The verdict with word i matched where it is not, or not matched where it is.
  bool JoinsWith(const Comparison::Side& side, std::size_t i) const {
    WeightSums weights = SumWeights(pair_);
    const double weight = side.text.weights[i];
    if (joined_) {
      weights.matched -= weight;
      weights.left_older += weight;
      weights.left_newer += weight;
    } else {
      weights.matched += weight;
      (&side == &pair_.older() ? weights.left_older : weights.left_newer) -= weight;
    }
    PairFeatures features = ComputeFeatures(pair_, around_);
    SetWeights(weights, features);
    return Joins(features, table_);
  }

  const Comparison& pair_;
  const PairSurroundings& around_;
  const Judge& judge_;
  PairTable table_;
  bool joined_;
};

}  // namespace

std::vector<std::string> TurningChanges(const Comparison& pair, const PairSurroundings& around,
                                        const Judge& judge) {
  return TurningSearch(pair, around, judge).Run();
}

}  // namespace samestory
