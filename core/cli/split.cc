#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_status.h"
#include "cli/flags.h"
#include "cli/inputs.h"
#include "cli/other.h"
#include "engine/parallel.h"
#include "io/writer.h"
#include "samestory/split.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kPagesAtOnce = 256;

struct SplitFlags {
  CommonFlags common;
  bool safe = false, eager = false, explain = false;
};

// A page's split with what is needed to print it.
struct Page {
  const Record* record;
  std::string_view text;
  PageSplit split;
  std::vector<LineReason> reasons;
};

std::string_view TextOf(const Page& page, const PageLine& line) {
  return page.text.substr(line.begin, line.end - line.begin);
}

// The main story: lines of one input line joined by a blank, input lines by a line end.
std::string MainText(const Page& page) {
  std::string main;
  std::size_t last_end = 0;
  for (const PageLine& line : page.split.lines) {
    if (line.role != LineRole::kMain) continue;
    if (!main.empty()) {
      const std::string_view between = page.text.substr(last_end, line.begin - last_end);
      main += between.find_first_of("\r\n") == std::string_view::npos ? ' ' : '\n';
    }
    main += TextOf(page, line);
    last_end = line.end;
  }
  return main;
}

void AddReasons(io::JsonWriter& json, const LineReason& reason) {
  json.Key("cut").Number(reason.cut_log_odds).Key("terms").BeginObject();
  for (const LineReason::Term& term : reason.terms) {
    json.Key(term.name).BeginArray().Number(term.value).Number(term.weight).EndArray();
  }
  json.EndObject();
}

std::string Json(const Page& page) {
  std::string out;
  io::JsonWriter json(out);
  json.BeginObject().Key("id").Raw(page.record->id).Key("main").String(MainText(page));
  json.Key("other").BeginArray();
  for (const PageLine& line : page.split.lines) {
    if (line.role == LineRole::kOther) json.String(TextOf(page, line));
  }
  json.EndArray().Key("lines").BeginArray();
  for (std::size_t i = 0; i < page.split.lines.size(); ++i) {
    const PageLine& line = page.split.lines[i];
    json.BeginObject().Key("text").String(TextOf(page, line));
    json.Key("role").String(LineRoleName(line.role)).Key("score").Number(line.score);
    AddIdToken(json.Key("seen"), line.seen);
    if (!page.reasons.empty()) AddReasons(json, page.reasons[i]);
    json.EndObject();
  }
  json.EndArray().EndObject();
  out += '\n';
  return out;
}

std::string Text(const Page& page) {
  std::size_t others = 0;
  for (const PageLine& line : page.split.lines) others += line.role == LineRole::kOther;
  std::string out = absl::StrFormat("page %s: %d lines of the main story, %d other headlines\n",
                                    std::string(page.record->id),
                                    page.split.lines.size() - others, others);
  for (std::size_t i = 0; i < page.split.lines.size(); ++i) {
    const PageLine& line = page.split.lines[i];
    absl::StrAppendFormat(&out, "  %-5s %.2f  %s\n", std::string(LineRoleName(line.role)),
                          line.score, std::string(TextOf(page, line)));
    if (!line.seen.empty()) absl::StrAppend(&out, "              = item ", line.seen, "\n");
    if (page.reasons.empty() || page.reasons[i].terms.empty()) continue;
    absl::StrAppendFormat(&out, "              cut here: log-odds %.2f against no cut\n",
                          page.reasons[i].cut_log_odds);
    for (const LineReason::Term& term : page.reasons[i].terms) {
      absl::StrAppendFormat(&out, "                %-12s %8.3f x %6.3f = %7.3f\n",
                            std::string(term.name), term.value, term.weight,
                            term.value * term.weight);
    }
  }
  return out;
}

absl::Status SplitOne(const SplitFlags& flags, const PageCorpus& corpus, Page& page) {
  SplitOptions options;
  options.lang = page.record->lang;
  options.title = page.record->title;
  if (flags.safe) options.stance = SplitStance::kSafe;
  if (flags.eager) options.stance = SplitStance::kEager;
  // A record without page text is judged by what it has.
  page.text = page.record->text.empty() ? page.record->summary : page.record->text;
  absl::StatusOr<PageSplit> split = SplitPage(page.text, options, &corpus, page.record->id,
                                              flags.explain ? &page.reasons : nullptr);
  if (!split.ok()) return split.status();
  page.split = *std::move(split);
  return absl::OkStatus();
}

// Two passes: every page is first entered into the corpus, so that the evidence across pages does
// not depend on their order; then each is split.
absl::Status SplitAll(const SplitFlags& flags, const AllRecords& all, Console& console,
                      io::OutputFile& out) {
  PageCorpus corpus(flags.common.options.seed);
  for (const Record& record : all.views) {
    corpus.Add(record.id, record.title, record.text.empty() ? record.summary : record.text,
               record.lang);
  }
  WorkerPool workers(flags.common.options.threads);
  for (std::size_t first = 0; first < all.views.size(); first += kPagesAtOnce) {
    const std::size_t n = std::min(kPagesAtOnce, all.views.size() - first);
    std::vector<Page> pages(n);
    std::vector<absl::Status> statuses(n);
    workers.ForEach(n, 4, [&](int, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        pages[i].record = &all.views[first + i];
        statuses[i] = SplitOne(flags, corpus, pages[i]);
      }
    });
    for (std::size_t i = 0; i < n; ++i) {
      if (!statuses[i].ok()) return statuses[i];
      const bool text = flags.common.format == Format::kText;
      if (absl::Status s = out.Write(text ? Text(pages[i]) : Json(pages[i])); !s.ok()) return s;
    }
    console.Progress("splitting", first + n, all.views.size());
  }
  return out.Flush();
}

int RunSplit(SplitFlags& flags) {
  Console console(flags.common.quiet, flags.common.strict);
  flags.common.reader.txt_is_page = true;
  io::OutputFile out(STDOUT_FILENO, "standard output");
  absl::StatusOr<AllRecords> all = ReadAll(flags.common, console);
  absl::Status status = all.status();
  if (status.ok()) status = SplitAll(flags, *all, console, out);
  if (!status.ok()) {
    console.Error(std::string(status.message()));
    return kFailed;
  }
  console.Summary(all->views.size(), std::nullopt, 0);
  return console.bad() > 0 ? kSkippedBad : kDone;
}

}  // namespace

void AddSplit(CLI::App& program, Run& run) {
  auto flags = std::make_shared<SplitFlags>();
  flags->common.options.threads = DefaultThreads();
  CLI::App* app = program.add_subcommand(
      "split", "cut a page's main story loose from the headlines that trail it");
  app->footer("\nExample: samestory split --format text page.txt\n"
              "A .txt file is one page; NDJSON has a page in each record's text. All pages of one\n"
              "run are looked at together: a line that stands on other pages too, or is their\n"
              "headline, is hardly part of this story.");
  AddInputFlags(*app, flags->common);
  auto* safe = app->add_flag("--safe", flags->safe, "rather keep a teaser than lose a line");
  app->add_flag("--eager", flags->eager, "rather lose a line than keep a teaser")
      ->excludes(safe);
  app->add_flag("--explain", flags->explain, "for each line, what spoke for a cut before it");
  app->add_option("--threads", flags->common.options.threads, "threads")
      ->check(CLI::Range(1, 256))->capture_default_str();
  app->add_option("--seed", flags->common.options.seed, "key of every hash");
  AddOutputFlags(*app, flags->common);
  app->callback([flags, &run] { run = [flags] { return RunSplit(*flags); }; });
}

}  // namespace samestory::cli
