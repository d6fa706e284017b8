#include "frame_sets.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

#include "absl/strings/str_join.h"
#include "base/math.h"
#include "frame_train.h"
#include "samestory/split.h"
#include "split/frame_features.h"
#include "split_files.h"
#include "split_sets.h"

namespace samestory::quality {
namespace {

constexpr std::pair<SplitStance, const char*> kStances[] = {{SplitStance::kBalanced, ""},
                                                            {SplitStance::kSafe, " --safe"},
                                                            {SplitStance::kEager, " --eager"}};

LineTag TagOf(std::string_view element) {
  static const std::map<std::string_view, LineTag> tags = {
      {"p", LineTag::kParagraph},     {"pre", LineTag::kParagraph},
      {"h1", LineTag::kHeading},      {"h2", LineTag::kHeading},
      {"h3", LineTag::kHeading},      {"h4", LineTag::kHeading},
      {"h5", LineTag::kHeading},      {"h6", LineTag::kHeading},
      {"li", LineTag::kListItem},     {"dt", LineTag::kListItem},
      {"dd", LineTag::kListItem},     {"td", LineTag::kCell},
      {"th", LineTag::kCell},         {"figcaption", LineTag::kCaption},
      {"caption", LineTag::kCaption}, {"legend", LineTag::kCaption},
      {"summary", LineTag::kCaption}, {"blockquote", LineTag::kQuote},
  };
  const auto found = tags.find(element);
  return found == tags.end() ? LineTag::kUnknown : found->second;
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\n\r\v\f") == std::string_view::npos;
}

std::vector<LineMarkup> MarkupOf(simdjson::dom::object page) {
  std::vector<LineMarkup> markup;
  simdjson::dom::array lines;
  if (page["lines"].get(lines) != simdjson::SUCCESS) return markup;
  for (const simdjson::dom::object line : lines) {
    if (IsBlank(StringField(line, "text"))) continue;  // no line of LabelledPage
    const std::string_view element = StringField(line, "tag");
    LineMarkup mark{.tag = TagOf(element)};
    if (mark.tag == LineTag::kHeading) {
      mark.heading_level = static_cast<std::uint8_t>(element[1] - '0');
    }
    double links = 0;
    if (line["link"].get(links) == simdjson::SUCCESS) mark.link_share = static_cast<float>(links);
    markup.push_back(mark);
  }
  return markup;
}

// Which lines a model calls other.
std::vector<bool> Called(const FramePage& page, bool markup, const FrameModel& model,
                         SplitStance stance) {
  FrameLines lines = page.lines;
  ReadFrameHabits(page.words, model.habits, lines);
  const FrameReading reading = ReadFrame(lines, markup, model);
  const bool clean = FrameChance(lines, model) < kSurelyClean;
  std::vector<bool> called(page.marked.page.lines.size(), false);
  for (std::size_t i = 0; i < lines.lines.size(); ++i) {
    const double frame = clean || lines.lines[i].sentences ? 0 : reading.chance;
    called[i] = StoryChance(frame, reading.log_odds[i]) < FrameThreshold(stance);
  }
  return called;
}

std::string SetName(const LabelledPage& page) {
  return page.set == "lines" ? "pages_lines" : page.set + ", story lines";
}

void AddRows(const std::map<std::pair<std::string, std::string>, SplitScore>& scores,
             const std::string& method, std::vector<SplitRow>& rows) {
  for (const auto& [name, score] : scores) {
    rows.push_back(RowOf(name.first, name.second, method, score));
  }
}

void AppendGate(std::span<const float> weights, std::string& header) {
  for (std::size_t f = 0; f < weights.size(); ++f) {
    const std::size_t forms = kGateFeatureNames.size();
    const std::string_view name = f < forms ? kGateFeatureNames[f] : kReadGateNames[f - forms];
    char line[80];
    std::snprintf(line, sizeof line, "    %.4ff,  // %s\n", static_cast<double>(weights[f]),
                  std::string(name).c_str());
    header += line;
  }
  header += "};\n";
}

std::string FloatText(float value) {
  if (value == kNever) return "kNever";
  char text[32];
  std::snprintf(text, sizeof text, "%.5g", static_cast<double>(value));
  const bool whole = std::string_view(text).find_first_of(".e") == std::string_view::npos;
  return std::string(text) + (whole ? ".f" : "f");
}

void AppendTrees(const char* name, std::span<const FrameTree> trees, std::string& header) {
  header += "inline constexpr FrameTree " + std::string(name) + "[] = {\n";
  const auto text = [](std::string* out, float value) { *out += FloatText(value); };
  for (const FrameTree& tree : trees) {
    header += "    {{" + absl::StrJoin(tree.feature, ", ") + "},\n     {" +
              absl::StrJoin(tree.border, ", ", text) + "},\n     {" +
              absl::StrJoin(tree.log_odds, ", ", text) + "}},\n";
  }
  header += "};\n";
}

std::string TreesHeader(std::span<const FrameTree> text, std::span<const FrameTree> markup) {
  std::string header = R"(#ifndef SAMESTORY_SPLIT_FRAME_TREES_TABLE_H_
#define SAMESTORY_SPLIT_FRAME_TREES_TABLE_H_

#include "split/frame_trees.h"

namespace samestory {

/// What corrects the second pass over text alone, and over text with markup. Three rows a tree: the
/// features of its nodes by their place in FrameFeatureNames(), their borders, and what its leaves
/// add to the log-odds of a line being story. Written by `samestory_quality fit-frame`;
/// docs/split.md says how and on what.
)";
  AppendTrees("kFrameTrees", text, header);
  header += "\n";
  AppendTrees("kFrameMarkupTrees", markup, header);
  header += R"(
}  // namespace samestory

#endif  // SAMESTORY_SPLIT_FRAME_TREES_TABLE_H_
)";
  return header;
}

absl::Status CrossValidate(const std::string& data_dir, bool markup, FrameCrossValidation& result) {
  const auto set = MakeFrameSet(data_dir, markup);
  if (!set.ok()) return set.status();
  std::vector<FrameModel> models;
  for (int fold = 0; fold < kFrameFolds; ++fold) models.push_back(FitFrame(*set, fold));
  for (const auto& [stance, name] : kStances) {
    std::map<std::pair<std::string, std::string>, SplitScore> scores;
    for (const FramePage& page : set->pages) {
      const LabelledPage& labelled = page.marked.page;
      const auto& model = models[static_cast<std::size_t>(page.fold)];
      const auto called = Called(page, markup, model, stance);
      const std::string in = SetName(labelled);
      scores[{in, labelled.variant.empty() ? "article" : labelled.variant}].Add(labelled, called);
      if (labelled.set != "lines" || labelled.variant == "short") continue;
      scores[{in, "all"}].Add(labelled, called);
      scores[{in, "source " + labelled.source}].Add(labelled, called);
    }
    AddRows(scores,
            std::string(markup ? "frame with markup" : "frame") + name + ", cross-validated",
            result.rows);
  }
  if (!markup) result.folds = std::move(models);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<MarkedPage>> LoadMarkedPages(const std::string& data_dir) {
  auto pages = LoadPageLines(data_dir);
  if (!pages.ok()) return pages.status();
  std::vector<MarkedPage> marked;
  const absl::Status status =
      ReadObjects(data_dir + "/dev/pages_lines.ndjson", [&](simdjson::dom::object object) {
        marked.push_back({.page = std::move((*pages)[marked.size()]), .markup = MarkupOf(object)});
      });
  if (!status.ok()) return status;
  return marked;
}

absl::StatusOr<std::vector<SplitRow>> MeasureFrame(const std::string& data_dir) {
  const auto pages = LoadMarkedPages(data_dir);
  if (!pages.ok()) return pages.status();
  std::vector<LabelledPage> labelled;
  for (const MarkedPage& page : *pages) labelled.push_back(page.page);
  std::vector<SplitRow> rows;
  for (const auto& [stance, name] : kStances) {
    std::size_t next = 0;
    const auto split = [&, stance = stance](const LabelledPage& page) {
      SplitOptions options;
      options.stance = stance;
      // Text() ends in a line end, behind which stands one more line, empty.
      std::vector<LineMarkup> markup = (*pages)[next++].markup;
      markup.emplace_back();
      options.markup = markup;
      return SplitLines(page, nullptr, options);
    };
    for (SplitRow& row : MeasureMethod(labelled, "pages_lines",
                                       "samestory" + std::string(name) + ", with markup", split)) {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

absl::StatusOr<FrameCrossValidation> CrossValidateFrame(const std::string& data_dir) {
  FrameCrossValidation result;
  for (const bool markup : {false, true}) {
    const absl::Status status = CrossValidate(data_dir, markup, result);
    if (!status.ok()) return status;
  }
  return result;
}

absl::StatusOr<FrameFiles> FitFrameFiles(const std::string& data_dir) {
  FrameModel models[2];
  for (const bool markup : {false, true}) {
    const auto set = MakeFrameSet(data_dir, markup);
    if (!set.ok()) return set.status();
    models[markup] = FitFrame(*set, -1);
  }
  std::string header = R"(#ifndef SAMESTORY_SPLIT_FRAME_WEIGHTS_H_
#define SAMESTORY_SPLIT_FRAME_WEIGHTS_H_

#include "split/frame.h"

namespace samestory {

/// What each feature adds to the log-odds of a page having a frame, in the order of
/// kGateFeatureNames. Written, like the tables below, by `samestory_quality fit-frame`; docs/split.md
/// says how and on what.
inline constexpr GateFeatures kGateWeights = {
)";
  AppendGate(models[0].gate, header);
  header += R"(
/// The same once the lines are read, those of kReadGateNames behind; and for text with markup.
inline constexpr ReadGateFeatures kReadGateWeights = {
)";
  AppendGate(models[0].read_gate, header);
  header += R"(inline constexpr ReadGateFeatures kReadGateMarkupWeights = {
)";
  AppendGate(models[1].read_gate, header);
  header += R"(
/// What each feature adds to the log-odds of a line being story, in the order of
/// FrameFeatureNames(): in the first and the second pass over text alone, and over text with markup.
inline constexpr FrameWeight kFrameWeights[] = {
)";
  const auto& names = FrameFeatureNames();
  const FrameWidths widths = FrameFeatureWidths();
  for (std::size_t f = 0; f < names.size(); ++f) {
    const bool first = f < widths.First();
    char line[160];
    std::snprintf(line, sizeof line, "    {\"%s\", %.4ff, %.4ff, %.4ff, %.4ff},\n",
                  std::string(names[f]).c_str(),
                  first ? static_cast<double>(models[0].first[f]) : 0.0,
                  static_cast<double>(models[0].second[f]),
                  first ? static_cast<double>(models[1].first[f]) : 0.0,
                  static_cast<double>(models[1].second[f]));
    header += line;
  }
  header += R"(};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_FRAME_WEIGHTS_H_
)";
  return FrameFiles{.weights = std::move(header),
                    .trees = TreesHeader(models[0].trees, models[1].trees),
                    .habits = models[0].habits.Encode()};
}

}  // namespace samestory::quality
