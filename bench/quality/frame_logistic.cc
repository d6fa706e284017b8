#include "frame_logistic.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace samestory::quality {
namespace {

constexpr std::size_t kPairs = 10;
constexpr std::size_t kLanes = 8;  // sums side by side: one order of additions on every machine

using Vector = std::vector<double>;

double Dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

float DotRow(const float* row, const float* weights, std::size_t width) {
  float lanes[kLanes] = {};
  std::size_t f = 0;
  for (; f + kLanes <= width; f += kLanes) {
    for (std::size_t l = 0; l < kLanes; ++l) lanes[l] += row[f + l] * weights[f + l];
  }
  float sum = 0;
  for (const float lane : lanes) sum += lane;
  for (; f < width; ++f) sum += row[f] * weights[f];
  return sum;
}

// The penalised loss in weights of features moved to a mean of 0, where a constant one can take
// what that moves, and scaled to unit spread. The constant is not penalised.
class Loss {
 public:
  Loss(const FrameRows& rows, const std::vector<bool>& positive, const std::vector<float>& weight,
       std::size_t width, double l2)
      : rows_(rows),
        positive_(positive),
        weight_(weight),
        l2_(l2),
        constant_(width),
        mean_(width, 0),
        scale_(width, 0) {
    Vector sum(width, 0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (weight[i] <= 0) continue;
      total_ += static_cast<double>(weight[i]);
      for (std::size_t f = 0; f < width; ++f) {
        const auto value = static_cast<double>(rows.Row(i)[f]);
        sum[f] += value;
        scale_[f] += value * value;
        count_ += f == 0;
      }
    }
    for (std::size_t f = 0; f < width; ++f) {
      mean_[f] = sum[f] / std::max(1.0, count_);
      const double spread = scale_[f] / std::max(1.0, count_) - mean_[f] * mean_[f];
      scale_[f] = spread > 1e-9 ? 1 / std::sqrt(spread) : 1;
      if (spread <= 1e-9 && mean_[f] == 1 && constant_ == width) constant_ = f;
    }
    if (constant_ == width) mean_.assign(width, 0);
    if (constant_ < width) mean_[constant_] = 0;
  }

  double Evaluate(const Vector& at, Vector& gradient) const {
    const std::size_t width = scale_.size();
    std::vector<float> weights = Unscaled(at), slope(width, 0);
    Vector slopes(width, 0);
    double loss = 0;
    for (std::size_t i = 0, n = rows_.size(); i < n; ++i) {
      if (weight_[i] > 0) {
        const float* row = rows_.Row(i).data();
        const auto odds = static_cast<double>(DotRow(row, weights.data(), width));
        const double y = positive_[i], p = 1 / (1 + std::exp(-odds));
        const auto w = static_cast<double>(weight_[i]);
        loss += w * (std::max(odds, 0.0) + std::log1p(std::exp(-std::fabs(odds))) - y * odds);
        const auto part = static_cast<float>(w * (p - y));
        for (std::size_t f = 0; f < width; ++f) slope[f] += part * row[f];
      }
      if (i % 1024 == 0 || i + 1 == n) {  // few floats are added up before they become doubles
        for (std::size_t f = 0; f < width; ++f) slopes[f] += static_cast<double>(slope[f]);
        std::fill(slope.begin(), slope.end(), 0.0F);
      }
    }
    gradient.assign(width, 0);
    const double all = constant_ < width ? slopes[constant_] : 0;
    double penalty = 0;
    for (std::size_t f = 0; f < width; ++f) {
      gradient[f] = (slopes[f] - mean_[f] * all) * scale_[f] / total_;
      if (f == constant_) continue;
      gradient[f] += 2 * l2_ * at[f];
      penalty += l2_ * at[f] * at[f];
    }
    return loss / total_ + penalty;
  }

  std::vector<float> Unscaled(const Vector& at) const {
    std::vector<float> weights(at.size());
    double moved = 0;
    for (std::size_t f = 0; f < at.size(); ++f) {
      weights[f] = static_cast<float>(at[f] * scale_[f]);
      moved += at[f] * scale_[f] * mean_[f];
    }
    if (constant_ < at.size()) weights[constant_] = static_cast<float>(at[constant_] - moved);
    return weights;
  }

 private:
  const FrameRows& rows_;
  const std::vector<bool>& positive_;
  const std::vector<float>& weight_;
  double l2_, total_ = 0, count_ = 0;
  std::size_t constant_;  // the feature that is 1 everywhere; the width where there is none
  Vector mean_, scale_;
};

struct Step {
  Vector move, change;
  double curvature;
};

// The inverse Hessian, as the last steps show it, times the gradient.
Vector Direction(const std::deque<Step>& steps, Vector gradient) {
  Vector shares(steps.size());
  for (std::size_t s = steps.size(); s-- > 0;) {
    shares[s] = Dot(steps[s].move, gradient) / steps[s].curvature;
    for (std::size_t f = 0; f < gradient.size(); ++f) gradient[f] -= shares[s] * steps[s].change[f];
  }
  if (!steps.empty()) {
    const Step& last = steps.back();
    const double size = last.curvature / Dot(last.change, last.change);
    for (double& g : gradient) g *= size;
  }
  for (std::size_t s = 0; s < steps.size(); ++s) {
    const double back = Dot(steps[s].change, gradient) / steps[s].curvature;
    for (std::size_t f = 0; f < gradient.size(); ++f) {
      gradient[f] += (shares[s] - back) * steps[s].move[f];
    }
  }
  return gradient;
}

}  // namespace

std::vector<float> FitFrameLogistic(const FrameRows& rows, const std::vector<bool>& positive,
                                    const std::vector<float>& weight, std::size_t width, double l2,
                                    int iterations) {
  const Loss loss(rows, positive, weight, width, l2);
  Vector at(width, 0), gradient;
  double value = loss.Evaluate(at, gradient);
  std::deque<Step> steps;
  for (int iteration = 0; iteration < iterations; ++iteration) {
    const Vector direction = Direction(steps, gradient);
    const double slope = Dot(direction, gradient);
    Vector next = at, next_gradient;
    double size = 1, next_value = value;
    for (int halvings = 0; halvings < 20; ++halvings, size /= 2) {
      for (std::size_t f = 0; f < width; ++f) next[f] = at[f] - size * direction[f];
      next_value = loss.Evaluate(next, next_gradient);
      if (next_value <= value - 1e-4 * size * slope) break;
    }
    if (!(next_value < value)) break;
    Step step{.move = Vector(width), .change = Vector(width), .curvature = 0};
    for (std::size_t f = 0; f < width; ++f) {
      step.move[f] = next[f] - at[f];
      step.change[f] = next_gradient[f] - gradient[f];
    }
    step.curvature = Dot(step.move, step.change);
    if (step.curvature > 1e-12) steps.push_back(std::move(step));
    if (steps.size() > kPairs) steps.pop_front();
    const bool done = value - next_value < 1e-8;
    at = std::move(next);
    gradient = std::move(next_gradient);
    value = next_value;
    if (done) break;
  }
  return loss.Unscaled(at);
}

}  // namespace samestory::quality
