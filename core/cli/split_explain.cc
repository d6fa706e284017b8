#include "cli/split_explain.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "absl/strings/str_format.h"
#include "split/decode.h"
#include "split/frame.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kMostTerms = 3;
constexpr double kLargestChange = 30;  // log-odds

double LogOdds(double p) { return std::log(p / (1 - p)); }

double Value(const std::vector<LineReason::Term>& terms, std::string_view name) {
  for (const LineReason::Term& term : terms) {
    if (term.name == name) return term.value;
  }
  return 0;
}

/// The least change of 0 to kLargestChange for which `turns` holds, to .01; `turns` holds from some
/// change on. Absent where it never does.
std::optional<double> LeastChange(const std::function<bool(double)>& turns) {
  double low = 0, high = kLargestChange;
  if (!turns(high)) return std::nullopt;
  while (high - low > 0.005) {
    const double middle = (low + high) / 2;
    (turns(middle) ? high : low) = middle;
  }
  return high;
}

/// The decisions of one page, made again from its reasons under changes.
class Decisions {
 public:
  Decisions(std::string_view text, const PageSplit& split, std::span<const LineReason> reasons,
            SplitStance stance)
      : split_(split), reasons_(reasons), stance_(stance) {
    scores_.assign(reasons.size(), -std::numeric_limits<double>::infinity());
    frame_of_.resize(reasons.size());
    for (std::size_t i = 0; i < reasons.size(); ++i) {
      if (HasCut(i)) scores_[i] = reasons[i].cut_log_odds;
      // The frame judges the sentences of one line together.
      const bool continues = i > 0 && reasons[i].frame.empty() &&
                             text.substr(split.lines[i - 1].end,
                                         split.lines[i].begin - split.lines[i - 1].end)
                                     .find('\n') == text.npos;
      frame_of_[i] = continues ? frame_of_[i - 1] : i;
    }
    cut_ = CutOf(scores_);
  }

  bool IsOther(std::size_t line) const { return split_.lines[line].role == LineRole::kOther; }
  bool HasCut(std::size_t line) const { return !reasons_[line].terms.empty(); }

  DecidedBy Cause(std::size_t line) const {
    if (!IsOther(line)) return DecidedBy::kStory;
    const bool framed = HasFrame(line) && FrameOf(line).frame_log_odds < FrameBar();
    return framed || line < cut_ ? DecidedBy::kFrame : DecidedBy::kCut;
  }

  bool IsAtCut(std::size_t line) const { return line == cut_; }

  void SetMargin(std::size_t line, LineVerdict& verdict) const {
    verdict.margin_by = verdict.by == DecidedBy::kFrame ? DecidedBy::kFrame : DecidedBy::kCut;
    const double frame = FrameOf(line).frame_log_odds - FrameBar();
    if (verdict.by == DecidedBy::kFrame) {
      verdict.margin = std::max(0.0, -frame);
    } else if (verdict.by == DecidedBy::kCut) {
      verdict.margin =
          LeastChange([&](double change) { return CutOf(Changed(line, -change)) > line; });
    } else {
      verdict.margin =
          LeastChange([&](double change) { return CutOf(Changed(line, change)) <= line; });
      if (HasFrame(line) && frame < verdict.margin.value_or(kLargestChange)) {
        verdict.margin = frame;
        verdict.margin_by = DecidedBy::kFrame;
      }
    }
  }

  /// Terms without which the line has the other role, the smallest first.
  std::vector<RoleChange> Terms(std::size_t line) const {
    std::vector<RoleChange> found;
    const auto add = [&](const LineReason::Term& term) {
      found.push_back({RoleChange::kWithoutTerm, std::string(term.name), term.value * term.weight});
    };
    const DecidedBy cause = Cause(line);
    if (cause != DecidedBy::kCut) {
      for (const LineReason::Term& term : FrameOf(line).frame) {
        const double rest = FrameOf(line).frame_log_odds - term.value * term.weight;
        if ((rest >= FrameBar()) == (cause == DecidedBy::kFrame)) add(term);
      }
    }
    if (const std::size_t at = CutBefore(line);
        cause != DecidedBy::kFrame && at < reasons_.size()) {
      for (std::size_t f = 0; f < reasons_[at].terms.size(); ++f) {
        if ((CutWithout(f) <= line) != IsOther(line)) add(reasons_[at].terms[f]);
      }
    }
    std::sort(found.begin(), found.end(), [](const RoleChange& a, const RoleChange& b) {
      return std::abs(a.log_odds) < std::abs(b.log_odds);
    });
    if (found.size() > kMostTerms) found.resize(kMostTerms);
    return found;
  }

  SeenElsewhere Elsewhere(std::size_t line) const {
    SeenElsewhere seen;
    seen.headline = !split_.lines[line].seen.empty();
    if (!HasCut(line)) return seen;
    // What the block has from this line on less what it has from the next.
    const auto own = [&](std::string_view name) {
      std::size_t next = line + 1;
      while (next < reasons_.size() && !HasCut(next)) ++next;
      const double rest = next < reasons_.size() ? Value(reasons_[next].terms, name) : 0;
      return Value(reasons_[line].terms, name) - rest;
    };
    seen.repeated = static_cast<int>(std::lround(std::exp2(std::max(0.0, own("repeated"))) - 1));
    seen.headline = seen.headline || own("headlines") > 0.5;
    seen.copy = own("copies") > 0.5;
    return seen;
  }

 private:
  std::size_t CutOf(const std::vector<double>& scores) const {
    return ChooseCut(BehindCut(scores, 0, scores.size()), ThresholdsOf(stance_));
  }

  const LineReason& FrameOf(std::size_t line) const { return reasons_[frame_of_[line]]; }
  bool HasFrame(std::size_t line) const { return !FrameOf(line).frame.empty(); }

  double FrameBar() const { return LogOdds(FrameThreshold(stance_)); }

  /// The cut that a line behind it owes its role to, or would begin at a line before it.
  std::size_t CutBefore(std::size_t line) const {
    if (line >= cut_ && cut_ < reasons_.size() && HasCut(cut_)) return cut_;
    for (std::size_t i = line + 1; i > 0; --i) {
      if (HasCut(i - 1)) return i - 1;
    }
    return reasons_.size();
  }

  /// Scores where the cut before `line` is worth more, or all cuts up to it less.
  std::vector<double> Changed(std::size_t line, double change) const {
    std::vector<double> scores = scores_;
    if (change > 0) {
      const std::size_t at = CutBefore(line);
      if (at < scores.size()) scores[at] += change;
    } else {
      for (std::size_t i = 0; i <= line; ++i) scores[i] += change;
    }
    return scores;
  }

  std::size_t CutWithout(std::size_t term) const {
    if (term >= cut_without_.size()) cut_without_.resize(term + 1);
    if (!cut_without_[term]) {
      std::vector<double> scores = scores_;
      for (std::size_t i = 0; i < scores.size(); ++i) {
        if (HasCut(i)) scores[i] -= reasons_[i].terms[term].value * reasons_[i].terms[term].weight;
      }
      cut_without_[term] = CutOf(scores);
    }
    return *cut_without_[term];
  }

  const PageSplit& split_;
  std::span<const LineReason> reasons_;
  SplitStance stance_;
  std::vector<double> scores_;         ///< of a cut before each line
  std::vector<std::size_t> frame_of_;  ///< the line whose reason has the frame of each
  std::size_t cut_ = 0;
  mutable std::vector<std::optional<std::size_t>> cut_without_;  ///< by term
};

struct Trial {
  RoleChange change;
  SplitOptions options;
  const PageCorpus* corpus;
};

std::vector<Trial> TrialsOf(const SplitOptions& options, const PageCorpus* corpus) {
  std::vector<Trial> trials;
  if (corpus != nullptr) trials.push_back({{RoleChange::kWithoutPages, {}, 0}, options, nullptr});
  if (!options.markup.empty()) {
    trials.push_back({{RoleChange::kWithoutMarkup, {}, 0}, options, corpus});
    trials.back().options.markup = {};
  }
  if (!options.title.empty()) {
    trials.push_back({{RoleChange::kWithoutTitle, {}, 0}, options, corpus});
    trials.back().options.title = {};
  }
  for (const auto& [stance, name] : {std::pair(SplitStance::kSafe, "--safe"),
                                     std::pair(SplitStance::kBalanced, "balanced"),
                                     std::pair(SplitStance::kEager, "--eager")}) {
    if (stance == options.stance) continue;
    trials.push_back({{RoleChange::kStance, name, 0}, options, corpus});
    trials.back().options.stance = stance;
  }
  return trials;
}

}  // namespace

std::string_view DecidedByName(DecidedBy by) {
  switch (by) {
    case DecidedBy::kFrame:
      return "frame";
    case DecidedBy::kCut:
      return "cut";
    default:
      return "story";
  }
}

std::vector<LineVerdict> ExplainSplit(std::string_view text, const SplitOptions& options,
                                      const PageCorpus* corpus, std::string_view page_id,
                                      const PageSplit& split,
                                      std::span<const LineReason> reasons) {
  const Decisions decisions(text, split, reasons, options.stance);
  std::vector<LineVerdict> verdicts(split.lines.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    verdicts[i].by = decisions.Cause(i);
    verdicts[i].elsewhere = decisions.Elsewhere(i);
    verdicts[i].at_cut = decisions.IsAtCut(i);
    decisions.SetMargin(i, verdicts[i]);
    verdicts[i].changes = decisions.Terms(i);
  }
  for (const Trial& trial : TrialsOf(options, corpus)) {
    const auto other = SplitPage(text, trial.options, trial.corpus, page_id);
    if (!other.ok() || other->lines.size() != split.lines.size()) continue;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
      if (other->lines[i].role != split.lines[i].role) verdicts[i].changes.push_back(trial.change);
    }
  }
  return verdicts;
}

std::string Describe(const RoleChange& change) {
  switch (change.kind) {
    case RoleChange::kWithoutTerm:
      return absl::StrFormat("without the term %s (%+.2f)", change.name, change.log_odds);
    case RoleChange::kStance:
      return change.name == "balanced" ? "under the balanced stance" : "under " + change.name;
    case RoleChange::kWithoutPages:
      return "without the other pages";
    case RoleChange::kWithoutMarkup:
      return "without the markup";
    default:
      return "without the title";
  }
}

}  // namespace samestory::cli
