#include "split/frame_view.h"

#include "base/math.h"

namespace samestory {
namespace {

constexpr double kKnownWords = 0.1;  // share of common words in text of a known language
constexpr double kFarProse = 99;     // lines; farther is as far
constexpr std::ptrdiff_t kNear = 6;  // lines on either side that density looks at
constexpr double kMostOdds = 9;      // of a first opinion
constexpr std::array kPrices = {0.3, 0.5, 0.7};  // P(main) that a line of a stretch costs
constexpr double kMaxLineWords = 60;             // more words of one line count no more

// One value a line, in a buffer that is used again.
class Values {
 public:
  explicit Values(const FrameLines& frame) : frame_(frame), values_(frame.lines.size()) {}

  template <typename Value>
  std::span<const float> Of(Value value) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      values_[i] = static_cast<float>(value(frame_.lines[i]));
    }
    return values_;
  }

 private:
  const FrameLines& frame_;
  std::vector<float> values_;
};

double ClosedWords(const FrameLine& line) {
  return line.stop ? std::min(line.words, kMaxLineWords) : 0.0;
}

}  // namespace

Stretch LargestSum(std::span<const float> values) {
  Stretch best;
  double sum = 0, largest = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += values[i];
    if (sum <= 0) {
      sum = 0;
      begin = i + 1;
    } else if (sum > largest) {
      largest = sum;
      best = {.begin = begin, .end = i + 1};
    }
  }
  return best;
}

FrameView::FrameView(const FrameLines& of)
    : frame(of), known_language(of.known_words >= kKnownWords) {
  using Line = const FrameLine&;
  Values values(frame);
  prose = RunningSums(values.Of([](Line line) { return line.prose; }));
  scraps = RunningSums(values.Of([](Line line) { return line.scrap; }));
  closed = RunningSums(
      values.Of([](Line line) { return line.stop ? std::min(line.log_words, 4.0) : 0; }));
  open = RunningSums(values.Of([](Line line) { return line.stop ? 0 : line.log_words; }));
  common = RunningSums(values.Of([this](Line line) {
    return known_language ? line.common * std::min(1.0, line.words / 8) : 0;
  }));
  core = RunningSums(values.Of([](Line line) { return line.core; }));
  links = RunningSums(values.Of([](Line line) { return line.links; }));
  running = RunningSums(values.Of([](Line line) {
    return line.words >= 5 ? (std::min(line.words, kMaxLineWords) - 4) / 20 : -0.2;
  }));
  prose_words = RunningSums(values.Of([](Line line) { return line.prose ? line.words : 0; }));
  habit = RunningSums(values.Of([](Line line) { return line.habit; }));
  habit_sum = RunningSums(values.Of([](Line line) { return line.habit_sum; }));
  wide = LargestSum(values.Of([](Line line) { return ClosedWords(line) - 2.5; }));
  loose = LargestSum(values.Of([](Line line) {
    return (line.stop ? ClosedWords(line) : std::min(line.words, 30.0) / 2) - 4;
  }));
  dense = LargestSum(values.Of([](Line line) { return ClosedWords(line) - 12; }));

  const std::size_t n = size();
  prose_before.resize(n);
  prose_after.resize(n);
  words_before.resize(n);
  words_after.resize(n);
  double to_prose = kFarProse;
  for (std::size_t i = 0; i < n; ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    densest = std::max(densest, prose.Sum(at - kNear, at + kNear + 1));
    prose_before[i] = StableLog(1 + std::min(to_prose, kFarProse));
    words_before[i] = StableLog(1 + prose_words.UpTo(i));
    words_after[i] = StableLog(1 + prose_words.Total() - prose_words.UpTo(i + 1));
    to_prose = frame.lines[i].prose ? 1 : to_prose + 1;
  }
  to_prose = kFarProse;
  for (std::size_t i = n; i-- > 0;) {
    prose_after[i] = StableLog(1 + std::min(to_prose, kFarProse));
    to_prose = frame.lines[i].prose ? 1 : to_prose + 1;
  }
}

FrameContext::FrameContext(std::span<const double> log_odds, const FrameLines& of) : frame(of) {
  std::vector<float> values, of_odds;
  double words = 0;
  for (std::size_t i = 0; i < log_odds.size(); ++i) {
    const FrameLine& line = frame.lines[i];
    chance.push_back(StableLogistic(log_odds[i]));
    odds.push_back(std::clamp(log_odds[i], -kMostOdds, kMostOdds));
    values.push_back(static_cast<float>(chance.back()));
    of_odds.push_back(static_cast<float>(odds.back()));
    largest = std::max(largest, chance.back());
    share_of_words += chance.back() * line.words;
    words += line.words;
  }
  share_of_words /= std::max(1.0, words);
  story = RunningSums(values);
  sums = RunningSums(of_odds);
  for (std::size_t price = 0; price < kPrices.size(); ++price) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double weight = std::min(frame.lines[i].log_words, 3.0);
      of_odds[i] = static_cast<float>((chance[i] - kPrices[price]) * weight);
    }
    weighed[price] = LargestSum(of_odds);
  }
  for (float& value : values) value -= 0.5F;
  likely = LargestSum(values);
  for (float& value : values) value += 0.15F;
  loose = LargestSum(values);
}

}  // namespace samestory
