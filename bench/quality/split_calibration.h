#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_CALIBRATION_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_CALIBRATION_H_

#include <array>
#include <cstdint>
#include <string>

namespace samestory::quality {

/// How often lines of a predicted probability of being story are story: ten bins of equal width.
class Calibration {
 public:
  struct Bin {
    std::uint64_t lines = 0, main = 0;
    double predicted = 0;  ///< sum of the predictions
  };

  explicit Calibration(std::string set) : set_(std::move(set)) {}

  /// `predicted` in [0, 1].
  void Add(double predicted, bool main);

  const std::string& set() const { return set_; }
  const std::array<Bin, 10>& bins() const { return bins_; }

  /// Expected calibration error: the mean over all lines of the gap, in their bin, between mean
  /// prediction and observed share.
  double Error() const;

 private:
  std::string set_;
  std::array<Bin, 10> bins_{};
};

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_CALIBRATION_H_
