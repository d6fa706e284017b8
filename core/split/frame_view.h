#ifndef SAMESTORY_SPLIT_FRAME_VIEW_H_
#define SAMESTORY_SPLIT_FRAME_VIEW_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "split/frame_lines.h"

namespace samestory {

/// Sums of one quantity over stretches of lines. Outside the page it is 0.
class RunningSums {
 public:
  RunningSums() = default;
  explicit RunningSums(std::span<const float> values) : sums_(values.size() + 1, 0) {
    for (std::size_t i = 0; i < values.size(); ++i) sums_[i + 1] = sums_[i] + values[i];
  }

  /// Over lines [begin, end), cut to the page.
  double Sum(std::ptrdiff_t begin, std::ptrdiff_t end) const {
    const auto last = static_cast<std::ptrdiff_t>(sums_.size()) - 1;
    return sums_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(end, 0, last))] -
           sums_[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(begin, 0, last))];
  }
  /// Of the `width` lines before line i, or behind it, divided by `width`.
  double Before(std::size_t i, int width) const {
    const auto at = static_cast<std::ptrdiff_t>(i);
    return Sum(at - width, at) / width;
  }
  double After(std::size_t i, int width) const {
    const auto at = static_cast<std::ptrdiff_t>(i) + 1;
    return Sum(at, at + width) / width;
  }
  double UpTo(std::size_t i) const { return sums_[i]; }
  double Total() const { return sums_.empty() ? 0 : sums_.back(); }

 private:
  std::vector<double> sums_;
};

/// The lines [begin, end) of the largest sum of `values`; none where no sum is above 0.
struct Stretch {
  std::size_t begin = 0, end = 0;
  bool Holds(std::size_t i) const { return i >= begin && i < end; }
};
Stretch LargestSum(std::span<const float> values);

/// What features of the frame are read from: the lines of a page and sums over them.
struct FrameView {
  explicit FrameView(const FrameLines& frame);

  const FrameLines& frame;
  bool known_language = false;  ///< enough of its words are common ones of a known language
  RunningSums prose, scraps, closed, open, common, core, links, running, prose_words;
  RunningSums habit, habit_sum;
  Stretch dense, wide, loose;  ///< stretches of running text at other prices than the core's
  double densest = 0;          ///< most lines of prose in 13 lines
  std::vector<double> prose_before,
      prose_after;  ///< ln(1 + lines to the nearest prose), 99 at most
  std::vector<double> words_before, words_after;  ///< ln(1 + words of prose there)

  std::size_t size() const { return frame.lines.size(); }
};

/// The frame's first opinion of each line, and what it makes of the lines around a line.
struct FrameContext {
  FrameContext(std::span<const double> log_odds, const FrameLines& frame);

  const FrameLines& frame;
  RunningSums story, sums;         ///< of P(main), and of its log-odds
  std::vector<double> chance;      ///< P(main)
  std::vector<double> odds;        ///< log-odds of it, within +-kMostOdds
  double share_of_words = 0;       ///< of all running words, by P(main)
  std::array<Stretch, 3> weighed;  ///< the same by log_words, from the lowest price up
  Stretch likely, loose;           ///< the stretch that is most likely the story, at two prices
  double largest = 0;              ///< largest P(main) of the page
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_FRAME_VIEW_H_
