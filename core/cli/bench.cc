#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "cli/bench_report.h"
#include "cli/bench_run.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/exit_status.h"
#include "cli/flags.h"
#include "io/writer.h"
#include "samestory/minhash.h"

namespace samestory::cli {
namespace {

std::string MachineName() {
  std::ifstream info("/proc/cpuinfo");
  std::string name = "unknown processor";
  for (std::string line; std::getline(info, line);) {
    if (!line.starts_with("model name")) continue;
    name = line.substr(std::min(line.size(), line.find(':') + 2));
    break;
  }
  return name + ", " + std::to_string(sysconf(_SC_NPROCESSORS_ONLN)) + " core(s)";
}

absl::Status WriteFile(const std::string& path, const std::string& text) {
  auto out = io::OutputFile::Open(path);
  if (!out.ok()) return out.status();
  absl::Status status = (*out)->Write(text);
  return status.ok() ? (*out)->Close() : status;
}

int RunBench(const BenchFlags& flags) {
  Console console(flags.common.quiet, flags.common.strict);
  const Options& options = flags.common.options;
  const std::vector<std::string>& files = flags.common.files;
  BenchReport report;
  absl::Status status = Validate(options);
  if (status.ok() && (files.size() != 1 || files[0] == "-")) {
    status = absl::InvalidArgumentError("bench takes one file, which it reads several times");
  }
  if (!status.ok()) {
    console.Error(std::string(status.message()));
    return kWrongUsage;
  }
  report.version = SAMESTORY_VERSION;
  report.machine = MachineName();
  report.target = std::string(MinHasher::Target());
  report.file = files[0];
  report.match = options.match == Match::kJaccard ? "jaccard" : "judge";
  report.threshold = options.threshold;
  report.threads = options.threads;
  status = MeasureBench(flags, report);
  if (!status.ok()) {
    console.Error(std::string(status.message()));
    return kFailed;
  }
  const std::string out = flags.json ? BenchJson(report) : BenchText(report);
  if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0) {
    console.Error("cannot write to standard output");
    return kFailed;
  }
  if (!flags.json_file.empty()) {
    status = WriteFile(flags.json_file, BenchJson(report));
    if (!status.ok()) {
      console.Error(std::string(status.message()));
      return kFailed;
    }
  }
  return report.bad > 0 ? kSkippedBad : kDone;
}

// The options given that `cluster` knows too, to be handed on.
std::vector<std::string> GivenArguments(const CLI::App& app) {
  std::vector<std::string> arguments;
  for (const CLI::Option* option : app.get_options()) {
    const std::string name = option->get_name();
    const bool own =
        name == "--sample" || name == "--repeats" || name == "--format" || name == "--json";
    if (own || option->get_positional() || name == "--threads" || option->count() == 0) continue;
    for (const std::string& value : option->results()) arguments.push_back(name + "=" + value);
  }
  return arguments;
}

}  // namespace

void AddBench(CLI::App& program, Run& run) {
  auto flags = std::make_shared<BenchFlags>();
  auto format = std::make_shared<std::string>("text");
  CLI::App* app = program.add_subcommand(
      "bench", "speed, memory, recall and precision of `cluster` on your own file");
  app->footer(
      "\nExample: samestory bench --match jaccard headlines.ndjson\n"
      "Runs `cluster` as you would, then each of its stages by itself beside what the\n"
      "machine can do at most, and takes the exact neighbours of a sample of the records\n"
      "among all of them for the truth. Holds the whole input in memory.");
  AddInputFlags(*app, flags->common);
  AddEngineFlags(*app, flags->common);
  app->add_option("--sample", flags->sample,
                  "records whose exact neighbours are looked for; 0: no truth")
      ->capture_default_str();
  app->add_option("--repeats", flags->repeats, "runs of the whole program; the fastest counts")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  app->add_option("--format", *format, "results to be read, or for programs")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("text|json")
      ->capture_default_str();
  app->add_option("--json", flags->json_file, "write the results as JSON to this file too")
      ->type_name("FILE");
  app->callback([app, flags, format, &run] {
    flags->arguments = GivenArguments(*app);
    flags->json = *format == "json";
    run = [flags] { return RunBench(*flags); };
  });
}

}  // namespace samestory::cli
