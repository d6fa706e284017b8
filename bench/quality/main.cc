// Every quality figure in one report, and the tools that refit what was fitted.
#include <cstdio>
#include <fstream>
#include <string>

#include <CLI/CLI.hpp>

#include "match_fit.h"
#include "report.h"
#include "samestory/options.h"
#include "split_background.h"
#include "split_sets.h"

namespace samestory::quality {
namespace {

struct Flags {
  std::string data = SAMESTORY_DATA_DIR, json, table;
  std::string background_file, frequencies;
  std::vector<std::string> parts = {"split", "match", "stream", "exact"};
  std::size_t background = 30'000, exact_records = 10'000;
  bool cross_validate = false;
  Options options;
};

bool Has(const Flags& flags, const std::string& part) {
  return std::find(flags.parts.begin(), flags.parts.end(), part) != flags.parts.end();
}

template <typename T>
void Append(std::vector<T>& to, std::vector<T> more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

absl::Status MeasureMatchParts(const Flags& flags, Report& report) {
  if (!Has(flags, "match") && !Has(flags, "stream")) return absl::OkStatus();
  auto data = LoadMatchData(flags.data);
  if (!data.ok()) return data.status();
  if (Has(flags, "match")) report.match = EvaluateMatch(ReplayStream(*data, flags.options), flags.options);
  if (!Has(flags, "stream")) return absl::OkStatus();
  auto stream = EvaluateStream(*data, flags.options, flags.background);
  if (!stream.ok()) return stream.status();
  report.stream = *std::move(stream);
  return absl::OkStatus();
}

absl::StatusOr<Report> Measure(const Flags& flags) {
  Report report;
  if (Has(flags, "split")) {
    auto rows = MeasureSplit(flags.data);
    if (!rows.ok()) return rows.status();
    report.split = *std::move(rows);
    if (flags.cross_validate) {
      auto fair = CrossValidateSplit(flags.data);
      if (!fair.ok()) return fair.status();
      Append(report.split, *std::move(fair));
    }
  }
  if (absl::Status status = MeasureMatchParts(flags, report); !status.ok()) return status;
  if (Has(flags, "exact")) {
    auto rows = EvaluateExact(flags.data, flags.exact_records);
    if (!rows.ok()) return rows.status();
    report.exact = *std::move(rows);
  }
  return report;
}

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "samestory_quality: %s\n", std::string(status.message()).c_str());
  return 1;
}

int RunReport(const Flags& flags) {
  const absl::StatusOr<Report> report = Measure(flags);
  if (!report.ok()) return Fail(report.status());
  const std::string table = Table(*report);
  std::fwrite(table.data(), 1, table.size(), stdout);
  if (!flags.table.empty()) std::ofstream(flags.table) << table;
  if (!flags.json.empty()) std::ofstream(flags.json) << Json(*report);
  return 0;
}

int Print(const absl::StatusOr<std::string>& text) {
  if (!text.ok()) return Fail(text.status());
  std::fwrite(text->data(), 1, text->size(), stdout);
  return 0;
}

int RunFitMatch(const Flags& flags) {
  const auto data = LoadMatchData(flags.data);
  if (!data.ok()) return Fail(data.status());
  return Print(FitMatch(*data, {}).ToSource());
}

int RunFitBackground(const Flags& flags) {
  const auto report = FitBackground(flags.data, flags.frequencies);
  if (!report.ok()) return Fail(report.status());
  std::ofstream out(flags.background_file, std::ios::binary);
  out << report->bytes;
  std::printf("texts %llu, running words %llu, words of news %llu, words added %llu, "
              "articles left out %llu, bytes %zu\n",
              static_cast<unsigned long long>(report->texts),
              static_cast<unsigned long long>(report->running_words),
              static_cast<unsigned long long>(report->words_of_news),
              static_cast<unsigned long long>(report->words_added),
              static_cast<unsigned long long>(report->articles_left_out), report->bytes.size());
  return out.flush() ? 0 : 1;
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Measures samestory on labelled news, and refits what was fitted on it.");
  app.require_subcommand(1);
  app.add_option("--data", flags.data, "folder of the news data")->capture_default_str();
  CLI::App* report = app.add_subcommand("report", "every figure, as a table");
  report->add_option("--parts", flags.parts, "split, match, stream, exact")
      ->delimiter(',')->check(CLI::IsMember({"split", "match", "stream", "exact"}));
  report->add_flag("--cross-validate", flags.cross_validate,
                   "refit the split on other pages than those it is judged on (minutes)");
  report->add_option("--background", flags.background, "other news in the stream")
      ->capture_default_str();
  report->add_option("--exact-records", flags.exact_records, "records compared pair by pair")
      ->capture_default_str();
  report->add_option("--max-candidates", flags.options.max_candidates,
                     "pairs verified for a record at most")->capture_default_str();
  report->add_option("--json", flags.json, "write the figures to this file too");
  report->add_option("--table", flags.table, "write the table to this file too");
  CLI::App* fit_split = app.add_subcommand("fit-split", "prints core/split/weights.h anew");
  CLI::App* fit_match = app.add_subcommand("fit-match", "prints core/match/weights.h anew");
  CLI::App* fit_background =
      app.add_subcommand("fit-background", "writes the table of document frequencies anew");
  fit_background->add_option("FILE", flags.background_file, "the table to write")->required();
  fit_background->add_option("--frequencies", flags.frequencies,
                             "data folder of the Python package wordfreq");
  CLI11_PARSE(app, argc, argv);
  if (report->parsed()) return RunReport(flags);
  if (fit_split->parsed()) return Print(FitSplitWeights(flags.data));
  if (fit_match->parsed()) return RunFitMatch(flags);
  return RunFitBackground(flags);
}

}  // namespace
}  // namespace samestory::quality

int main(int argc, char** argv) { return samestory::quality::Main(argc, argv); }
