#include "frame_counts.h"

#include <cmath>
#include <vector>

#include "base/math.h"

namespace samestory::quality {
namespace {

// A word of fewer sites may be a name.
constexpr int kFewestSites = 8;

}  // namespace

void FrameCounts::Add(const std::string& site, int fold, std::span<const std::uint32_t> words,
                      bool frame) {
  Site& of = sites_[site];
  of.fold = fold;
  for (const std::uint32_t word : words) {
    Lines& lines = of.words[word];
    ++(frame ? lines.frame : lines.story);
  }
}

FrameHabits FrameCounts::Without(int fold, int other) const {
  struct Weights {
    double frame = 0, story = 0;
    int sites = 0;
  };
  absl::flat_hash_map<std::uint32_t, Weights> words;
  for (const auto& [name, site] : sites_) {
    if (site.fold == fold || site.fold == other) continue;
    for (const auto& [word, lines] : site.words) {
      Weights& weights = words[word];
      weights.frame += std::sqrt(lines.frame);
      weights.story += std::sqrt(lines.story);
      ++weights.sites;
    }
  }
  // Sums in an order of their own, for the same bits every time.
  std::map<std::uint32_t, Weights> ordered(words.begin(), words.end());
  double frame = 1, story = 1;
  for (const auto& [word, weights] : ordered) {
    frame += weights.frame;
    story += weights.story;
  }
  std::vector<FrameHabit> habits;
  for (const auto& [word, weights] : ordered) {
    if (weights.sites < kFewestSites) continue;
    habits.push_back(
        {word, StableLog((weights.frame + 1) / (weights.story + 1)) - StableLog(frame / story)});
  }
  return FrameHabits(std::move(habits));
}

}  // namespace samestory::quality
