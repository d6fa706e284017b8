#include "samestory/split.h"

#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_status.h"
#include "cli/flag_values.h"
#include "cli/flags.h"
#include "cli/inputs.h"
#include "cli/split_explain.h"
#include "cli/split_result.h"
#include "cli/split_view.h"
#include "engine/parallel.h"
#include "io/writer.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kPagesAtOnce = 256;

struct SplitFlags {
  CommonFlags common;
  bool safe = false, eager = false, explain = false;
  std::string view;  ///< file; empty: none
};

absl::Status SplitOne(const SplitFlags& flags, const PageCorpus& corpus, SplitResult& page) {
  const bool explain = flags.explain || !flags.view.empty();
  SplitOptions options;
  options.lang = page.record->lang;
  options.title = page.record->title;
  if (flags.safe) options.stance = SplitStance::kSafe;
  if (flags.eager) options.stance = SplitStance::kEager;
  // A record without page text is judged by what it has.
  page.text = page.record->text.empty() ? page.record->summary : page.record->text;
  if (!page.record->text.empty()) options.markup = page.record->markup;
  absl::StatusOr<PageSplit> split = SplitPage(page.text, options, &corpus, page.record->id,
                                              explain ? &page.reasons : nullptr);
  if (!split.ok()) return split.status();
  page.split = *std::move(split);
  if (explain) {
    page.verdicts =
        ExplainSplit(page.text, options, &corpus, page.record->id, page.split, page.reasons);
  }
  return absl::OkStatus();
}

absl::Status WriteOne(const SplitFlags& flags, SplitResult& page, io::OutputFile& out,
                      io::OutputFile* view) {
  if (view != nullptr) {
    if (absl::Status s = view->Write(ViewPage(page)); !s.ok()) return s;
  }
  if (!flags.explain) page.verdicts.clear();
  return out.Write(flags.common.format == Format::kText ? SplitText(page) : SplitJson(page));
}

// Two passes: every page is first entered into the corpus, so that the evidence across pages does
// not depend on their order; then each is split.
absl::Status SplitAll(const SplitFlags& flags, const AllRecords& all, Console& console,
                      io::OutputFile& out, io::OutputFile* view) {
  PageCorpus corpus(flags.common.options.seed);
  for (const Record& record : all.views) {
    corpus.Add(record.id, record.title, record.text.empty() ? record.summary : record.text,
               record.lang);
  }
  WorkerPool workers(flags.common.options.threads);
  for (std::size_t first = 0; first < all.views.size(); first += kPagesAtOnce) {
    const std::size_t n = std::min(kPagesAtOnce, all.views.size() - first);
    std::vector<SplitResult> pages(n);
    std::vector<absl::Status> statuses(n);
    workers.ForEach(n, 4, [&](int, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        pages[i].record = &all.views[first + i];
        statuses[i] = SplitOne(flags, corpus, pages[i]);
      }
    });
    for (std::size_t i = 0; i < n; ++i) {
      if (!statuses[i].ok()) return statuses[i];
      if (absl::Status s = WriteOne(flags, pages[i], out, view); !s.ok()) return s;
    }
    console.Progress("splitting", first + n, all.views.size());
  }
  return out.Flush();
}

absl::Status SplitFiles(SplitFlags& flags, const AllRecords& all, Console& console) {
  io::OutputFile out(STDOUT_FILENO, "standard output");
  if (flags.view.empty()) return SplitAll(flags, all, console, out, nullptr);
  absl::StatusOr<std::unique_ptr<io::OutputFile>> view = io::OutputFile::Open(flags.view);
  if (!view.ok()) return view.status();
  absl::Status status = (*view)->Write(ViewBegin());
  if (status.ok()) status = SplitAll(flags, all, console, out, view->get());
  if (status.ok()) status = (*view)->Write(ViewEnd());
  return status.ok() ? (*view)->Close() : status;
}

int RunSplit(SplitFlags& flags) {
  Console console(flags.common.quiet, flags.common.strict);
  flags.common.reader.txt_is_page = true;
  absl::StatusOr<AllRecords> all = ReadAll(flags.common, console);
  absl::Status status = all.status();
  if (status.ok()) status = SplitFiles(flags, *all, console);
  if (!status.ok()) {
    console.Error(std::string(status.message()));
    return kFailed;
  }
  console.Summary(all->views.size(), std::nullopt, 0);
  return console.ExitStatus();
}

}  // namespace

void AddSplit(CLI::App& program, Run& run) {
  auto flags = std::make_shared<SplitFlags>();
  flags->common.options.threads = DefaultThreads();
  CLI::App* app = program.add_subcommand(
      "split", "cut a page's main story loose from the headlines that trail it");
  app->footer("\nExample: samestory split --format text page.txt\n"
              "A .txt or HTML file is one page; NDJSON has a page, text or HTML, in each record's\n"
              "text. All pages of one run are looked at together: a line that stands on other\n"
              "pages too, or is their headline, is hardly part of this story.");
  AddInputFlags(*app, flags->common);
  auto* safe = app->add_flag("--safe", flags->safe, "rather keep a teaser than lose a line");
  app->add_flag("--eager", flags->eager, "rather lose a line than keep a teaser")
      ->excludes(safe);
  app->add_flag("--explain", flags->explain,
                "for each line, what decided its role and what would have turned it");
  app->add_option("--view", flags->view, "write the explanation as an HTML page to this file")
      ->type_name("FILE.html");
  app->add_option("--threads", flags->common.options.threads, "threads")
      ->check(CLI::Range(1, 256))->capture_default_str();
  AddNumber(*app, "--seed", flags->common.options.seed, "key of every hash");
  AddOutputFlags(*app, flags->common);
  app->callback([flags, &run] { run = [flags] { return RunSplit(*flags); }; });
}

}  // namespace samestory::cli
