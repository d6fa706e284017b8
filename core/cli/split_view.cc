#include "cli/split_view.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kMostShown = 10;  // terms of a table
constexpr double kLeastShown = 0.05;    // log-odds of one
constexpr double kWidestBar = 6;

// Blue is the story, orange is not; both are told apart without colour by the role's word.
constexpr char kHead[] = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>samestory split</title>
<style>
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fcfcfa; --faint: #68707a;
        --rule: #dde0e4; --story: 31, 95, 191; --other: 200, 98, 16; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e6e9; --paper: #16191d; --faint: #98a1ac; --rule: #31363d;
          --story: 96, 156, 245; --other: 240, 148, 66; } }
body { margin: 2rem auto; max-width: 56rem; padding: 0 1rem; color: var(--ink);
       background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.3rem; margin: 2rem 0 .2rem; }
.count { color: var(--faint); margin: 0 0 1rem; }
.key { color: var(--faint); font-size: .85rem; }
.key b { padding: .1rem .5rem; border-radius: .2rem; font-weight: 500; color: var(--ink); }
details { border-left: .3rem solid; margin: .15rem 0; border-radius: .2rem; }
.main { border-color: rgb(var(--story)); background: rgba(var(--story), var(--a)); }
.other { border-color: rgb(var(--other)); background: rgba(var(--other), var(--a)); }
summary { display: grid; grid-template-columns: 3.2rem 2.8rem 1fr; gap: .4rem; cursor: pointer;
          padding: .25rem .6rem; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:focus-visible { outline: 2px solid rgb(var(--story)); }
summary:hover { text-decoration: underline; text-decoration-color: var(--faint); }
.role, .p { color: var(--faint); font-size: .8rem; line-height: 1.9; font-variant-numeric: tabular-nums; }
.why { padding: .1rem .6rem .6rem 7rem; font-size: .88rem; }
.why ul { margin: .2rem 0 .6rem; padding-left: 1.1rem; }
table { border-collapse: collapse; margin: .2rem 0 .8rem; }
caption { text-align: left; color: var(--faint); padding-bottom: .2rem; }
th { text-align: left; font-weight: 400; }
td, th { padding: 0 .8rem 0 0; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
td.f { color: var(--faint); }
.bar { display: inline-block; height: .6rem; border-radius: .1rem; }
.for { background: rgb(var(--story)); } .against { background: rgb(var(--other)); }
@media (max-width: 40rem) { .why { padding-left: .6rem; } }
</style>
</head>
<body>
<p class="key"><b style="background: rgba(var(--story), .3)">main</b> the page's story &#160;
<b style="background: rgba(var(--other), .3)">other</b> everything else. The deeper the colour, the
surer; the number is the probability of being main. Open a line to see why.</p>
)html";

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default:
        // HTML forbids the other control characters.
        out += static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' ? ' ' : c;
    }
  }
  return out;
}

/// `for_story`: positive terms speak for the line being main.
void AppendTable(std::string& out, const char* caption, double sum,
                 std::vector<LineReason::Term> terms, bool for_story) {
  if (terms.empty()) return;
  std::erase_if(terms, [](const auto& t) { return std::abs(t.value * t.weight) < kLeastShown; });
  std::stable_sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) {
    return std::abs(a.value * a.weight) > std::abs(b.value * b.weight);
  });
  if (terms.size() > kMostShown) terms.resize(kMostShown);
  absl::StrAppendFormat(&out, "<table><caption>%s: %+.2f</caption>\n", caption, sum);
  for (const LineReason::Term& term : terms) {
    const double given = term.value * term.weight;
    const double width = std::min(std::abs(given), kWidestBar);
    absl::StrAppendFormat(
        &out,
        "<tr><th scope=\"row\">%s</th><td class=\"n\">%+.2f</td><td class=\"f\">%.3g &#215; "
        "%.3g</td><td><span class=\"bar %s\" style=\"width: %.1frem\"></span></td></tr>\n",
        Escaped(term.name), given, term.value, term.weight,
        (given > 0) == for_story ? "for" : "against", width);
  }
  out += "</table>\n";
}

void AppendLine(std::string& out, const SplitResult& page, std::size_t i) {
  const PageLine& line = page.split.lines[i];
  const bool main = line.role == LineRole::kMain;
  const double sure = std::abs(line.score - 0.5) * 2;
  const std::string role(LineRoleName(line.role));
  absl::StrAppendFormat(&out,
                        "<details class=\"%s\" style=\"--a: %.2f\"><summary><span class=\"role\">"
                        "%s</span><span class=\"p\">%.2f</span><span dir=\"auto\">%s</span>"
                        "</summary>\n<div class=\"why\">\n<ul>\n",
                        role, 0.04 + 0.26 * sure, role, line.score, Escaped(page.TextOf(line)));
  const std::vector<std::string> sentences = SentencesOf(line, page.verdicts[i]);
  for (const std::string& sentence : sentences) {
    absl::StrAppend(&out, "<li>", Escaped(sentence), "</li>\n");
  }
  if (sentences.empty()) {
    out += main ? "<li>nothing speaks against it</li>\n" : "<li>nothing speaks for it</li>\n";
  }
  out += "</ul>\n";
  AppendTable(out, "A cut before this line, log-odds against no cut",
              page.reasons[i].cut_log_odds, page.reasons[i].terms, false);
  AppendTable(out, "Story rather than navigation, log-odds", page.reasons[i].frame_log_odds,
              page.reasons[i].frame, true);
  out += "</div></details>\n";
}

}  // namespace

std::string ViewBegin() { return kHead; }

std::string ViewPage(const SplitResult& page) {
  std::size_t others = 0;
  for (const PageLine& line : page.split.lines) others += line.role == LineRole::kOther;
  std::string id(page.record->id);
  if (id.starts_with('"') && id.ends_with('"') && id.size() > 1) id = id.substr(1, id.size() - 2);
  const std::string lang =
      page.record->lang.empty() ? "" : " lang=\"" + Escaped(page.record->lang) + "\"";
  std::string out = absl::StrFormat("<section%s>\n<h1>%s</h1>\n", lang,
                                    Escaped(page.record->title.empty() ? std::string_view(id)
                                                                       : page.record->title));
  absl::StrAppendFormat(&out,
                        "<p class=\"count\" lang=\"en\">%s: %d lines of the main story, %d other "
                        "lines</p>\n",
                        Escaped(id), page.split.lines.size() - others, others);
  for (std::size_t i = 0; i < page.split.lines.size(); ++i) AppendLine(out, page, i);
  out += "</section>\n";
  return out;
}

std::string ViewEnd() { return "</body>\n</html>\n"; }

}  // namespace samestory::cli
