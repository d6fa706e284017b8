#include "split_calibration.h"

#include <algorithm>
#include <cmath>

namespace samestory::quality {

void Calibration::Add(double predicted, bool main) {
  const auto bin = static_cast<std::size_t>(predicted * static_cast<double>(bins_.size()));
  Bin& of = bins_[std::min(bin, bins_.size() - 1)];
  ++of.lines;
  of.main += main;
  of.predicted += predicted;
}

double Calibration::Error() const {
  double gaps = 0, lines = 0;
  for (const Bin& bin : bins_) {
    gaps += std::abs(bin.predicted - static_cast<double>(bin.main));
    lines += static_cast<double>(bin.lines);
  }
  return lines == 0 ? 0 : gaps / lines;
}

}  // namespace samestory::quality
