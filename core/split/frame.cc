#include "split/frame.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/math.h"
#include "split/frame_features.h"
#include "split/frame_trees_table.h"
#include "split/frame_weights.h"

namespace samestory {
namespace {

// Four sums side by side, so that no addition waits for the one before; one order on every machine.
double Dot(std::span<const float> values, std::span<const float> weights) {
  constexpr std::size_t kLanes = 4;
  double lanes[kLanes] = {};
  const auto product = [&](std::size_t f) {
    return static_cast<double>(values[f]) * static_cast<double>(weights[f]);
  };
  std::size_t f = 0;
  for (; f + kLanes <= values.size(); f += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] += product(f + lane);
  }
  for (std::size_t lane = 0; f < values.size(); ++f, ++lane) lanes[lane] += product(f);
  return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}

FrameModel Shipped(bool markup) {
  const FrameWidths widths = FrameFeatureWidths();
  FrameModel model{.gate = kGateWeights,
                   .read_gate = markup ? kReadGateMarkupWeights : kReadGateWeights,
                   .first = {},
                   .second = {},
                   .trees = {},
                   .habits = ShippedFrameHabits()};
  for (std::size_t f = 0; f < std::size(kFrameWeights); ++f) {
    const FrameWeight& weight = kFrameWeights[f];
    if (f < widths.First()) model.first.push_back(markup ? weight.first_markup : weight.first);
    model.second.push_back(markup ? weight.second_markup : weight.second);
  }
  const auto trees = markup ? std::span(kFrameMarkupTrees) : std::span(kFrameTrees);
  model.trees.assign(trees.begin(), trees.end());
  return model;
}

// How far long runs of sentences make the page an article, 0..1.
double ArticleShare(const FrameLines& lines) {
  constexpr double kSomeSentences = 0.2, kMostlySentences = 0.4;
  const double article = (lines.sentences - kSomeSentences) / (kMostlySentences - kSomeSentences);
  return std::clamp(article, 0.0, 1.0);
}

// How far trees count on a page of `lines`: they were grown on whole pages, of 240 lines on
// average; on short ones they would move the threshold and tell no more.
double ShareOfTrees(std::size_t lines) {
  constexpr double kShortPage = 20, kLongPage = 60;
  const double share = (static_cast<double>(lines) - kShortPage) / (kLongPage - kShortPage);
  return std::clamp(share, 0.0, 1.0);
}

// Doublings of the number of other stories' pages that hold the line, all of it.
double Repeated(const FrameLine& line, std::span<const LineEvidence> evidence) {
  if (evidence.empty()) return 0;
  double least = 3;
  for (std::size_t u = line.first_unit; u < line.end_unit; ++u) {
    if (evidence[u].copies > 0) return 0;
    least = std::min(least, StableLog(1.0 + evidence[u].repeated) / StableLog(2));
  }
  return least;
}

LineReason ReasonOf(std::span<const float> values, std::span<const float> weights,
                    double log_odds) {
  LineReason reason;
  reason.frame_log_odds = log_odds;
  for (std::size_t f = 0; f < values.size(); ++f) {
    const auto value = static_cast<double>(values[f]), weight = static_cast<double>(weights[f]);
    if (value * weight == 0) continue;
    reason.frame.push_back({.name = FrameFeatureNames()[f], .value = value, .weight = weight});
  }
  return reason;
}

}  // namespace

double FrameChance(const FrameLines& lines, const FrameModel& model) {
  return GateChance(ReadGate(lines), model.gate) * (1 - ArticleShare(lines));
}

const FrameModel& ShippedFrame(bool markup) {
  static const auto* const text = new FrameModel(Shipped(false));
  static const auto* const tags = new FrameModel(Shipped(true));
  return markup ? *tags : *text;
}

FrameReading ReadFrame(const FrameLines& lines, bool markup, const FrameModel& model,
                       bool with_reasons) {
  const std::size_t first_width = FrameFeatureWidths().First();
  const FrameView view(lines);
  const std::size_t n = lines.lines.size();
  std::vector<float> row(FrameFeatureWidths().All(), 0);
  const auto first_row = std::span(row).first(first_width);
  const auto context_row = std::span(row).subspan(first_width);
  const auto second = std::span(model.second);
  std::vector<double> first_odds(n), corrections(n);
  FrameTreeBlock block(first_width);
  const double share_of_trees = ShareOfTrees(n);
  FrameReading reading;
  std::vector<double>& log_odds = reading.log_odds;
  log_odds.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    ReadFrameFeatures(view, i, markup, first_row);
    const double prior = lines.lines[i].markup.navigation ? -kNavigationLogOdds : 0;
    first_odds[i] = Dot(first_row, model.first) + prior;
    log_odds[i] = Dot(first_row, second.first(first_width)) + prior;
    if (share_of_trees == 0) continue;
    block.Set(i % FrameTreeBlock::kLines, first_row);
    if ((i + 1) % FrameTreeBlock::kLines != 0 && i + 1 < n) continue;
    const auto sums = block.Sums(model.trees);
    const std::size_t begin = i - i % FrameTreeBlock::kLines;
    for (std::size_t line = begin; line <= i; ++line) {
      corrections[line] = share_of_trees * double{sums[line - begin]};
    }
  }
  const FrameContext context(first_odds, lines);
  reading.chance =
      GateChance(ReadGate(ReadGate(lines), context), model.read_gate) * (1 - ArticleShare(lines));
  for (std::size_t i = 0; i < n; ++i) {
    ReadContextFeatures(context, i, context_row);
    log_odds[i] += Dot(context_row, second.subspan(first_width)) + corrections[i];
    if (!with_reasons) continue;
    ReadFrameFeatures(view, i, markup, first_row);
    reading.reasons.push_back(ReasonOf(row, second, log_odds[i]));
    reading.reasons.back().frame.push_back({.name = "trees", .value = corrections[i], .weight = 1});
    if (lines.lines[i].markup.navigation) {
      reading.reasons.back().frame.push_back(
          {.name = "navigation", .value = 1, .weight = -kNavigationLogOdds});
    }
  }
  return reading;
}

PageFrame ReadPageFrame(const Page& page, std::string_view text, const SplitOptions& options,
                        std::span<const LineEvidence> evidence, bool with_reasons,
                        const FrameModel& model) {
  const std::size_t units = page.units.size();
  PageFrame frame{.chance = std::vector<double>(units, 1),
                  .kept = std::vector<bool>(units, true),
                  .reasons = {}};
  if (with_reasons) frame.reasons.resize(units);
  const bool markup = !options.markup.empty();
  FrameLines lines = ReadFrameForm(page, text, options.markup);
  if (lines.lines.size() < kFewestFramedLines) return frame;
  if (FrameChance(lines, model) < kSurelyClean) return frame;
  ReadFrameWords(page, text, lines);
  ReadFrameHabits(page.word_hashes, model.habits, lines);
  const double threshold = FrameThreshold(options.stance);
  FrameReading reading = ReadFrame(lines, markup, model, with_reasons);
  for (std::size_t i = 0; i < reading.log_odds.size(); ++i) {
    const FrameLine& line = lines.lines[i];
    const double repeated = Repeated(line, evidence);
    const double odds = reading.log_odds[i] - kRepeatedLogOdds * repeated;
    const bool sentence = line.sentences && !line.markup.navigation;
    const double chance = StoryChance(sentence ? 0 : reading.chance, odds);
    for (std::size_t u = line.first_unit; u < line.end_unit; ++u) {
      frame.chance[u] = chance;
      frame.kept[u] = chance >= threshold;
    }
    frame.all_kept = frame.all_kept && chance >= threshold;
    if (!with_reasons) continue;
    LineReason& reason = frame.reasons[line.first_unit];
    reason = std::move(reading.reasons[i]);
    reason.frame_log_odds = StableLog(chance) - StableLog(std::max(1e-12, 1 - chance));
    if (repeated > 0) {
      reason.frame.push_back({.name = "repeated", .value = repeated, .weight = -kRepeatedLogOdds});
    }
  }
  return frame;
}

double FrameThreshold(SplitStance stance) {
  switch (stance) {
    case SplitStance::kSafe:
      return 0.25;
    case SplitStance::kEager:
      return 0.65;
    case SplitStance::kBalanced:
      break;
  }
  return 0.5;
}

}  // namespace samestory
