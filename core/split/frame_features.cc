#include "split/frame_features.h"

#include <array>
#include <cmath>
#include <string>

#include "base/math.h"

namespace samestory {
namespace {

// A line and what it stands in.
struct At {
  const FrameView& view;
  std::size_t i;
  const FrameLine& line = view.frame.lines[i];
  double open = !line.stop;
  double words = line.log_words;

  double Common() const { return view.known_language ? line.common - 0.35 : 0; }
  double Known(double value) const { return view.known_language ? value : 0; }
  double InCore() const { return line.in_core; }
  double Last() const { return static_cast<double>(view.size() - i); }
  double LinesBeforeCore() const {
    const std::size_t begin = view.frame.core_begin;
    return StableLog(1 + static_cast<double>(i < begin ? begin - i : 0));
  }
  double LinesAfterCore() const {
    const std::size_t end = view.frame.core_end;
    return StableLog(1 + static_cast<double>(i >= end ? i - end + 1 : 0));
  }
  double Density() const {
    const auto at = static_cast<std::ptrdiff_t>(i);
    return view.densest > 0 ? view.prose.Sum(at - 6, at + 7) / view.densest : 0;
  }
  double ProseAround(int width) const {
    return std::min(view.prose.Before(i, width), view.prose.After(i, width));
  }
  double Cleanness() const { return std::max(0.0, 1 - view.frame.scraps / 0.1); }
  double WordsAround() const { return std::min(view.words_before[i], view.words_after[i]); }
  double EdgeShare() const {
    const double share = view.prose_words.UpTo(i) / std::max(1.0, view.prose_words.Total());
    return std::min(share, 1 - share);
  }
  double Farther() const { return std::max(view.prose_before[i], view.prose_after[i]); }
  double Nearer() const { return std::min(view.prose_before[i], view.prose_after[i]); }
  double Step(bool forward) const {
    if (forward ? i + 1 >= view.size() : i == 0) return 0;
    return std::fabs(words - view.frame.lines[forward ? i + 1 : i - 1].log_words);
  }
  double SameFirstWord() const {
    const auto same = [&](std::size_t other) {
      return view.frame.lines[other].first_word == line.first_word;
    };
    return (i > 0 && same(i - 1)) || (i + 1 < view.size() && same(i + 1));
  }
  double Tag(LineTag tag) const { return line.markup.tag == tag; }
};

struct LineFeature {
  std::string_view name;
  double (*value)(const At& at);
};

double Above(double value, double floor) { return std::max(0.0, value - floor); }

constexpr LineFeature kLine[] = {
    {"one", [](const At&) { return 1.0; }},
    {"log_words", [](const At& at) { return at.words; }},
    {"log_words_over_4", [](const At& at) { return Above(at.words, 1.6); }},
    {"log_words_over_11", [](const At& at) { return Above(at.words, 2.5); }},
    {"log_words_over_29", [](const At& at) { return Above(at.words, 3.4); }},
    {"stop", [](const At& at) { return 1 - at.open; }},
    {"stop_log_words", [](const At& at) { return at.line.stop * at.words; }},
    {"stop_log_words_over_9", [](const At& at) { return at.line.stop * Above(at.words, 2.3); }},
    {"mark", [](const At& at) { return double(at.line.mark); }},
    {"mark_log_words_over_6", [](const At& at) { return at.line.mark * Above(at.words, 2); }},
    {"continued", [](const At& at) { return double(at.line.continued); }},
    {"continued_log_words_over_6",
     [](const At& at) { return at.line.continued * Above(at.words, 2); }},
    {"separator", [](const At& at) { return double(at.line.separator); }},
    {"speech", [](const At& at) { return double(at.line.speech); }},
    {"common", [](const At& at) { return at.Common(); }},
    {"common_log_words", [](const At& at) { return at.Common() * at.words; }},
    {"no_common",
     [](const At& at) { return double(at.view.known_language && at.line.common == 0); }},
    {"open_common", [](const At& at) { return at.open * at.Common(); }},
    {"numbers", [](const At& at) { return at.line.numbers; }},
    {"mostly_numbers", [](const At& at) { return double(at.line.numbers > 0.6); }},
    {"title_case", [](const At& at) { return at.line.title_case - 0.3; }},
    {"title_case_log_words", [](const At& at) { return (at.line.title_case - 0.3) * at.words; }},
    {"commas", [](const At& at) { return std::min(at.line.commas, 0.5); }},
    {"copies", [](const At& at) { return at.line.copies; }},
    {"stop_copies", [](const At& at) { return at.line.stop * at.line.copies; }},
    {"core", [](const At& at) { return at.line.core; }},
    {"core_log_words", [](const At& at) { return at.line.core * at.words; }},
    {"open_core", [](const At& at) { return at.open * at.line.core; }},
    {"in_core", [](const At& at) { return at.InCore(); }},
    {"open_in_core", [](const At& at) { return at.open * at.InCore(); }},
    {"scrap_in_core", [](const At& at) { return at.line.scrap * at.InCore(); }},
    {"lines_before_core", [](const At& at) { return at.LinesBeforeCore(); }},
    {"lines_after_core", [](const At& at) { return at.LinesAfterCore(); }},
    {"before_core", [](const At& at) { return double(at.i < at.view.frame.core_begin); }},
    {"stop_lines_before_core", [](const At& at) { return at.line.stop * at.LinesBeforeCore(); }},
    {"stop_lines_after_core", [](const At& at) { return at.line.stop * at.LinesAfterCore(); }},
    {"in_wide", [](const At& at) { return double(at.view.wide.Holds(at.i)); }},
    {"open_in_wide", [](const At& at) { return at.open * at.view.wide.Holds(at.i); }},
    {"in_loose", [](const At& at) { return double(at.view.loose.Holds(at.i)); }},
    {"open_in_loose", [](const At& at) { return at.open * at.view.loose.Holds(at.i); }},
    {"scrap_in_loose", [](const At& at) { return at.line.scrap * at.view.loose.Holds(at.i) * 1.0; }},
    {"in_dense", [](const At& at) { return double(at.view.dense.Holds(at.i)); }},
    {"open_in_dense", [](const At& at) { return at.open * at.view.dense.Holds(at.i); }},
    {"position", [](const At& at) { return double(at.i) / double(at.view.size()); }},
    {"log_lines_before", [](const At& at) { return StableLog(1 + double(at.i)); }},
    {"log_lines_after", [](const At& at) { return StableLog(at.Last()); }},
    {"open_log_lines_after", [](const At& at) { return at.open * StableLog(at.Last()); }},
    {"prose_before_1", [](const At& at) { return at.view.prose.Before(at.i, 1); }},
    {"prose_after_1", [](const At& at) { return at.view.prose.After(at.i, 1); }},
    {"prose_around_1", [](const At& at) { return at.ProseAround(1); }},
    {"scraps_before_1", [](const At& at) { return at.view.scraps.Before(at.i, 1); }},
    {"scraps_after_1", [](const At& at) { return at.view.scraps.After(at.i, 1); }},
    {"open_before_1", [](const At& at) { return at.view.open.Before(at.i, 1); }},
    {"open_after_1", [](const At& at) { return at.view.open.After(at.i, 1); }},
    {"prose_before_2", [](const At& at) { return at.view.prose.Before(at.i, 2); }},
    {"prose_after_2", [](const At& at) { return at.view.prose.After(at.i, 2); }},
    {"prose_before_4", [](const At& at) { return at.view.prose.Before(at.i, 4); }},
    {"prose_after_4", [](const At& at) { return at.view.prose.After(at.i, 4); }},
    {"scraps_before_4", [](const At& at) { return at.view.scraps.Before(at.i, 4); }},
    {"scraps_after_4", [](const At& at) { return at.view.scraps.After(at.i, 4); }},
    {"closed_before_4", [](const At& at) { return at.view.closed.Before(at.i, 4); }},
    {"closed_after_4", [](const At& at) { return at.view.closed.After(at.i, 4); }},
    {"open_before_4", [](const At& at) { return at.view.open.Before(at.i, 4); }},
    {"open_after_4", [](const At& at) { return at.view.open.After(at.i, 4); }},
    {"common_before_4", [](const At& at) { return at.view.common.Before(at.i, 4); }},
    {"common_after_4", [](const At& at) { return at.view.common.After(at.i, 4); }},
    {"core_before_4", [](const At& at) { return at.view.core.Before(at.i, 4); }},
    {"core_after_4", [](const At& at) { return at.view.core.After(at.i, 4); }},
    {"running_before_3", [](const At& at) { return at.view.running.Before(at.i, 3); }},
    {"running_after_3", [](const At& at) { return at.view.running.After(at.i, 3); }},
    {"running_before_8", [](const At& at) { return at.view.running.Before(at.i, 8); }},
    {"running_after_8", [](const At& at) { return at.view.running.After(at.i, 8); }},
    {"prose_before_12", [](const At& at) { return at.view.prose.Before(at.i, 12); }},
    {"prose_after_12", [](const At& at) { return at.view.prose.After(at.i, 12); }},
    {"scraps_before_12", [](const At& at) { return at.view.scraps.Before(at.i, 12); }},
    {"scraps_after_12", [](const At& at) { return at.view.scraps.After(at.i, 12); }},
    {"core_before_12", [](const At& at) { return at.view.core.Before(at.i, 12); }},
    {"core_after_12", [](const At& at) { return at.view.core.After(at.i, 12); }},
    {"common_before_12", [](const At& at) { return at.view.common.Before(at.i, 12); }},
    {"common_after_12", [](const At& at) { return at.view.common.After(at.i, 12); }},
    {"prose_before_40", [](const At& at) { return at.view.prose.Before(at.i, 40); }},
    {"prose_after_40", [](const At& at) { return at.view.prose.After(at.i, 40); }},
    {"core_before_40", [](const At& at) { return at.view.core.Before(at.i, 40); }},
    {"core_after_40", [](const At& at) { return at.view.core.After(at.i, 40); }},
    {"scraps_before_40", [](const At& at) { return at.view.scraps.Before(at.i, 40); }},
    {"scraps_after_40", [](const At& at) { return at.view.scraps.After(at.i, 40); }},
    {"density", [](const At& at) { return at.Density(); }},
    {"open_density", [](const At& at) { return at.open * at.Density(); }},
    {"scrap_prose_around_2", [](const At& at) { return at.line.scrap * at.ProseAround(2); }},
    {"open_prose_around_4",
     [](const At& at) { return at.open * !at.line.scrap * at.ProseAround(4); }},
    {"stop_alone",
     [](const At& at) {
       return at.line.stop *
              (1 - std::max(at.view.prose.Before(at.i, 4), at.view.prose.After(at.i, 4)));
     }},
    {"words_before", [](const At& at) { return at.view.words_before[at.i]; }},
    {"words_after", [](const At& at) { return at.view.words_after[at.i]; }},
    {"words_around", [](const At& at) { return at.WordsAround(); }},
    {"open_words_around", [](const At& at) { return at.open * at.WordsAround(); }},
    {"edge_share", [](const At& at) { return at.EdgeShare(); }},
    {"no_words_before", [](const At& at) { return double(at.view.words_before[at.i] == 0); }},
    {"no_words_after", [](const At& at) { return double(at.view.words_after[at.i] == 0); }},
    {"to_prose_before", [](const At& at) { return at.view.prose_before[at.i]; }},
    {"to_prose_after", [](const At& at) { return at.view.prose_after[at.i]; }},
    {"to_farther_prose", [](const At& at) { return at.Farther(); }},
    {"to_nearer_prose", [](const At& at) { return at.Nearer(); }},
    {"open_to_farther_prose", [](const At& at) { return at.open * at.Farther(); }},
    {"scrap_to_farther_prose", [](const At& at) { return at.line.scrap * at.Farther(); }},
    {"same_first_word", [](const At& at) { return at.SameFirstWord(); }},
    {"step_after", [](const At& at) { return at.Step(true); }},
    {"step_before", [](const At& at) { return at.Step(false); }},
    {"habit", [](const At& at) { return at.line.habit; }},
    {"habit_log_words", [](const At& at) { return at.line.habit * at.words; }},
    {"scrap_habit", [](const At& at) { return at.line.scrap * at.line.habit; }},
    {"habit_sum", [](const At& at) { return at.line.habit_sum; }},
    {"habit_sum_log_words", [](const At& at) { return at.line.habit_sum * at.words; }},
    {"habit_most", [](const At& at) { return at.line.habit_most; }},
    {"habit_least", [](const At& at) { return at.line.habit_least; }},
    {"habit_first", [](const At& at) { return at.line.habit_first; }},
    {"habit_before_1", [](const At& at) { return at.view.habit.Before(at.i, 1); }},
    {"habit_after_1", [](const At& at) { return at.view.habit.After(at.i, 1); }},
    {"habit_before_2", [](const At& at) { return at.view.habit.Before(at.i, 2); }},
    {"habit_after_2", [](const At& at) { return at.view.habit.After(at.i, 2); }},
    {"habit_before_5", [](const At& at) { return at.view.habit.Before(at.i, 5); }},
    {"habit_after_5", [](const At& at) { return at.view.habit.After(at.i, 5); }},
    {"habit_before_15", [](const At& at) { return at.view.habit.Before(at.i, 15); }},
    {"habit_after_15", [](const At& at) { return at.view.habit.After(at.i, 15); }},
    {"habit_sum_before_3", [](const At& at) { return at.view.habit_sum.Before(at.i, 3); }},
    {"habit_sum_after_3", [](const At& at) { return at.view.habit_sum.After(at.i, 3); }},
    {"habit_sum_before_10", [](const At& at) { return at.view.habit_sum.Before(at.i, 10); }},
    {"habit_sum_after_10", [](const At& at) { return at.view.habit_sum.After(at.i, 10); }},
    {"habit_sum_before_40", [](const At& at) { return at.view.habit_sum.Before(at.i, 40); }},
    {"habit_sum_after_40", [](const At& at) { return at.view.habit_sum.After(at.i, 40); }},
    {"page_habit", [](const At& at) { return at.view.habit.Total() / double(at.view.size()); }},
    {"page_habit_sum", [](const At& at) { return at.view.habit_sum.Total() / double(at.view.size()); }},
    {"words_title", [](const At& at) { return at.Known(at.line.title); }},
    {"title_most", [](const At& at) { return at.Known(at.line.title_most); }},
    {"title_least", [](const At& at) { return at.Known(at.line.title_least); }},
    {"words_opening", [](const At& at) { return at.Known(at.line.opening); }},
    {"known_titles", [](const At& at) { return at.Known(at.line.known_titles); }},
    {"words_idf", [](const At& at) { return at.Known(at.line.idf); }},
    {"words_weight", [](const At& at) { return at.Known(at.line.weight); }},
    {"first_title", [](const At& at) { return at.Known(at.line.first_title); }},
    {"first_opening", [](const At& at) { return at.Known(at.line.first_opening); }},
    {"first_idf", [](const At& at) { return at.Known(at.line.first_idf); }},
    {"page_no_prose", [](const At& at) { return double(at.view.prose_words.Total() < 20); }},
    {"page_prose_lines", [](const At& at) { return at.view.frame.prose_lines; }},
    {"page_mostly_prose", [](const At& at) { return Above(at.view.frame.prose_lines, 0.5); }},
    {"page_prose_words", [](const At& at) { return at.view.frame.prose_words; }},
    {"page_scraps", [](const At& at) { return at.view.frame.scraps; }},
    {"page_log_lines", [](const At& at) { return StableLog(double(at.view.size())); }},
    {"page_clean", [](const At& at) { return at.Cleanness(); }},
    {"page_clean_prose_words",
     [](const At& at) { return at.Cleanness() * at.view.frame.prose_words; }},
    {"open_page_clean", [](const At& at) { return at.open * at.Cleanness(); }},
    {"open_page_prose_words", [](const At& at) { return at.open * at.view.frame.prose_words; }},
    {"scrap_page_prose_words",
     [](const At& at) { return at.line.scrap * at.view.frame.prose_words; }},
    {"page_core_share",
     [](const At& at) {
       return double(at.view.frame.core_end - at.view.frame.core_begin) / double(at.view.size());
     }},
    {"page_log_core",
     [](const At& at) {
       return StableLog(1 + double(at.view.frame.core_end - at.view.frame.core_begin));
     }},
};

// Pairs whose product tells more than the two apart; of all pairs of 23 features those that a fit
// leaned on most.
constexpr std::array<std::string_view, 2> kProducts[] = {
    {"log_words", "page_scraps"},
    {"log_words", "page_log_lines"},
    {"log_words", "to_prose_before"},
    {"log_words", "numbers"},
    {"log_words", "copies"},
    {"log_words", "open_after_4"},
    {"in_core", "words_around"},
    {"in_core", "page_scraps"},
    {"in_core", "core_after_12"},
    {"core", "page_prose_words"},
    {"core", "page_log_lines"},
    {"core", "core_before_12"},
    {"title_case", "title_case"},
    {"title_case", "page_log_lines"},
    {"words_around", "page_log_lines"},
    {"words_around", "to_prose_after"},
    {"words_around", "to_prose_before"},
    {"words_around", "running_before_8"},
    {"words_around", "running_after_8"},
    {"words_around", "edge_share"},
    {"words_around", "position"},
    {"page_prose_words", "page_prose_words"},
    {"page_prose_words", "page_scraps"},
    {"page_prose_words", "page_log_lines"},
    {"page_prose_words", "to_prose_after"},
    {"page_prose_words", "to_prose_before"},
    {"page_prose_words", "open_after_4"},
    {"page_prose_words", "core_after_12"},
    {"page_prose_words", "edge_share"},
    {"page_scraps", "page_scraps"},
    {"page_scraps", "density"},
    {"page_scraps", "to_prose_after"},
    {"page_scraps", "to_prose_before"},
    {"page_scraps", "numbers"},
    {"page_scraps", "edge_share"},
    {"page_log_lines", "position"},
    {"density", "position"},
    {"to_prose_after", "open_before_4"},
    {"to_prose_after", "open_after_4"},
    {"numbers", "numbers"},
    {"copies", "copies"},
    {"open_before_4", "open_after_4"},
    {"open_before_4", "core_after_12"},
    {"core_before_12", "core_before_12"},
    {"core_after_12", "core_after_12"},
    {"edge_share", "edge_share"},
    {"edge_share", "position"},
    {"position", "position"},
};

constexpr LineFeature kMarkup[] = {
    {"paragraph", [](const At& at) { return at.Tag(LineTag::kParagraph); }},
    {"heading", [](const At& at) { return at.Tag(LineTag::kHeading); }},
    {"list_item", [](const At& at) { return at.Tag(LineTag::kListItem); }},
    {"cell", [](const At& at) { return at.Tag(LineTag::kCell); }},
    {"caption", [](const At& at) { return at.Tag(LineTag::kCaption); }},
    {"quote", [](const At& at) { return at.Tag(LineTag::kQuote); }},
    {"open_paragraph", [](const At& at) { return at.open * at.Tag(LineTag::kParagraph); }},
    {"scrap_paragraph", [](const At& at) { return at.line.scrap * at.Tag(LineTag::kParagraph); }},
    {"stop_list_item", [](const At& at) { return at.line.stop * at.Tag(LineTag::kListItem); }},
    {"low_heading",
     [](const At& at) { return at.Tag(LineTag::kHeading) * (at.line.markup.heading_level >= 3); }},
    {"heading_in_core", [](const At& at) { return at.Tag(LineTag::kHeading) * at.InCore(); }},
    {"list_item_in_core", [](const At& at) { return at.Tag(LineTag::kListItem) * at.InCore(); }},
    {"stop_unknown", [](const At& at) { return at.line.stop * at.Tag(LineTag::kUnknown); }},
    {"links", [](const At& at) { return at.line.links; }},
    {"all_links", [](const At& at) { return double(at.line.links > 0.9); }},
    {"stop_links", [](const At& at) { return at.line.stop * at.line.links; }},
    {"links_in_core", [](const At& at) { return at.line.links * at.InCore(); }},
    {"links_log_words", [](const At& at) { return at.line.links * at.words; }},
    {"list_item_without_links",
     [](const At& at) { return at.Tag(LineTag::kListItem) * (1 - at.line.links); }},
    {"heading_links", [](const At& at) { return at.Tag(LineTag::kHeading) * at.line.links; }},
    {"links_before_1", [](const At& at) { return at.view.links.Before(at.i, 1); }},
    {"links_after_1", [](const At& at) { return at.view.links.After(at.i, 1); }},
    {"links_before_4", [](const At& at) { return at.view.links.Before(at.i, 4); }},
    {"links_after_4", [](const At& at) { return at.view.links.After(at.i, 4); }},
    {"links_before_12", [](const At& at) { return at.view.links.Before(at.i, 12); }},
    {"links_after_12", [](const At& at) { return at.view.links.After(at.i, 12); }},
};

struct Around {
  const FrameContext& context;
  std::size_t i;

  double Before() const { return StableLog(1 + context.story.UpTo(i)); }
  double After() const {
    return StableLog(1 + std::max(0.0, context.story.Total() - context.story.UpTo(i + 1)));
  }
  double Share() const {
    return context.story.Total() / static_cast<double>(context.chance.size());
  }
  double Open() const { return !context.frame.lines[i].stop; }
  double In(std::size_t price) const { return context.weighed[price].Holds(i); }
  double Least(int width) const {
    return std::min(context.story.Before(i, width), context.story.After(i, width));
  }
};

struct ContextFeature {
  std::string_view name;
  double (*value)(const Around& at);
};

constexpr ContextFeature kContext[] = {
    {"first", [](const Around& at) { return at.context.chance[at.i]; }},
    {"first_before_1", [](const Around& at) { return at.context.story.Before(at.i, 1); }},
    {"first_after_1", [](const Around& at) { return at.context.story.After(at.i, 1); }},
    {"first_before_3", [](const Around& at) { return at.context.story.Before(at.i, 3); }},
    {"first_after_3", [](const Around& at) { return at.context.story.After(at.i, 3); }},
    {"first_before_8", [](const Around& at) { return at.context.story.Before(at.i, 8); }},
    {"first_after_8", [](const Around& at) { return at.context.story.After(at.i, 8); }},
    {"first_before_25", [](const Around& at) { return at.context.story.Before(at.i, 25); }},
    {"first_after_25", [](const Around& at) { return at.context.story.After(at.i, 25); }},
    {"first_around_3", [](const Around& at) { return at.Least(3); }},
    {"first_around_8", [](const Around& at) { return at.Least(8); }},
    {"first_likely", [](const Around& at) { return double(at.context.likely.Holds(at.i)); }},
    {"first_in_likely",
     [](const Around& at) { return at.context.likely.Holds(at.i) ? at.context.chance[at.i] : 0; }},
    {"first_loose", [](const Around& at) { return double(at.context.loose.Holds(at.i)); }},
    {"first_lines_before", [](const Around& at) { return at.Before(); }},
    {"first_lines_after", [](const Around& at) { return at.After(); }},
    {"first_lines_around", [](const Around& at) { return std::min(at.Before(), at.After()); }},
    {"first_share", [](const Around& at) { return at.Share(); }},
    {"first_largest", [](const Around& at) { return at.context.largest; }},
    {"first_odds", [](const Around& at) { return at.context.odds[at.i]; }},
    {"first_log_words",
     [](const Around& at) {
       return at.context.chance[at.i] * at.context.frame.lines[at.i].log_words;
     }},
    {"first_before_2", [](const Around& at) { return at.context.story.Before(at.i, 2); }},
    {"first_after_2", [](const Around& at) { return at.context.story.After(at.i, 2); }},
    {"first_before_5", [](const Around& at) { return at.context.story.Before(at.i, 5); }},
    {"first_after_5", [](const Around& at) { return at.context.story.After(at.i, 5); }},
    {"first_before_15", [](const Around& at) { return at.context.story.Before(at.i, 15); }},
    {"first_after_15", [](const Around& at) { return at.context.story.After(at.i, 15); }},
    {"first_before_40", [](const Around& at) { return at.context.story.Before(at.i, 40); }},
    {"first_after_40", [](const Around& at) { return at.context.story.After(at.i, 40); }},
    {"first_odds_before_1", [](const Around& at) { return at.context.sums.Before(at.i, 1); }},
    {"first_odds_after_1", [](const Around& at) { return at.context.sums.After(at.i, 1); }},
    {"first_odds_before_2", [](const Around& at) { return at.context.sums.Before(at.i, 2); }},
    {"first_odds_after_2", [](const Around& at) { return at.context.sums.After(at.i, 2); }},
    {"first_odds_before_4", [](const Around& at) { return at.context.sums.Before(at.i, 4); }},
    {"first_odds_after_4", [](const Around& at) { return at.context.sums.After(at.i, 4); }},
    {"first_odds_before_8", [](const Around& at) { return at.context.sums.Before(at.i, 8); }},
    {"first_odds_after_8", [](const Around& at) { return at.context.sums.After(at.i, 8); }},
    {"first_share_of_words", [](const Around& at) { return at.context.share_of_words; }},
    {"first_odds_share", [](const Around& at) { return at.context.odds[at.i] * at.Share(); }},
    {"open_first_odds", [](const Around& at) { return at.Open() * at.context.odds[at.i]; }},
    {"open_first_share", [](const Around& at) { return at.Open() * at.Share(); }},
    {"first_low", [](const Around& at) { return at.In(0); }},
    {"open_first_low", [](const Around& at) { return at.Open() * at.In(0); }},
    {"first_odds_low", [](const Around& at) { return at.context.odds[at.i] * at.In(0); }},
    {"first_middle", [](const Around& at) { return at.In(1); }},
    {"open_first_middle", [](const Around& at) { return at.Open() * at.In(1); }},
    {"first_odds_middle", [](const Around& at) { return at.context.odds[at.i] * at.In(1); }},
    {"first_high", [](const Around& at) { return at.In(2); }},
    {"open_first_high", [](const Around& at) { return at.Open() * at.In(2); }},
    {"first_odds_high", [](const Around& at) { return at.context.odds[at.i] * at.In(2); }},
};

struct ProductIndex {
  std::size_t a = 0, b = 0;
};

constexpr std::size_t IndexOf(std::string_view name) {
  std::size_t index = 0;
  while (kLine[index].name != name) ++index;
  return index;
}

constexpr auto kProductIndexes = [] {
  std::array<ProductIndex, std::size(kProducts)> indexes;
  for (std::size_t p = 0; p < indexes.size(); ++p) {
    indexes[p] = {.a = IndexOf(kProducts[p][0]), .b = IndexOf(kProducts[p][1])};
  }
  return indexes;
}();

}  // namespace

FrameWidths FrameFeatureWidths() {
  return {.text = std::size(kLine) + std::size(kProducts),
          .markup = std::size(kMarkup),
          .context = std::size(kContext),
          .products = std::size(kProducts)};
}

const std::vector<std::string_view>& FrameFeatureNames() {
  static const auto* const names = [] {
    auto* const all = new std::vector<std::string_view>;
    static std::vector<std::string> products;
    for (const auto& [a, b] : kProducts)
      products.push_back(std::string(a) + " * " + std::string(b));
    for (const LineFeature& feature : kLine) all->push_back(feature.name);
    for (const std::string& name : products) all->push_back(name);
    for (const LineFeature& feature : kMarkup) all->push_back(feature.name);
    for (const ContextFeature& feature : kContext) all->push_back(feature.name);
    return all;
  }();
  return *names;
}

void ReadFrameFeatures(const FrameView& view, std::size_t i, bool markup, std::span<float> values) {
  const At at{.view = view, .i = i};
  std::size_t f = 0;
  for (const LineFeature& feature : kLine) values[f++] = static_cast<float>(feature.value(at));
  for (const ProductIndex& of : kProductIndexes) values[f++] = values[of.a] * values[of.b];
  if (!markup) return;
  for (const LineFeature& feature : kMarkup) values[f++] = static_cast<float>(feature.value(at));
}

void ReadContextFeatures(const FrameContext& context, std::size_t i, std::span<float> values) {
  const Around at{.context = context, .i = i};
  std::size_t f = 0;
  for (const ContextFeature& feature : kContext)
    values[f++] = static_cast<float>(feature.value(at));
}

}  // namespace samestory
