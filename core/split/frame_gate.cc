#include "split/frame_gate.h"

#include <algorithm>

#include "base/math.h"

namespace samestory {
namespace {

constexpr std::size_t kTop = 8;  // lines a page opens with

struct Runs {
  double longest_scraps = 0, opening = 0, closed = 0, top_scraps = 0, top_open = 0;
};

Runs ReadRuns(const FrameLines& frame) {
  Runs runs;
  double run = 0;
  bool opening = true;
  for (std::size_t i = 0; i < frame.lines.size(); ++i) {
    const FrameLine& line = frame.lines[i];
    run = line.scrap ? run + 1 : 0;
    runs.longest_scraps = std::max(runs.longest_scraps, run);
    opening = opening && !line.stop;
    runs.opening += opening;
    runs.closed += line.stop;
    if (i >= kTop) continue;
    runs.top_scraps += line.scrap;
    runs.top_open += !line.stop;
  }
  return runs;
}

}  // namespace

GateFeatures ReadGate(const FrameLines& frame) {
  const Runs runs = ReadRuns(frame);
  const auto lines = static_cast<double>(std::max<std::size_t>(1, frame.lines.size()));
  const double top = std::min(lines, static_cast<double>(kTop));
  const double values[] = {1,
                           frame.scraps,
                           StableLog(1 + frame.scraps * lines),
                           frame.prose_lines,
                           runs.closed / lines,
                           StableLog(1 + runs.longest_scraps),
                           StableLog(1 + runs.opening),
                           StableLog(lines),
                           runs.top_scraps / top,
                           runs.top_open / top,
                           frame.prose_words};
  GateFeatures features;
  std::transform(std::begin(values), std::end(values), features.begin(),
                 [](double value) { return static_cast<float>(value); });
  return features;
}

double GateChance(const GateFeatures& features, const GateFeatures& weights) {
  double odds = 0;
  for (std::size_t f = 0; f < features.size(); ++f) {
    odds += static_cast<double>(features[f]) * static_cast<double>(weights[f]);
  }
  return StableLogistic(odds);
}

}  // namespace samestory
