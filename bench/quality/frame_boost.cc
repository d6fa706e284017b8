#include "frame_boost.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <span>

#include "base/math.h"

namespace samestory::quality {
namespace {

constexpr std::size_t kSteps = 32;
constexpr std::size_t kSampleEvery = 7;  // rows that borders are read from
constexpr double kUnit = 1 << 16;        // of derivatives, which are added up as integers

// What is written to a table of five digits, so that the fit sees what will be read.
float Written(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.5g", static_cast<double>(value));
  return std::strtof(text, nullptr);
}

// A column in steps: a value's step is the number of borders below it.
struct Column {
  std::uint8_t index = 0;
  std::vector<float> borders;
  std::vector<std::uint8_t> steps;  // one a row that is used

  Column(const FrameRows& rows, const std::vector<std::size_t>& used, std::uint8_t column)
      : index(column) {
    std::vector<float> sample;
    for (std::size_t k = 0; k < used.size(); k += kSampleEvery) {
      sample.push_back(rows.Row(used[k])[column]);
    }
    std::sort(sample.begin(), sample.end());
    for (std::size_t step = 0; step < kSteps && !sample.empty(); ++step) {
      AddBorder(sample, sample[sample.size() * step / kSteps]);
    }
    steps.resize(used.size());
    for (std::size_t k = 0; k < used.size(); ++k) {
      const float value = rows.Row(used[k])[column];
      const auto at = std::lower_bound(borders.begin(), borders.end(), value);
      steps[k] = static_cast<std::uint8_t>(at - borders.begin());
    }
  }

 private:
  // Halfway to the next value of the sample.
  void AddBorder(const std::vector<float>& sample, float value) {
    const auto next = std::upper_bound(sample.begin(), sample.end(), value);
    if (next == sample.end()) return;
    const float border = Written(value + (*next - value) / 2);
    if (borders.empty() || border > borders.back()) borders.push_back(border);
  }
};

// First and second derivatives of the loss, of one row or many.
struct Slope {
  std::int64_t first = 0, second = 0;
  void Add(const Slope& other) {
    first += other.first;
    second += other.second;
  }
  Slope Without(const Slope& other) const {
    return {.first = first - other.first, .second = second - other.second};
  }
};

struct Split {
  double gain = 0;
  const Column* column = nullptr;
  std::uint8_t step = 0;  // higher steps go right
};

class Grower {
 public:
  Grower(const BoostOptions& options, std::vector<Column> columns, std::size_t rows)
      : options_(options),
        columns_(std::move(columns)),
        random_(options.seed),
        slopes_(rows),
        nodes_(rows) {}

  // Also adds the tree's steps to `log_odds`.
  FrameTree Grow(const std::vector<bool>& positive, const std::vector<float>& weight,
                 std::vector<double>& log_odds) {
    Differentiate(positive, weight, log_odds);
    Draw();
    FrameTree tree;
    tree.border.fill(kNever);
    std::fill(nodes_.begin(), nodes_.end(), 0);
    for (std::size_t first = 0; first < kFrameTreeNodes; first = 2 * first + 1) {
      SplitLevel(first, tree);
    }
    SetLeaves(tree);
    for (std::size_t i = 0; i < log_odds.size(); ++i) {
      log_odds[i] += static_cast<double>(tree.log_odds[nodes_[i]]);
    }
    return tree;
  }

 private:
  void Differentiate(const std::vector<bool>& positive, const std::vector<float>& weight,
                     const std::vector<double>& log_odds) {
    for (std::size_t i = 0; i < slopes_.size(); ++i) {
      const double p = StableLogistic(log_odds[i]);
      const double w = static_cast<double>(weight[i]) * kUnit;
      slopes_[i] = {.first = std::llround(w * (positive[i] - p)),
                    .second = std::llround(w * p * (1 - p))};
    }
  }

  // The rows and columns of the next tree.
  void Draw() {
    drawn_.clear();
    const auto below = options_.share_of_rows * std::numeric_limits<std::uint32_t>::max();
    for (std::size_t i = 0; i < slopes_.size(); ++i) {
      if (random_() <= below) drawn_.push_back(i);
    }
    chosen_.clear();
    for (const Column& column : columns_) chosen_.push_back(&column);
    const auto few = static_cast<std::size_t>(
        std::ceil(options_.share_of_columns * static_cast<double>(chosen_.size())));
    for (std::size_t c = 0; c < few; ++c) {
      std::swap(chosen_[c], chosen_[c + random_() % (chosen_.size() - c)]);
    }
    chosen_.resize(few);
  }

  double Value(const Slope& of) const {
    const double first = static_cast<double>(of.first) / kUnit;
    return first * first / (static_cast<double>(of.second) / kUnit + options_.penalty);
  }

  // Splits the nodes of the level that begins with node `first`.
  void SplitLevel(std::size_t first, FrameTree& tree) {
    std::array<Split, kFrameTreeLeaves> splits;
    const auto best = std::span(splits).first(first + 1);
    for (const Column* column : chosen_) FindSplits(*column, best);
    for (std::size_t node = 0; node < best.size(); ++node) {
      if (best[node].column == nullptr) continue;
      tree.feature[first + node] = best[node].column->index;
      tree.border[first + node] = best[node].column->borders[best[node].step];
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const Split& split = best[nodes_[i]];
      const bool right = split.column != nullptr && split.column->steps[i] > split.step;
      nodes_[i] = static_cast<std::uint8_t>(2 * nodes_[i] + right);
    }
  }

  void FindSplits(const Column& column, std::span<Split> best) {
    sums_.assign(best.size() * (kSteps + 1), Slope());
    for (const std::size_t i : drawn_) {
      sums_[nodes_[i] * (kSteps + 1) + column.steps[i]].Add(slopes_[i]);
    }
    const auto least = static_cast<std::int64_t>(options_.least_weight * kUnit);
    for (std::size_t node = 0; node < best.size(); ++node) {
      const auto sums = std::span(sums_).subspan(node * (kSteps + 1), kSteps + 1);
      Slope all, left;
      for (const Slope& sum : sums) all.Add(sum);
      for (std::size_t step = 0; step < column.borders.size(); ++step) {
        left.Add(sums[step]);
        const Slope right = all.Without(left);
        if (left.second < least || right.second < least) continue;
        const double gain = Value(left) + Value(right) - Value(all);
        if (gain <= best[node].gain) continue;
        best[node] = {.gain = gain, .column = &column, .step = static_cast<std::uint8_t>(step)};
      }
    }
  }

  void SetLeaves(FrameTree& tree) {
    std::array<Slope, kFrameTreeLeaves> sums;
    for (const std::size_t i : drawn_) sums[nodes_[i]].Add(slopes_[i]);
    for (std::size_t leaf = 0; leaf < sums.size(); ++leaf) {
      const double step = static_cast<double>(sums[leaf].first) /
                          (static_cast<double>(sums[leaf].second) + options_.penalty * kUnit);
      tree.log_odds[leaf] = static_cast<float>(std::round(step * options_.rate * 10'000) / 10'000);
    }
  }

  const BoostOptions options_;
  const std::vector<Column> columns_;
  std::mt19937 random_;
  std::vector<Slope> slopes_, sums_;
  std::vector<std::uint8_t> nodes_;  // of each row, counted within its level
  std::vector<std::size_t> drawn_;
  std::vector<const Column*> chosen_;
};

}  // namespace

std::vector<FrameTree> FitFrameTrees(const FrameRows& rows,
                                     const std::vector<std::uint8_t>& columns,
                                     const std::vector<bool>& positive,
                                     const std::vector<float>& weight, std::vector<double> log_odds,
                                     const BoostOptions& options) {
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    if (weight[i] > 0) used.push_back(i);
  }
  std::vector<bool> main;
  std::vector<float> weights;
  std::vector<double> odds;
  for (const std::size_t row : used) {
    main.push_back(positive[row]);
    weights.push_back(weight[row]);
    odds.push_back(log_odds[row]);
  }
  std::vector<Column> stepped;
  for (const std::uint8_t column : columns) stepped.emplace_back(rows, used, column);
  Grower grower(options, std::move(stepped), used.size());
  std::vector<FrameTree> trees;
  for (int tree = 0; tree < options.trees; ++tree) {
    trees.push_back(grower.Grow(main, weights, odds));
  }
  return trees;
}

}  // namespace samestory::quality
