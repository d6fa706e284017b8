#include "cli/split_result.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "absl/strings/str_format.h"
#include "cli/other.h"
#include "io/writer.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kMostShown = 6;  // terms in text
constexpr double kLeastShown = 0.05;   // log-odds of one
constexpr char kIndent[] = "              ";

// The main story: lines of one input line joined by a blank, input lines by a line end.
std::string MainText(const SplitResult& page) {
  std::string main;
  std::size_t last_end = 0;
  for (const PageLine& line : page.split.lines) {
    if (line.role != LineRole::kMain) continue;
    if (!main.empty()) {
      const std::string_view between = page.text.substr(last_end, line.begin - last_end);
      main += between.find_first_of("\r\n") == std::string_view::npos ? ' ' : '\n';
    }
    main += page.TextOf(line);
    last_end = line.end;
  }
  return main;
}

void AddTerms(io::JsonWriter& json, const std::vector<LineReason::Term>& terms) {
  json.BeginObject();
  for (const LineReason::Term& term : terms) {
    json.Key(term.name).BeginArray().Number(term.value).Number(term.weight).EndArray();
  }
  json.EndObject();
}

void AddChange(io::JsonWriter& json, const RoleChange& change) {
  json.BeginObject();
  switch (change.kind) {
    case RoleChange::kWithoutTerm:
      json.Key("without_term").String(change.name).Key("log_odds").Number(change.log_odds);
      break;
    case RoleChange::kStance:
      json.Key("stance").String(change.name.starts_with("--") ? change.name.substr(2)
                                                              : change.name);
      break;
    case RoleChange::kWithoutPages:
      json.Key("without").String("other pages");
      break;
    case RoleChange::kWithoutMarkup:
      json.Key("without").String("markup");
      break;
    case RoleChange::kWithoutTitle:
      json.Key("without").String("title");
      break;
  }
  json.EndObject();
}

void AddReason(io::JsonWriter& json, const LineReason& reason, const LineVerdict& verdict) {
  json.Key("decided_by").String(DecidedByName(verdict.by));
  json.Key("cut").Number(reason.cut_log_odds).Key("terms");
  AddTerms(json, reason.terms);
  json.Key("frame").Number(reason.frame_log_odds).Key("frame_terms");
  AddTerms(json, reason.frame);
  json.Key("elsewhere").BeginObject().Key("repeated").Int(verdict.elsewhere.repeated);
  json.Key("headline").Bool(verdict.elsewhere.headline);
  json.Key("copy").Bool(verdict.elsewhere.copy).EndObject();
  json.Key("margin");
  if (verdict.margin) {
    json.Number(*verdict.margin, 2);
  } else {
    json.Null();
  }
  json.Key("margin_by").String(DecidedByName(verdict.margin_by));
  json.Key("changes").BeginArray();
  for (const RoleChange& change : verdict.changes) AddChange(json, change);
  json.EndArray();
}

void AppendTerms(std::string& out, std::vector<LineReason::Term> terms) {
  std::erase_if(terms, [](const auto& t) { return std::abs(t.value * t.weight) < kLeastShown; });
  std::stable_sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) {
    return std::abs(a.value * a.weight) > std::abs(b.value * b.weight);
  });
  if (terms.size() > kMostShown) terms.resize(kMostShown);
  for (const LineReason::Term& term : terms) {
    absl::StrAppendFormat(&out, "%s  %+6.2f  %-16s %8.3f x %7.3f\n", kIndent,
                          term.value * term.weight, std::string(term.name), term.value,
                          term.weight);
  }
}

void AppendReason(std::string& out, const PageLine& line, const LineReason& reason,
                  const LineVerdict& verdict) {
  for (const std::string& sentence : SentencesOf(line, verdict)) {
    absl::StrAppend(&out, kIndent, sentence, "\n");
  }
  if (!reason.terms.empty()) {
    absl::StrAppendFormat(&out, "%sa cut here, log-odds against no cut: %+.2f\n", kIndent,
                          reason.cut_log_odds);
    AppendTerms(out, reason.terms);
  }
  if (!reason.frame.empty()) {
    absl::StrAppendFormat(&out, "%sstory rather than navigation, log-odds: %+.2f\n", kIndent,
                          reason.frame_log_odds);
    AppendTerms(out, reason.frame);
  }
}

}  // namespace

std::vector<std::string> SentencesOf(const PageLine& line, const LineVerdict& verdict) {
  std::vector<std::string> sentences;
  const SeenElsewhere& seen = verdict.elsewhere;
  if (!line.seen.empty()) {
    sentences.push_back("is the headline of item " + line.seen);
  } else if (seen.headline) {
    sentences.push_back("is the headline of another page");
  }
  if (seen.repeated > 0) {
    sentences.push_back(absl::StrFormat("stands on %d%s other page%s too", seen.repeated,
                                        seen.repeated >= 7 ? " or more" : "",
                                        seen.repeated == 1 ? "" : "s"));
  }
  if (seen.copy) sentences.push_back("stands in a copy of this story");
  const bool other = line.role == LineRole::kOther;
  if (verdict.by == DecidedBy::kFrame) sentences.push_back("looks like navigation");
  if (verdict.by == DecidedBy::kCut) {
    sentences.push_back(verdict.at_cut ? "the page is cut before it" : "stands behind the cut");
  }
  const char* const turned = other ? "would be main" : "would be other";
  if (verdict.margin) {
    sentences.push_back(absl::StrFormat(
        "%s %s %.2f log-odds", turned,
        verdict.margin_by == DecidedBy::kFrame
            ? (other ? "if it looked more like story by" : "if it looked less like story by")
            : (other ? "if the cuts up to it scored less by" : "if the cut before it scored more by"),
        *verdict.margin));
  } else if (!other) {
    sentences.push_back("no cut was considered up to it");
  }
  for (const RoleChange& change : verdict.changes) {
    sentences.push_back(std::string(turned) + " " + Describe(change));
  }
  return sentences;
}

std::string SplitJson(const SplitResult& page) {
  std::string out;
  io::JsonWriter json(out);
  json.BeginObject().Key("id").Raw(page.record->id).Key("main").String(MainText(page));
  json.Key("other").BeginArray();
  for (const PageLine& line : page.split.lines) {
    if (line.role == LineRole::kOther) json.String(page.TextOf(line));
  }
  json.EndArray().Key("lines").BeginArray();
  for (std::size_t i = 0; i < page.split.lines.size(); ++i) {
    const PageLine& line = page.split.lines[i];
    json.BeginObject().Key("text").String(page.TextOf(line));
    json.Key("role").String(LineRoleName(line.role)).Key("score").Number(line.score);
    AddIdToken(json.Key("seen"), line.seen);
    if (!page.verdicts.empty()) AddReason(json, page.reasons[i], page.verdicts[i]);
    json.EndObject();
  }
  json.EndArray().EndObject();
  out += '\n';
  return out;
}

std::string SplitText(const SplitResult& page) {
  std::size_t others = 0;
  for (const PageLine& line : page.split.lines) others += line.role == LineRole::kOther;
  std::string out = absl::StrFormat("page %s: %d lines of the main story, %d other lines\n",
                                    std::string(page.record->id),
                                    page.split.lines.size() - others, others);
  for (std::size_t i = 0; i < page.split.lines.size(); ++i) {
    const PageLine& line = page.split.lines[i];
    absl::StrAppendFormat(&out, "  %-5s %.2f  %s\n", std::string(LineRoleName(line.role)),
                          line.score, std::string(page.TextOf(line)));
    if (!page.verdicts.empty()) {
      AppendReason(out, line, page.reasons[i], page.verdicts[i]);
    } else if (!line.seen.empty()) {
      absl::StrAppend(&out, kIndent, "= item ", line.seen, "\n");
    }
  }
  return out;
}

}  // namespace samestory::cli
