#include "cli/bench_run.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "cli/bench_limits.h"
#include "cli/bench_program.h"
#include "cli/bench_stages.h"
#include "cli/exact_truth.h"
#include "cli/inputs.h"
#include "engine/shingle_record.h"
#include "io/reader.h"
#include "io/writer.h"
#include "samestory/engine.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kBatch = 8192;

// The whole input. Held in one piece: every stage runs over it by itself.
struct Input {
  std::vector<std::vector<io::InputRecord>> batches;
  std::vector<io::InputRecord> inputs;
  std::vector<std::string> ids;
  std::vector<Record> views;
  std::uint64_t bad = 0;  // records that were skipped
};

// Bad records were told of by the program's own run.
absl::Status Read(const CommonFlags& flags, Input& input, double& seconds) {
  auto reader =
      io::OpenReader(flags.files[0], flags.reader, [&](const io::BadRecord& bad) { input.bad += bad.lost; });
  if (!reader.ok()) return reader.status();
  std::vector<io::InputRecord> batch;
  while (true) {
    absl::StatusOr<std::size_t> count = std::size_t{0};
    Time(seconds, [&] { count = (*reader)->NextBatch(batch, kBatch); });
    if (!count.ok()) return count.status();
    if (*count == 0) break;
    for (std::size_t i = 0; i < *count; ++i) input.inputs.push_back(std::move(batch[i]));
    batch.clear();
  }
  for (const io::InputRecord& record : input.inputs) input.ids.push_back(IdToken(record));
  for (std::size_t i = 0; i < input.inputs.size(); ++i) {
    Record& record = input.views.emplace_back(input.inputs[i].record);
    record.id = input.ids[i];
    record.id_is_made = input.inputs[i].id_is_made;
  }
  return absl::OkStatus();
}

// What `cluster` writes, to nowhere.
absl::Status Write(const Input& input, const std::vector<ClusterRow>& rows, double& seconds) {
  auto out = io::OutputFile::Open("/dev/null");
  if (!out.ok()) return out.status();
  absl::Status status;
  Time(seconds, [&] {
    std::string line;
    for (std::size_t i = 0; status.ok() && i < rows.size(); ++i) {
      line.clear();
      io::JsonWriter json(line);
      json.BeginObject().Key("id").Raw(input.ids[i]).Key("story").String(StoryName(rows[i].story));
      json.Key("relation").String(RelationName(rows[i].relation));
      json.Key("of").Raw(rows[i].of ? input.ids[*rows[i].of] : "null");
      json.Key("similarity").Number(rows[i].similarity).Key("size").Uint(rows[i].size);
      json.EndObject();
      line += '\n';
      status = (*out)->Write(line);
    }
  });
  return status.ok() ? (*out)->Close() : status;
}

class Bench {
 public:
  Bench(const BenchFlags& flags, BenchReport& report) : flags_(flags), report_(report) {}

  absl::Status Measure();

 private:
  absl::Status RunPrograms();
  absl::Status RunEmptyProgram();
  absl::Status RunStages();
  absl::StatusOr<StageTimes> MeasureStages();
  void FillStages(const StageTimes& times, const InputLimits& limits, const MemoryLimits& memory);
  void FillLimits(const InputLimits& limits, const MemoryLimits& memory);
  std::vector<std::string> ClusterArguments(const std::string& file) const;

  const Options& options() const { return flags_.common.options; }
  const std::string& file() const { return flags_.common.files[0]; }

  const BenchFlags& flags_;
  BenchReport& report_;
  Input input_;
  ShingleSets sets_;
  std::vector<ClusterRow> rows_;
  double read_ = 0, write_ = 0;
};

std::vector<std::string> Bench::ClusterArguments(const std::string& file) const {
  std::vector<std::string> arguments = {"cluster", "--quiet"};
  arguments.insert(arguments.end(), flags_.arguments.begin(), flags_.arguments.end());
  arguments.push_back("--threads=" + std::to_string(options().threads));
  arguments.push_back(file);
  return arguments;
}

// Before anything is held here: a child's peak is at least what this process held as it began.
absl::Status Bench::RunPrograms() {
  for (int i = 0; i < flags_.repeats; ++i) {
    const absl::StatusOr<ProgramRun> run = RunThisProgram(ClusterArguments(file()), i == 0);
    if (!run.ok()) return run.status();
    if (i == 0 || run->cpu < report_.run.cpu) report_.run = *run;
  }
  return RunEmptyProgram();
}

absl::Status Bench::RunEmptyProgram() {
  const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                     ("samestory-bench-" + std::to_string(getpid()) + ".ndjson");
  std::ofstream(path) << "{\"id\":1,\"title\":\"One\"}\n{\"id\":2,\"title\":\"Another\"}\n";
  const absl::StatusOr<ProgramRun> run = RunThisProgram(ClusterArguments(path.string()), false);
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  if (!run.ok()) return run.status();
  report_.empty_bytes = run->peak_bytes;
  return absl::OkStatus();
}

absl::Status Bench::RunStages() {
  if (absl::Status s = Read(flags_.common, input_, read_); !s.ok()) return s;
  report_.bad = input_.bad;
  report_.records = input_.views.size();
  if (report_.records == 0) return absl::InvalidArgumentError(file() + " holds no records");
  for (const io::InputRecord& record : input_.inputs) report_.bytes += record.raw.size() + 1;
  EngineStats stats;
  auto rows = Cluster(input_.views, options(), {}, &stats);
  if (!rows.ok()) return rows.status();
  rows_ = *std::move(rows);
  report_.engine_bytes = stats.memory_bytes;
  report_.stories = stats.stories;
  report_.candidates = stats.candidates;
  if (absl::Status s = Write(input_, rows_, write_); !s.ok()) return s;
  const auto limits = MeasureInputLimits(file(), input_.inputs);
  if (!limits.ok()) return limits.status();
  const auto memory = MeasureMemoryLimits();
  if (!memory.ok()) return memory.status();
  const auto times = MeasureStages();
  if (!times.ok()) return times.status();
  FillStages(*times, *limits, *memory);
  FillLimits(*limits, *memory);
  return absl::OkStatus();
}

absl::StatusOr<StageTimes> Bench::MeasureStages() {
  const bool banding = options().bands > 0 || options().num_perm > 0;
  if (options().match == Match::kJudge) return MeasureJudgeStages(input_.views, options());
  if (banding) return MeasureBandingStages(input_.views, options(), sets_);
  return MeasureJoinStages(input_.views, options(), sets_);
}

void Bench::FillStages(const StageTimes& times, const InputLimits& limits,
                       const MemoryLimits& memory) {
  report_.keys = times.num_keys;
  report_.lines = times.lines;
  const double line = 1e-9 * memory.random_line, byte = 1e-9 * memory.sequential_byte;
  const double compared = static_cast<double>(times.candidates);
  std::vector<BenchStage>& stages = report_.stages;
  stages.push_back({"read and parse", read_, limits.read + limits.parse, "file read, simdjson"});
  stages.push_back({times.text_name, times.text, limits.hash, "XXH3 of the text"});
  if (!times.keys_name.empty()) {
    stages.push_back({times.keys_name, times.keys, byte * static_cast<double>(times.shingle_bytes),
                      "sequential read of the shingles"});
  }
  stages.push_back({times.index_name, times.index, line * static_cast<double>(times.num_keys),
                    "a random cache line a key"});
  stages.push_back({"verify", times.verify, line * compared, "a random cache line a candidate"});
  stages.push_back({"write", write_, byte * static_cast<double>(report_.bytes),
                    "sequential read of as many bytes as came in"});
  double known = 0;
  for (const BenchStage& stage : stages) known += stage.seconds;
  stages.insert(stages.end() - 1,
                {"decide and all else", std::max(0.0, report_.run.cpu - known),
                 line * static_cast<double>(report_.records), "a random cache line a record"});
}

void Bench::FillLimits(const InputLimits& limits, const MemoryLimits& memory) {
  std::error_code error;
  const auto file_bytes = std::filesystem::file_size(file(), error);
  report_.file_bytes = error ? report_.bytes : file_bytes;
  const auto gigabytes = [](double bytes, double seconds) { return 1e-9 * bytes / seconds; };
  double text = 0;
  for (const Record& r : input_.views) {
    text += static_cast<double>(r.title.size() + r.summary.size() + r.text.size());
  }
  report_.limits = {
      {"file read", gigabytes(static_cast<double>(report_.file_bytes), limits.read), "GB/s"},
      {"simdjson parse", gigabytes(static_cast<double>(report_.bytes), limits.parse), "GB/s"},
      {"XXH3 of every text", gigabytes(text, limits.hash), "GB/s"},
      {"sequential read of memory", 1 / memory.sequential_byte, "GB/s"},
      {"random reads with prefetch", 1e3 / memory.random_line, "million/s"}};
}

absl::Status Bench::Measure() {
  if (absl::Status status = RunPrograms(); !status.ok()) return status;
  if (absl::Status status = RunStages(); !status.ok()) return status;
  if (flags_.sample == 0) return absl::OkStatus();
  if (sets_.size() == 0) {
    ShingleSet set;
    for (const Record& record : input_.views) {
      ShingleRecord(record, options(), set);
      sets_.Add(set);
    }
  }
  const std::vector<std::uint32_t> sample = EvenSample(report_.records, flags_.sample);
  report_.sample = sample.size();
  report_.agreement = CompareWithExact(sets_, rows_, sample, options().threshold);
  return absl::OkStatus();
}

}  // namespace

absl::Status MeasureBench(const BenchFlags& flags, BenchReport& report) {
  return Bench(flags, report).Measure();
}

}  // namespace samestory::cli
