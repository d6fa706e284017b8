#include "match_logistic.h"

#include <algorithm>
#include <cmath>

namespace samestory::quality {
namespace {

constexpr int kRounds = 300;
constexpr double kMaxStep = 1;

class Descent {
 public:
  Descent(const std::vector<LogisticRow>& rows, const std::vector<WeightBounds>& bounds, double l2)
      : rows_(rows), bounds_(bounds), l2_(l2), weight_(bounds.size()), scale_(bounds.size()) {
    for (const LogisticRow& row : rows) z_.push_back(row.offset);
    for (std::size_t k = 0; k < bounds.size(); ++k) scale_[k] = Deviation(k);
  }

  LogisticModel Run(bool fit_bias) {
    for (int round = 0; round < kRounds; ++round) {
      if (fit_bias) StepBias();
      for (std::size_t k = 0; k < weight_.size(); ++k) {
        if (bounds_[k].low < bounds_[k].high && scale_[k] > 0) StepWeight(k);
      }
    }
    return {bias_, weight_};
  }

 private:
  double Deviation(std::size_t k) const {
    double total = 0, sum = 0, squares = 0;
    for (const LogisticRow& row : rows_) {
      total += row.weight;
      sum += row.weight * row.x[k];
      squares += row.weight * row.x[k] * row.x[k];
    }
    if (total <= 0) return 0;
    return std::sqrt(std::max(0.0, squares / total - sum / total * (sum / total)));
  }

  // First and second derivative of the loss along one direction.
  template <class Value>
  void Derivatives(Value value, double& first, double& second) const {
    first = second = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const double x = value(rows_[i]);
      if (x == 0) continue;
      const double p = 1 / (1 + std::exp(-z_[i]));
      first += rows_[i].weight * (p - rows_[i].y) * x;
      second += rows_[i].weight * p * (1 - p) * x * x;
    }
  }

  void StepBias() {
    double first, second;
    Derivatives([](const LogisticRow&) { return 1.0; }, first, second);
    const double step = std::clamp(-first / std::max(second, 1e-9), -kMaxStep, kMaxStep);
    bias_ += step;
    for (double& z : z_) z += step;
  }

  void StepWeight(std::size_t k) {
    double first, second;
    Derivatives([k](const LogisticRow& row) { return row.x[k]; }, first, second);
    const double penalty = l2_ * scale_[k] * scale_[k];
    first += penalty * weight_[k];
    second += penalty;
    const double limit = kMaxStep / scale_[k];
    const double wanted = weight_[k] + std::clamp(-first / std::max(second, 1e-9), -limit, limit);
    const double step = std::clamp(wanted, bounds_[k].low, bounds_[k].high) - weight_[k];
    if (step == 0) return;
    weight_[k] += step;
    for (std::size_t i = 0; i < rows_.size(); ++i) z_[i] += step * rows_[i].x[k];
  }

  const std::vector<LogisticRow>& rows_;
  const std::vector<WeightBounds>& bounds_;
  double l2_, bias_ = 0;
  std::vector<double> weight_, scale_, z_;
};

}  // namespace

LogisticModel FitLogistic(const std::vector<LogisticRow>& rows,
                          const std::vector<WeightBounds>& bounds, double l2, bool fit_bias) {
  return Descent(rows, bounds, l2).Run(fit_bias);
}

}  // namespace samestory::quality
