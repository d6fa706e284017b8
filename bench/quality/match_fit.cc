#include "match_fit.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "absl/strings/str_format.h"
#include "base/hash.h"
#include "match/comparison.h"
#include "match/features.h"
#include "match_logistic.h"
#include "support/random.h"

namespace samestory::quality {
namespace {

constexpr double kFree = 1e9;
constexpr std::size_t kDensities[] = {1, 8};  // one item in so many is learned
constexpr double kL2 = 0.3;
constexpr double kHourApartWeight = 0.02;  // of templates seen again as if an hour apart
constexpr double kMaxDayJaccard = 0.4;     // closer pairs of one day are too often one story
constexpr double kMaxBodyWeight = 8;
constexpr double kMaxEqualHours = 3.5;  // the sets of equal titles end where they were cut
constexpr double kMaxLaterWeight = 1;   // no pair of one story in the sets is so far apart
constexpr double kConflictShare = 0.16;  // of the wrong joins; those without conflict have the rest

// What a set says in all, of 1,000 for a weight of 1.
constexpr struct {
  const char* name;
  double weight;
} kSets[] = {{"titlever", 1},        {"samedesc", .5},  {"bbcver", .8},    {"reissue", .5},
             {"hand_same", .2},      {"template", 1.2}, {"na_xwin", 2.5},  {"na_far", .4},
             {"rss_far", .2},        {"na_day", .3},    {"rss_day", .15},  {"reutempl", .6},
             {"hand_different", .1}, {"na_equal", 1},   {"na_running", .5}};

// In the tables' order: no conflict, conflict, equal. {0, 0} leaves a feature out.
struct FeatureBounds {
  PairFeature feature;
  WeightBounds in[kNumPairTables];
};
constexpr WeightBounds kOut{0, 0}, kFor{0, kFree}, kAgainst{-kFree, 0}, kEither{-kFree, kFree};
constexpr WeightBounds kLaterOnly{-kMaxLaterWeight, 0};
constexpr FeatureBounds kTitleBounds[] = {
    {kWeightContained, {kFor, kOut, kOut}},
    {kWeightJaccardLow, {kFor, kFor, kOut}},
    {kWeightJaccardHigh, {kFor, kFor, kOut}},
    {kFreshJaccard, {kFor, kFor, kOut}},
    {kMatchedWeight, {kFor, kOut, kFor}},
    {kPairNovelty, {kFor, kFor, kFor}},
    {kOneWordDiffers, {kAgainst, kOut, kOut}},
    {kSkeletonDays, {kAgainst, kAgainst, kAgainst}},
    {kSkeletonEqual, {kOut, kAgainst, kOut}},
    {kDateConflict, {kOut, kAgainst, kOut}},
    {kHours, {kAgainst, kAgainst, {-kMaxEqualHours, 0}}},
    {kLater, {kLaterOnly, kLaterOnly, kLaterOnly}},
    {kWords, {kEither, kOut, kOut}},
    {kWordsBeyond12, {kEither, kOut, kOut}},
    {kOneSourceLater, {kOut, kOut, kAgainst}},
};
constexpr WeightBounds kBodyFor{0, kMaxBodyWeight}, kBodyAgainst{-kMaxBodyWeight, 0};
// An equal title over an equal body is a copy.
constexpr WeightBounds kEqualBodyFor{4, kMaxBodyWeight};
constexpr FeatureBounds kBodyBounds[] = {
    {kBodyAgrees, {kBodyFor, kBodyFor, kEqualBodyFor}},
    {kBodyVaries, {kOut, kOut, kBodyAgainst}},
    {kBodyForm, {kBodyAgainst, kBodyAgainst, kOut}},
    {kBodyDates, {kBodyAgainst, kBodyAgainst, kBodyAgainst}},
    {kBodyFigures, {kBodyAgainst, kBodyAgainst, kBodyAgainst}},
    {kBodyFiguresAgree, {kBodyFor, kBodyFor, kOut}},
};

std::vector<WeightBounds> BoundsOf(PairTable table, std::span<const FeatureBounds> features) {
  std::vector<WeightBounds> bounds(kNumPairFeatures);
  for (const FeatureBounds& row : features) bounds[row.feature] = row.in[table];
  return bounds;
}

double TrueHours(const LabelledPair& pair) {
  return std::abs(*pair.older.hours - *pair.newer.hours);
}

double Rounded(double x) { return std::nearbyint(x * 100) / 100; }

}  // namespace

int FoldOf(const LabelledPair& pair) { return static_cast<int>(Hash64(pair.group, 0) % kFolds); }

double SetWeight(std::string_view name) {
  for (const auto& set : kSets) {
    if (set.name == name) return set.weight;
  }
  return 0;
}

struct MatchFitter::Row {
  PairFeatures x;
  PairTable table;
  bool same, has_bodies, is_look_alike;
  double weight;
  int fold;
};

MatchFitter::MatchFitter(const MatchData& data, const Options& options) {
  for (const LabelledPair& pair : data.pairs) {
    if (pair.set == "bbcver" && pair.hours_apart) version_hours_.push_back(*pair.hours_apart);
  }
  for (const std::size_t density : kDensities) AddRows(ReplayStream(data, options, density));
}

MatchFitter::~MatchFitter() = default;

void MatchFitter::AddRows(const std::vector<PairSample>& samples) {
  std::map<std::string, double> sizes;
  for (const PairSample& sample : samples) ++sizes[sample.pair->set];
  bench::Random random(31);
  for (const PairSample& sample : samples) {
    const double say = SetWeight(sample.pair->set);
    if (say == 0) continue;
    std::optional<double> hours = sample.pair->hours_apart;
    if (sample.pair->set == "titlever" && hours.value_or(0) < .1 && !version_hours_.empty()) {
      hours = version_hours_[random.Below(version_hours_.size())];
    }
    const double weight = say * 1000 / std::max(1.0, sizes[sample.pair->set]);
    AddRow(sample, hours, weight);
    if (sample.pair->set == "template") {
      AddRow(sample, 1, weight * kHourApartWeight / say);
    }
    if (sample.pair->set.ends_with("_far")) AddRow(sample, TrueHours(*sample.pair), weight);
  }
}

void MatchFitter::AddRow(const PairSample& sample, std::optional<double> hours, double weight) {
  Row row;
  const PairSurroundings around{hours, sample.body, sample.same_source()};
  if (sample.is_equal()) {
    row.table = kEqual;
    row.x = ComputeEqualFeatures(sample.older(), around);
    // A title that was there on other days may be a running one, whatever its set says.
    if (sample.pair->set == "na_equal" && sample.older().skeleton_days() >= 2) return;
  } else {
    const ProfileWords older(sample.older()), newer(sample.newer());
    Comparison pair(older, newer);
    pair.MatchForms();
    row.table = pair.has_conflict() ? kConflict : kNoConflict;
    row.x = ComputeFeatures(pair, around);
    if (sample.pair->set.ends_with("_day") &&
        OverlapOf(pair, Options().ngram_size).jaccard() >= kMaxDayJaccard) {
      return;
    }
  }
  row.same = sample.pair->same;
  row.has_bodies = sample.body.has_value();
  row.weight = weight;
  row.is_look_alike = sample.pair->set == "na_xwin";
  row.fold = FoldOf(*sample.pair);
  rows_.push_back(row);
}

// The rows that one fit sees.
class MatchFitter::Training {
 public:
  Training(const std::vector<Row>& rows, std::optional<int> left_out) {
    for (const Row& row : rows) {
      if (row.fold != left_out) rows_.push_back(&row);
    }
  }

  void FitTable(PairTable table, JudgeTables& tables) const {
    std::vector<LogisticRow> rows;
    for (const Row* row : rows_) {
      if (row->table == table) {
        rows.push_back({{row->x.begin(), row->x.end()}, row->same, row->weight});
      }
    }
    const LogisticModel titles = FitLogistic(rows, BoundsOf(table, kTitleBounds), kL2);
    tables.bias[table] = Rounded(titles.bias);
    for (std::size_t k = 0; k < kNumPairFeatures; ++k) {
      tables.weight[table][k] = Rounded(titles.weight[k]);
    }
    rows.clear();
    for (const Row* row : rows_) {
      if (row->table != table || !row->has_bodies) continue;
      rows.push_back({{row->x.begin(), row->x.end()},
                      row->same,
                      row->weight,
                      LogOdds(row->x, table, tables)});
    }
    const LogisticModel bodies = FitLogistic(rows, BoundsOf(table, kBodyBounds), kL2, false);
    for (std::size_t k = 0; k < kNumPairFeatures; ++k) {
      tables.weight[table][k] += Rounded(bodies.weight[k]);
    }
  }

  // The log-odds by the titles alone that just so many look-alikes pass.
  void FitJoinLevels(JudgeTables& tables) const {
    JudgeTables titles = tables;
    for (const FeatureBounds& row : kBodyBounds) {
      for (auto& weight : titles.weight) weight[row.feature] = 0;
    }
    double look_alikes = 0;
    for (const Row* row : rows_) look_alikes += row->is_look_alike;
    for (const PairTable table : {kNoConflict, kConflict}) {
      std::vector<double> scores;
      for (const Row* row : rows_) {
        if (row->is_look_alike && row->table == table) {
          scores.push_back(LogOdds(row->x, table, titles));
        }
      }
      std::sort(scores.begin(), scores.end(), std::greater<>());
      const double share = table == kConflict ? kConflictShare : 1 - kConflictShare;
      for (std::size_t k = 0; k < kNumJoinLevels; ++k) {
        JoinLevel& level = tables.join_levels[k];
        level.wrong_joins = kJoinLevels[k].wrong_joins;
        const auto rank = static_cast<std::size_t>(level.wrong_joins * share * look_alikes);
        if (!scores.empty()) {
          level.log_odds[table] = Rounded(scores[std::min(rank, scores.size() - 1)]);
        }
      }
    }
  }

 private:
  std::vector<const Row*> rows_;
};

JudgeTables MatchFitter::Fit(std::optional<int> left_out) const {
  const auto fit = [this](std::optional<int> part, std::optional<int> other) {
    std::vector<Row> rows;
    for (const Row& row : rows_) {
      if (row.fold != other) rows.push_back(row);
    }
    JudgeTables tables;
    for (const PairTable table : {kNoConflict, kConflict, kEqual}) {
      Training(rows, part).FitTable(table, tables);
    }
    Training(rows, part).FitJoinLevels(tables);
    return tables;
  };
  JudgeTables tables = fit(left_out, std::nullopt);
  // Log-odds that no table was fitted to give.
  std::array<std::vector<LogisticRow>, kNumPairTables> apart;
  for (int part = 0; part < kFolds; ++part) {
    if (part == left_out) continue;
    const JudgeTables others = fit(part, left_out);
    for (const Row& row : rows_) {
      if (row.fold != part) continue;
      apart[row.table].push_back(
          {{LogOdds(row.x, row.table, others)}, row.same, row.weight});
    }
  }
  for (const PairTable table : {kNoConflict, kConflict, kEqual}) {
    const LogisticModel platt = FitLogistic(apart[table], {{0, kFree}}, 0);
    tables.calibration[table] = {Rounded(platt.weight[0]), Rounded(platt.bias)};
  }
  return tables;
}

std::string TablesSource(const JudgeTables& tables) {
  std::string source = absl::StrFormat(
      "// weights.h\ninline constexpr std::array<double, kNumPairTables> kBias = {%g, %g, %g};\n"
      "// clang-format off\n"
      "inline constexpr std::array<FeatureRow, kNumPairFeatures> kFeatureRows = {{\n"
      "    //                           no conflict  conflict  equal\n",
      tables.bias[0], tables.bias[1], tables.bias[2]);
  for (std::size_t k = 0; k < kNumPairFeatures; ++k) {
    const std::string name = "\"" + std::string(kFeatureRows[k].name) + "\",";
    absl::StrAppendFormat(&source, "    {%-27s {%g, %g, %g}},\n", name, tables.weight[0][k],
                          tables.weight[1][k], tables.weight[2][k]);
  }
  source += "}};\n// clang-format on\n\n// calibration.h\n";
  source += "inline constexpr std::array<Calibration, kNumPairTables> kCalibration = {\n    {";
  for (const Calibration& c : tables.calibration) {
    absl::StrAppendFormat(&source, "%s{%g, %g}", &c == &tables.calibration[0] ? "" : ", ",
                          c.slope, c.offset);
  }
  source += "}};\ninline constexpr std::array<JoinLevel, kNumJoinLevels> kJoinLevels = {{\n";
  for (const JoinLevel& level : tables.join_levels) {
    absl::StrAppendFormat(&source, "    {%g, {%g, %g}},\n", level.wrong_joins, level.log_odds[0],
                          level.log_odds[1]);
  }
  return source + "}};\n";
}

}  // namespace samestory::quality
