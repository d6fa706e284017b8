// The run from end to end, stage by stage, with its quality beside its speed: NDJSON in, stories out.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "absl/strings/str_format.h"
#include "corpus/generator.h"
#include "corpus/truth.h"
#include "engine/prepare.h"
#include "io/reader.h"
#include "io/writer.h"
#include "samestory/samestory.h"

namespace samestory::bench {
namespace {

struct Flags {
  std::string data = SAMESTORY_DATA_DIR, file, json;
  std::string kind = "headlines", match = "jaccard";
  std::size_t n = 1'000'000, truth = 20'000;
  std::uint64_t seed = 1;
  int threads = 1, repeats = 3;
};

double Seconds(std::chrono::steady_clock::duration d) {
  return std::chrono::duration<double>(d).count();
}

// Least time of `repeats` runs: what the machine can do when nothing else disturbs it.
template <typename Work>
double Time(int repeats, Work work) {
  double best = 1e300;
  for (int i = 0; i < repeats; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, Seconds(std::chrono::steady_clock::now() - start));
  }
  return best;
}


std::string MachineName() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

struct Input {
  std::vector<std::vector<io::InputRecord>> batches;
  std::vector<Record> records;
  std::size_t bytes = 0;
};

absl::Status Read(const std::string& path, Input& input) {
  auto reader = io::OpenReader(path, {}, {});
  if (!reader.ok()) return reader.status();
  while (true) {
    auto& batch = input.batches.emplace_back();
    const auto count = (*reader)->NextBatch(batch, 8192);
    if (!count.ok()) return count.status();
    if (*count == 0) break;
    for (const io::InputRecord& record : batch) {
      input.records.push_back(record.record);
      input.bytes += record.raw.size() + 1;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> MakeFile(const Flags& flags) {
  if (!flags.file.empty()) return flags.file;
  const std::map<std::string, CorpusKind> kinds = {{"headlines", CorpusKind::kHeadlines},
                                                   {"snippets", CorpusKind::kSnippets},
                                                   {"articles", CorpusKind::kArticles}};
  auto base = LoadBase(flags.data, kinds.at(flags.kind));
  if (!base.ok()) return base.status();
  CorpusGenerator generator(*std::move(base), kinds.at(flags.kind), flags.seed);
  const std::string path = std::filesystem::temp_directory_path() /
                           ("samestory-corpus-" + std::to_string(getpid()) + ".ndjson");
  auto out = io::OutputFile::Open(path);
  if (!out.ok()) return out.status();
  std::string line;
  for (std::size_t i = 1; i <= flags.n; ++i) {
    line.clear();
    io::JsonWriter(line).BeginObject().Key("id").Uint(i).Key(
        flags.kind == "headlines" ? "title" : "text").String(generator.Next()).EndObject();
    line += '\n';
    if (absl::Status status = (*out)->Write(line); !status.ok()) return status;
  }
  if (absl::Status status = (*out)->Close(); !status.ok()) return status;
  return path;
}

struct Stage {
  std::string name;
  double seconds;
};

struct Report {
  std::size_t records = 0, bytes = 0, engine_bytes = 0, stories = 0;
  double end_to_end = 0, candidates = 0;
  std::vector<Stage> stages;
  Agreement agreement;
};

double TimePrepare(const Flags& flags, const Options& options, const std::vector<Record>& records) {
  const Learned learned;
  auto preparer = Preparer::Create(options, learned, nullptr);
  Prepared prepared;
  return Time(flags.repeats, [&] {
    for (const Record& record : records) preparer->Prepare(record, prepared);
  });
}

absl::StatusOr<Report> Measure(const Flags& flags, const Options& options,
                               const std::string& path) {
  Report report;
  Input input;
  double read = 1e300;
  for (int i = 0; i < flags.repeats; ++i) {
    input = {};
    const auto start = std::chrono::steady_clock::now();
    if (absl::Status status = Read(path, input); !status.ok()) return status;
    read = std::min(read, Seconds(std::chrono::steady_clock::now() - start));
  }
  report.records = input.records.size();
  report.bytes = input.bytes;
  const double prepare = TimePrepare(flags, options, input.records);
  EngineStats stats;
  std::vector<ClusterRow> rows;
  const double cluster = Time(flags.repeats, [&] {
    rows = {};
    auto got = Cluster(input.records, options, {}, &stats);
    if (got.ok()) rows = *std::move(got);
  });
  report.stages = {{"read and parse", read},
                   {"prepare (text, shingles, signature)", prepare},
                   {"index, verify, stories", std::max(0.0, cluster - prepare)}};
  report.end_to_end = read + cluster;
  report.engine_bytes = stats.memory_bytes;
  report.stories = stats.stories;
  report.candidates =
      static_cast<double>(stats.candidates) / static_cast<double>(std::max<std::size_t>(1, report.records));
  const std::size_t sample = std::min(flags.truth, input.records.size());
  const std::span<const Record> head = std::span(input.records).first(sample);
  // Exact truth is taken in input order, so that is made the order of decision.
  std::vector<Record> ordered(head.begin(), head.end());
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    ordered[i].published = static_cast<std::int64_t>(1'700'000'000 + i);
  }
  Options exact = options;
  exact.match = Match::kJaccard;
  auto truth_rows = Cluster(ordered, exact);
  if (!truth_rows.ok()) return truth_rows.status();
  report.agreement = CompareWithExact(ordered, *truth_rows, exact);
  return report;
}

void Print(const Flags& flags, const Report& r) {
  const double n = static_cast<double>(r.records);
  std::printf("machine   %s, %ld cores; %s\n", MachineName().c_str(), sysconf(_SC_NPROCESSORS_ONLN),
              std::string(MinHasher::Target()).c_str());
  std::printf("corpus    %zu %s, %.1f bytes a line, seed %llu; --match %s, %d threads\n", r.records,
              flags.file.empty() ? flags.kind.c_str() : flags.file.c_str(),
              static_cast<double>(r.bytes) / n, static_cast<unsigned long long>(flags.seed),
              flags.match.c_str(), flags.threads);
  std::printf("\n%-38s %12s %12s\n", "stage", "ns a record", "share");
  for (const Stage& stage : r.stages) {
    std::printf("%-38s %12.0f %11.0f%%\n", stage.name.c_str(), 1e9 * stage.seconds / n,
                100 * stage.seconds / r.end_to_end);
  }
  std::printf("%-38s %12.0f\n\n", "end to end", 1e9 * r.end_to_end / n);
  std::printf("records/s            %.0f\n", n / r.end_to_end);
  std::printf("bytes/s              %.0f\n", static_cast<double>(r.bytes) / r.end_to_end);
  std::printf("engine bytes/record  %.1f\n", static_cast<double>(r.engine_bytes) / n);
  std::printf("candidates/record    %.2f\n", r.candidates);
  std::printf("stories              %zu\n", r.stories);
  std::printf("against exact Jaccard on the first %zu records: pairs %zu, in one story %.4f, "
              "duplicates found %.4f, links right %.4f\n",
              std::min(flags.truth, r.records), r.agreement.pairs, r.agreement.pair_recall(),
              r.agreement.flag_recall(), r.agreement.precision());
}

std::string Json(const Flags& flags, const Report& r) {
  const double n = static_cast<double>(r.records);
  std::string out;
  io::JsonWriter json(out);
  json.BeginObject().Key("machine").String(MachineName()).Key("kind").String(flags.kind);
  json.Key("match").String(flags.match).Key("threads").Int(flags.threads);
  json.Key("records").Uint(r.records).Key("records_per_second").Number(n / r.end_to_end, 0);
  json.Key("bytes_per_record").Number(static_cast<double>(r.engine_bytes) / n, 1);
  json.Key("candidates_per_record").Number(r.candidates, 3);
  json.Key("stages_ns").BeginObject();
  for (const Stage& stage : r.stages) json.Key(stage.name).Number(1e9 * stage.seconds / n, 1);
  json.EndObject().Key("pair_recall").Number(r.agreement.pair_recall(), 6);
  json.Key("flag_recall").Number(r.agreement.flag_recall(), 6);
  json.Key("precision").Number(r.agreement.precision(), 6).EndObject();
  return out + "\n";
}

int Run(const Flags& flags) {
  const absl::StatusOr<std::string> path = MakeFile(flags);
  if (!path.ok()) {
    std::fprintf(stderr, "bench_corpus: %s\n", std::string(path.status().message()).c_str());
    return 1;
  }
  Options options;
  options.match = flags.match == "judge" ? Match::kJudge : Match::kJaccard;
  options.threads = flags.threads;
  const absl::StatusOr<Report> report = Measure(flags, options, *path);
  if (flags.file.empty()) std::remove(path->c_str());
  if (!report.ok()) {
    std::fprintf(stderr, "bench_corpus: %s\n", std::string(report.status().message()).c_str());
    return 1;
  }
  Print(flags, *report);
  if (!flags.json.empty()) std::ofstream(flags.json) << Json(flags, *report);
  return 0;
}

}  // namespace
}  // namespace samestory::bench

int main(int argc, char** argv) {
  samestory::bench::Flags flags;
  CLI::App app("Times samestory from NDJSON to stories, and measures what it finds.");
  app.add_option("FILE", flags.file, "an NDJSON file; default: a corpus made from the news data");
  app.add_option("--data", flags.data, "folder of the news data");
  app.add_option("-n", flags.n, "records to make")->capture_default_str();
  app.add_option("--kind", flags.kind, "headlines, snippets or articles")
      ->check(CLI::IsMember({"headlines", "snippets", "articles"}))->capture_default_str();
  app.add_option("--match", flags.match, "judge or jaccard")
      ->check(CLI::IsMember({"judge", "jaccard"}))->capture_default_str();
  app.add_option("--seed", flags.seed)->capture_default_str();
  app.add_option("--threads", flags.threads)->capture_default_str();
  app.add_option("--repeats", flags.repeats, "runs of each stage; the fastest counts")
      ->capture_default_str();
  app.add_option("--truth", flags.truth, "records compared pair by pair")->capture_default_str();
  app.add_option("--json", flags.json, "write the figures to this file too");
  CLI11_PARSE(app, argc, argv);
  return samestory::bench::Run(flags);
}
