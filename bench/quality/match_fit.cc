#include "match_fit.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "match/comparison.h"
#include "match/features.h"
#include "match_logistic.h"
#include "support/random.h"
#include "match_replay.h"

namespace samestory::quality {
namespace {

constexpr double kFree = 1e9;
constexpr std::size_t kDensities[] = {1, 8};  // one item in so many is learned
constexpr double kL2 = 0.3;
constexpr double kHourApartWeight = 0.02;  // of templates seen again as if an hour apart
constexpr double kMaxDayJaccard = 0.4;     // closer pairs of one day are too often one story
constexpr double kMaxBodyWeight = 3;
constexpr double kMaxEqualHours = 3.5;  // the sets of equal titles end where they were cut
constexpr double kMaxLaterWeight = 1;   // no pair of one story in the sets is so far apart

// What a set says in all, of 1,000 for a weight of 1.
constexpr struct {
  const char* name;
  double weight;
} kSets[] = {{"titlever", 1},        {"samedesc", .5},  {"bbcver", .8},    {"reissue", .25},
             {"hand_same", .2},      {"template", 1.2}, {"na_xwin", 2.5},  {"na_far", .4},
             {"rss_far", .2},        {"na_day", .3},    {"rss_day", .15},  {"reutempl", .6},
             {"hand_different", .1}, {"na_equal", 1},   {"na_running", .5}};

// The share of all natural look-alikes that a table lets pass at the default thresholds.
constexpr double kLookAlikeShare[] = {.0054, .0010};
constexpr double kEqualMargin = 0.05;
constexpr double kMinEqualBody = 1;  // an equal title over an equal body is a copy at any time

// In the tables' order: no conflict, conflict, equal. {0, 0} leaves a feature out.
struct FeatureBounds {
  PairFeature feature;
  WeightBounds in[kNumPairTables];
};
constexpr WeightBounds kOut{0, 0}, kFor{0, kFree}, kAgainst{-kFree, 0}, kEither{-kFree, kFree};
constexpr WeightBounds kLaterOnly{-kMaxLaterWeight, 0};
constexpr FeatureBounds kBounds[] = {
    {kWeightContained, {kFor, kOut, kOut}},
    {kWeightJaccardLow, {kFor, kFor, kOut}},
    {kWeightJaccardHigh, {kFor, kFor, kOut}},
    {kFreshJaccard, {kFor, kFor, kOut}},
    {kMatchedWeight, {kFor, kOut, kOut}},
    {kPairNovelty, {kFor, kFor, kOut}},
    {kOneWordDiffers, {kAgainst, kOut, kOut}},
    {kSkeletonDays, {kAgainst, kAgainst, kAgainst}},
    {kSkeletonEqual, {kOut, kAgainst, kOut}},
    {kDateConflict, {kOut, kAgainst, kOut}},
    {kHours, {kAgainst, kAgainst, {-kMaxEqualHours, 0}}},
    {kLater, {kLaterOnly, kLaterOnly, kLaterOnly}},
    {kWords, {kEither, kOut, kOut}},
    {kWordsBeyond12, {kEither, kOut, kOut}},
    {kBodyAgrees, {kOut, kOut, kOut}},
    {kBodyVaries, {kOut, kOut, kAgainst}},
    {kBodyVariesLater, {kOut, kOut, kAgainst}},
    {kOneSourceLater, {kOut, kOut, kAgainst}},
};

std::vector<WeightBounds> BoundsOf(PairTable table) {
  std::vector<WeightBounds> bounds(kNumPairFeatures);
  for (const FeatureBounds& row : kBounds) bounds[row.feature] = row.in[table];
  return bounds;
}

struct Row {
  PairFeatures x;
  PairTable table;
  bool same, has_bodies;
  double weight;
  bool is_look_alike;
};

class Fitter {
 public:
  Fitter(const MatchData& data, const Options& options) : data_(data), options_(options) {}

  MatchFit Run() {
    for (const LabelledPair& pair : data_.pairs) {
      if (pair.set == "bbcver" && pair.hours_apart) version_hours_.push_back(*pair.hours_apart);
    }
    for (const std::size_t density : kDensities) AddRows(ReplayStream(data_, options_, density));
    MatchFit fit;
    for (const PairTable table : {kNoConflict, kConflict, kEqual}) fit.tables[table] = Fit(table);
    return fit;
  }

 private:
  void AddRows(const std::vector<PairSample>& samples) {
    std::map<std::string, double> sizes;
    for (const PairSample& sample : samples) {
      ++sizes[sample.pair->set];
    }
    bench::Random random(31);
    for (const PairSample& sample : samples) {
      const auto set = std::find_if(std::begin(kSets), std::end(kSets), [&](const auto& entry) {
        return entry.name == sample.pair->set;
      });
      if (set == std::end(kSets)) continue;
      std::optional<double> hours = sample.pair->hours_apart;
      if (sample.pair->set == "titlever" && hours.value_or(0) < .1 && !version_hours_.empty()) {
        hours = version_hours_[random.Below(version_hours_.size())];
      }
      const double weight = set->weight * 1000 / std::max(1.0, sizes[set->name]);
      AddRow(sample, hours, weight);
      if (sample.pair->set == "template")
        AddRow(sample, 1, weight * kHourApartWeight / set->weight);
      if (sample.pair->set.ends_with("_far")) AddRow(sample, TrueHours(*sample.pair), weight);
    }
  }

  static double TrueHours(const LabelledPair& pair) {
    return std::abs(*pair.older.hours - *pair.newer.hours);
  }

  void AddRow(const PairSample& sample, std::optional<double> hours, double weight) {
    Row row;
    const PairSurroundings around{hours, sample.body_jaccard, sample.same_source()};
    if (sample.is_equal()) {
      row.table = kEqual;
      row.x = ComputeEqualFeatures(sample.older(), around);
      // A title that was there on other days may be a running one, whatever its set says.
      if (sample.pair->set == "na_equal" && sample.older().skeleton_days() >= 2) return;
    } else {
      const Comparison pair(sample.older(), sample.newer());
      row.table = pair.has_conflict() ? kConflict : kNoConflict;
      row.x = ComputeFeatures(pair, around);
      if (sample.pair->set.ends_with("_day") &&
          Jaccard(sample.older().shingles(), sample.newer().shingles()) >= kMaxDayJaccard) {
        return;
      }
    }
    row.same = sample.pair->same;
    row.has_bodies = sample.body_jaccard.has_value();
    row.weight = weight;
    row.is_look_alike = sample.pair->set == "na_xwin";
    look_alikes_ += row.is_look_alike;
    rows_.push_back(row);
  }

  std::vector<LogisticRow> TableRows(PairTable table) const {
    std::vector<LogisticRow> rows;
    for (const Row& row : rows_) {
      if (row.table == table) rows.push_back({{row.x.begin(), row.x.end()}, row.same, row.weight});
    }
    return rows;
  }

  FittedTable Fit(PairTable table) const {
    const LogisticModel model = FitLogistic(TableRows(table), BoundsOf(table), kL2);
    FittedTable fitted;
    for (std::size_t k = 0; k < kNumPairFeatures; ++k) fitted.weight[k] = Rounded(model.weight[k]);
    fitted.bias = Rounded(model.bias);
    fitted.bias = Rounded(table == kEqual ? BiasForEqual(fitted) : BiasFor(table, fitted));
    if (table != kConflict) fitted.weight[kBodyAgrees] = FitBodies(table, fitted);
    return fitted;
  }

  static double Rounded(double x) { return std::nearbyint(x * 100) / 100; }

  static double LogOddsBy(const FittedTable& table, const Row& row) {
    double z = table.bias;
    for (std::size_t k = 0; k < kNumPairFeatures; ++k) z += table.weight[k] * row.x[k];
    return z;
  }

  // The bias at which just the stated share of look-alikes passes the threshold.
  double BiasFor(PairTable table, const FittedTable& fitted) const {
    std::vector<double> scores;
    for (const Row& row : rows_) {
      if (row.table == table && row.is_look_alike) scores.push_back(LogOddsBy(fitted, row));
    }
    const double wanted = kLookAlikeShare[table] * static_cast<double>(look_alikes_);
    const auto rank = std::min(static_cast<std::size_t>(wanted), scores.size() - 1);
    std::sort(scores.begin(), scores.end(), std::greater<>());
    const double p = table == kConflict ? options_.update_probability : options_.join_probability;
    return fitted.bias + std::log(p / (1 - p)) - scores[rank];
  }

  // At most so much that an equal title of a day and a half later is of the same story, but by
  // itself not yet a copy to be dropped.
  double BiasForEqual(const FittedTable& fitted) const {
    const double p = options_.drop_probability - kEqualMargin;
    return std::min(fitted.bias, std::log(p / (1 - p)) - fitted.weight[kHours]);
  }

  double FitBodies(PairTable table, const FittedTable& fitted) const {
    std::vector<LogisticRow> rows;
    for (const Row& row : rows_) {
      if (row.table == table && row.has_bodies) {
        rows.push_back({{row.x[kBodyAgrees]}, row.same, row.weight, LogOddsBy(fitted, row)});
      }
    }
    const LogisticModel model =
        FitLogistic(rows, {{table == kEqual ? kMinEqualBody : 0, kMaxBodyWeight}}, kL2, false);
    return Rounded(model.weight[0]);
  }

  const MatchData& data_;
  const Options& options_;
  std::vector<double> version_hours_;
  std::vector<Row> rows_;
  std::size_t look_alikes_ = 0;
};

}  // namespace

std::string MatchFit::ToSource() const {
  char line[160];
  std::snprintf(line, sizeof(line),
                "inline constexpr std::array<double, kNumPairTables> kBias = {%g, %g, %g};\n",
                tables[0].bias, tables[1].bias, tables[2].bias);
  std::string source = line;
  source += "// clang-format off\n";
  source += "inline constexpr std::array<FeatureRow, kNumPairFeatures> kFeatureRows = {{\n";
  source += "    //                           no conflict  conflict  equal\n";
  for (std::size_t k = 0; k < kNumPairFeatures; ++k) {
    const std::string name = "\"" + std::string(kFeatureRows[k].name) + "\",";
    std::snprintf(line, sizeof(line), "    {%-27s {%g, %g, %g}},\n", name.c_str(),
                  tables[0].weight[k], tables[1].weight[k], tables[2].weight[k]);
    source += line;
  }
  return source + "}};\n// clang-format on\n";
}

MatchFit FitMatch(const MatchData& data, const Options& options) {
  return Fitter(data, options).Run();
}

}  // namespace samestory::quality
