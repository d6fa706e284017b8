// Every quality figure in one report, and the tools that refit what was fitted.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <string>

#include "frame_sets.h"
#include "match_cross.h"
#include "match_export.h"
#include "match_fit.h"
#include "report.h"
#include "samestory/options.h"
#include "split_background.h"
#include "split_peers.h"
#include "split_sets.h"
#include "split_together.h"

namespace samestory::quality {
namespace {

struct Flags {
  std::string data = SAMESTORY_DATA_DIR, json, table;
  std::string habits, trees, background_file, frequencies, peers, pairs_dir;
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
  if (Has(flags, "match")) {
    const std::vector<PairSample> samples = ReplayStream(*data, flags.options);
    report.match = EvaluateMatch(samples, flags.options);
    report.sts = CorrelateSts(samples, flags.options);
  }
  if (Has(flags, "match") && flags.cross_validate) {
    MatchCrossReport fair = CrossValidateMatch(*data, flags.options);
    Append(report.match->rows, std::move(fair.rows));
    report.match_reliability = fair.reliability;
  }
  if (report.match && !flags.peers.empty()) {
    auto peers = LoadMatchPeers(flags.peers);
    if (!peers.ok()) return peers.status();
    report.match->rows = BesidePeers(std::move(report.match->rows), peers->rows);
    Append(report.match->hand, std::move(peers->hand));
    Append(report.sts, std::move(peers->sts));
  }
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
    auto with_markup = MeasureFrame(flags.data);
    if (!with_markup.ok()) return with_markup.status();
    Append(report.split, *std::move(with_markup));
    auto seen = MeasureSeen(flags.data);
    if (!seen.ok()) return seen.status();
    report.seen = *std::move(seen);
    auto speed = MeasureSplitSpeed(flags.data);
    if (!speed.ok()) return speed.status();
    report.split_speed = *std::move(speed);
    if (flags.cross_validate) {
      auto fair = CrossValidateSplit(flags.data);
      if (!fair.ok()) return fair.status();
      Append(report.split, std::move(fair->rows));
      report.calibration = std::move(fair->calibration);
      auto frame = CrossValidateFrame(flags.data);
      if (!frame.ok()) return frame.status();
      Append(report.split, std::move(frame->rows));
      std::vector<SplitModels> folds;
      for (std::size_t k = 0; k < frame->folds.size(); ++k) {
        folds.push_back({.frame = frame->folds[k], .cuts = fair->folds[k]});
      }
      auto together = MeasureTogether(flags.data, folds);
      if (!together.ok()) return together.status();
      Append(report.split, *std::move(together));
    }
  }
  if (!flags.peers.empty()) {
    auto rows = LoadPeerRows(flags.peers);
    if (!rows.ok()) return rows.status();
    Append(report.split, *std::move(rows));
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

int RunFitFrame(const Flags& flags) {
  const auto frame = FitFrameFiles(flags.data);
  if (!frame.ok()) return Fail(frame.status());
  for (const auto& [file, bytes] :
       {std::pair(&flags.habits, &frame->habits), std::pair(&flags.trees, &frame->trees)}) {
    if (file->empty()) continue;
    std::ofstream out(*file, std::ios::binary);
    out << *bytes;
    if (!out.flush()) return Fail(absl::UnavailableError("cannot write " + *file));
  }
  return Print(frame->weights);
}

int RunFitMatch(const Flags& flags) {
  const auto data = LoadMatchData(flags.data);
  if (!data.ok()) return Fail(data.status());
  return Print(TablesSource(MatchFitter(*data, {}).Fit()));
}

int RunExportPairs(const Flags& flags) {
  const auto data = LoadMatchData(flags.data);
  if (!data.ok()) return Fail(data.status());
  const auto counts = ExportPairs(ReplayStream(*data, flags.options), flags.pairs_dir);
  if (!counts.ok()) return Fail(counts.status());
  for (const auto& [set, count] : *counts) std::printf("%-18s %zu pairs\n", set.c_str(), count);
  return 0;
}

int RunFitBackground(const Flags& flags) {
  const auto report = FitBackground(flags.data, flags.frequencies);
  if (!report.ok()) return Fail(report.status());
  std::ofstream out(flags.background_file, std::ios::binary);
  out << report->bytes;
  std::printf(
      "texts %llu, running words %llu, words of news %llu, words added %llu, "
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
      ->delimiter(',')
      ->check(CLI::IsMember({"split", "match", "stream", "exact"}));
  report->add_flag("--cross-validate", flags.cross_validate,
                   "refit the split and the judge on other data than they are judged on (minutes)");
  report->add_option("--background", flags.background, "other news in the stream")
      ->capture_default_str();
  report->add_option("--exact-records", flags.exact_records, "records compared pair by pair")
      ->capture_default_str();
  report
      ->add_option("--max-candidates", flags.options.max_candidates,
                   "pairs verified for a record at most")
      ->capture_default_str();
  report
      ->add_option("--peers", flags.peers,
                   "rows of other systems that split_peers.py or match_peers.py wrote")
      ->check(CLI::ExistingFile);
  report->add_option("--json", flags.json, "write the figures to this file too");
  report->add_option("--table", flags.table, "write the table to this file too");
  CLI::App* fit_split = app.add_subcommand("fit-split", "prints core/split/weights.h anew");
  CLI::App* fit_frame = app.add_subcommand("fit-frame", "prints core/split/frame_weights.h anew");
  fit_frame->add_option("--habits", flags.habits,
                        "write core/split/data/frame_habits.bin anew to this file too");
  fit_frame->add_option("--trees", flags.trees,
                        "write core/split/frame_trees_table.h anew to this file too");
  CLI::App* fit_match = app.add_subcommand("fit-match", "prints core/match/weights.h anew");
  CLI::App* fit_background =
      app.add_subcommand("fit-background", "writes the table of document frequencies anew");
  fit_background->add_option("FILE", flags.background_file, "the table to write")->required();
  fit_background->add_option("--frequencies", flags.frequencies,
                             "data folder of the Python package wordfreq");
  CLI::App* export_pairs = app.add_subcommand(
      "export-pairs", "writes the labelled pairs for other systems, an NDJSON file a set");
  export_pairs->add_option("DIR", flags.pairs_dir, "folder to write to, made if absent")
      ->required();
  CLI11_PARSE(app, argc, argv);
  if (report->parsed()) return RunReport(flags);
  if (fit_split->parsed()) return Print(FitSplitWeights(flags.data));
  if (fit_frame->parsed()) return RunFitFrame(flags);
  if (fit_match->parsed()) return RunFitMatch(flags);
  if (export_pairs->parsed()) return RunExportPairs(flags);
  return RunFitBackground(flags);
}

}  // namespace
}  // namespace samestory::quality

int main(int argc, char** argv) { return samestory::quality::Main(argc, argv); }
