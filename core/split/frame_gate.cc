#include "split/frame_gate.h"

#include <algorithm>

#include "base/math.h"

namespace samestory {
namespace {

constexpr std::size_t kTop = 8;       // lines a page opens with, and closes
constexpr double kSurelyFrame = 0.1;  // P(story) of a line, below

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

ReadGateFeatures ReadGate(const GateFeatures& form, const FrameContext& context) {
  const std::vector<double>& chance = context.chance;
  const auto lines = static_cast<double>(std::max<std::size_t>(1, chance.size()));
  double frame = 0, sure = 0, run = 0, longest = 0, opening = 0, closing = 0, least = 1;
  for (std::size_t i = 0; i < chance.size(); ++i) {
    frame += chance[i] < 0.5;
    sure += chance[i] < kSurelyFrame;
    run = chance[i] < 0.5 ? run + 1 : 0;
    longest = std::max(longest, run);
    least = std::min(least, chance[i]);
    if (i < kTop) opening += chance[i];
    if (i + kTop >= chance.size()) closing += chance[i];
  }
  const double top = std::min(lines, static_cast<double>(kTop));
  const double values[] = {frame / lines,       StableLog(1 + frame),   sure / lines,
                           StableLog(1 + sure), StableLog(1 + longest), opening / top,
                           closing / top,       context.share_of_words, least};
  ReadGateFeatures features;
  std::copy(form.begin(), form.end(), features.begin());
  std::transform(std::begin(values), std::end(values), features.begin() + form.size(),
                 [](double value) { return static_cast<float>(value); });
  return features;
}

double GateChance(std::span<const float> features, std::span<const float> weights) {
  double odds = 0;
  for (std::size_t f = 0; f < features.size(); ++f) {
    odds += static_cast<double>(features[f]) * static_cast<double>(weights[f]);
  }
  return StableLogistic(odds);
}

}  // namespace samestory
