#include "split_softmax.h"

#include <algorithm>
#include <cmath>

namespace samestory::quality {
namespace {

constexpr std::size_t kN = kNumCutFeatures;
using Matrix = std::array<std::array<double, kN>, kN>;

struct Objective {
  double loss = 0, weight = 0;
  CutFeatures gradient{};
  Matrix hessian{};
};

double Dot(const CutFeatures& a, const CutFeatures& b) {
  double sum = 0;
  for (std::size_t f = 0; f < kN; ++f) sum += a[f] * b[f];
  return sum;
}

void AddExample(const CutExample& example, const CutFeatures& weights, Objective& total) {
  const auto& rows = example.cuts.rows;
  std::vector<double> p(rows.size(), 0);
  double largest = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    p[r] = example.cuts.allowed[r] ? Dot(weights, rows[r]) : -INFINITY;
    largest = std::max(largest, p[r]);
  }
  const double right = example.right < rows.size() ? p[example.right] : 0;
  double sum = std::exp(-largest);
  for (double& score : p) sum += score = std::exp(score - largest);
  for (double& probability : p) probability /= sum;
  total.loss += example.weight * (largest + std::log(sum) - right);
  total.weight += example.weight;

  CutFeatures mean{};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (p[r] < 1e-12) continue;
    for (std::size_t f = 0; f < kN; ++f) {
      const double part = p[r] * rows[r][f];
      mean[f] += part;
      for (std::size_t g = 0; g <= f; ++g) {
        total.hessian[f][g] += example.weight * part * rows[r][g];
      }
    }
  }
  for (std::size_t f = 0; f < kN; ++f) {
    const double of_right = example.right < rows.size() ? rows[example.right][f] : 0;
    total.gradient[f] += example.weight * (mean[f] - of_right);
    for (std::size_t g = 0; g <= f; ++g) {
      total.hessian[f][g] -= example.weight * mean[f] * mean[g];
    }
  }
}

// Solves hessian * x = gradient by Cholesky; the matrix is positive definite by its penalty.
CutFeatures Solve(Matrix a, CutFeatures x) {
  for (std::size_t i = 0; i < kN; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i][k] * a[j][k];
      a[i][j] = i == j ? std::sqrt(sum) : sum / a[j][j];
    }
    for (std::size_t k = 0; k < i; ++k) x[i] -= a[i][k] * x[k];
    x[i] /= a[i][i];
  }
  for (std::size_t i = kN; i-- > 0;) {
    for (std::size_t k = i + 1; k < kN; ++k) x[i] -= a[k][i] * x[k];
    x[i] /= a[i][i];
  }
  return x;
}

CutFeatures MeanSquares(const std::vector<CutExample>& examples) {
  CutFeatures squares{};
  double rows = 0;
  for (const CutExample& example : examples) {
    for (const CutFeatures& row : example.cuts.rows) {
      for (std::size_t f = 0; f < kN; ++f) squares[f] += row[f] * row[f];
      rows += 1;
    }
  }
  for (double& square : squares) square = square / std::max(1.0, rows) + 1e-6;
  return squares;
}

Objective Evaluate(const std::vector<CutExample>& examples, const std::vector<bool>& skip,
                   const CutFeatures& weights) {
  Objective total;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (skip.empty() || !skip[i]) AddExample(examples[i], weights, total);
  }
  return total;
}

double Penalty(const CutFeatures& weights, const CutFeatures& squares, double l2) {
  double sum = 0;
  for (std::size_t f = 0; f < kN; ++f) sum += weights[f] * weights[f] * squares[f];
  return l2 * sum;
}

}  // namespace

CutFit FitCuts(const std::vector<CutExample>& examples, const std::vector<bool>& skip,
               const FreeFeatures& free, const CutFeatures& start, double l2) {
  const CutFeatures squares = MeanSquares(examples);
  CutFit fit{.weights = start};
  for (; fit.iterations < 50; ++fit.iterations) {
    Objective total = Evaluate(examples, skip, fit.weights);
    fit.loss = total.loss / total.weight;
    const double before = total.loss + Penalty(fit.weights, squares, l2);
    for (std::size_t f = 0; f < kN; ++f) {
      total.gradient[f] += 2 * l2 * squares[f] * fit.weights[f];
      total.hessian[f][f] += 2 * l2 * squares[f];
    }
    for (std::size_t f = 0; f < kN; ++f) {
      if (free[f]) continue;
      total.gradient[f] = 0;
      for (std::size_t g = 0; g < kN; ++g) total.hessian[std::max(f, g)][std::min(f, g)] = f == g;
    }
    const CutFeatures step = Solve(total.hessian, total.gradient);
    double scale = 1;
    CutFeatures next = fit.weights;
    double after = before;
    for (int halvings = 0; halvings < 20; ++halvings, scale /= 2) {
      for (std::size_t f = 0; f < kN; ++f) next[f] = fit.weights[f] - scale * step[f];
      after = Evaluate(examples, skip, next).loss + Penalty(next, squares, l2);
      if (after <= before) break;
    }
    fit.weights = next;
    if (before - after < 1e-7 * total.weight) break;
  }
  return fit;
}

}  // namespace samestory::quality
