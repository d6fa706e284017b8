#ifndef SAMESTORY_BENCH_QUALITY_FRAME_LOGISTIC_H_
#define SAMESTORY_BENCH_QUALITY_FRAME_LOGISTIC_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace samestory::quality {

/// Rows of a fixed width, all in one block of memory.
struct FrameRows {
  std::size_t width = 0;
  std::vector<float> values;

  std::size_t size() const { return width == 0 ? 0 : values.size() / width; }
  std::span<const float> Row(std::size_t i) const {
    return std::span(values).subspan(i * width, width);
  }
  std::span<float> Row(std::size_t i) { return std::span(values).subspan(i * width, width); }
};

/// Minimises the mean weighted log loss of P(`positive`) = logistic(weights . row) plus `l2` times
/// the squared weights in units of each feature's spread, over rows of `weight` above 0 and the
/// first `width` columns: L-BFGS (Nocedal, 1980; 10 pairs, halving line search), `iterations` at
/// most. Deterministic.
std::vector<float> FitFrameLogistic(const FrameRows& rows, const std::vector<bool>& positive,
                                    const std::vector<float>& weight, std::size_t width, double l2,
                                    int iterations = 200);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_FRAME_LOGISTIC_H_
