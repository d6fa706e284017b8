#include "cli/bench_report.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "io/writer.h"

namespace samestory::cli {
namespace {

double Each(double sum, const BenchReport& r) {
  return sum / static_cast<double>(std::max<std::size_t>(1, r.records));
}

double ProcessBytes(const BenchReport& r) {
  return r.run.peak_bytes > r.empty_bytes ? static_cast<double>(r.run.peak_bytes - r.empty_bytes)
                                          : 0;
}

double Rate(double amount, double seconds) { return amount / std::max(seconds, 1e-9); }

std::string StageTable(const BenchReport& r) {
  std::string out = absl::StrFormat("%-38s %10s %7s %9s  %s\n", "stage, CPU of one thread",
                                    "ns a record", "share", "x limit", "the limit");
  for (const BenchStage& stage : r.stages) {
    absl::StrAppendFormat(&out, "%-38s %10.0f %6.0f%%", stage.name, 1e9 * Each(stage.seconds, r),
                          100 * stage.seconds / r.run.cpu);
    if (stage.limit_seconds > 0) {
      absl::StrAppendFormat(&out, " %9.1f  %.1f ns: %s", stage.seconds / stage.limit_seconds,
                            1e9 * Each(stage.limit_seconds, r), stage.limit);
    }
    out += '\n';
  }
  absl::StrAppendFormat(&out, "%-38s %10.0f\n", "whole program, CPU", 1e9 * Each(r.run.cpu, r));
  return out;
}

void AddRow(std::string& out, const char* name, const std::string& value) {
  absl::StrAppendFormat(&out, "%-26s %s\n", name, value);
}

std::string Accuracy(const BenchReport& r) {
  const Agreement& a = r.agreement;
  return absl::StrFormat(
      "recall                     %.4f (%d of %d records with a neighbour are with one)\n"
      "recall of pairs            %.4f (%d of %d)\n"
      "precision                  %.4f (%d of %d links are to a record at the threshold)\n"
      "                           of %d records, each against all others by exact Jaccard >= %g\n",
      a.recall(), a.found, a.duplicates, a.pair_recall(), a.pairs_together, a.pairs, a.precision(),
      a.right_links, a.links, r.sample, r.threshold);
}

}  // namespace

std::string BenchText(const BenchReport& r) {
  const double n = static_cast<double>(r.records);
  std::string out;
  AddRow(out, "samestory",
         absl::StrFormat("%s, %s kernels, --match %s, %d thread(s)", r.version, r.target, r.match,
                         r.threads));
  AddRow(out, "machine", r.machine);
  AddRow(out, "input",
         absl::StrFormat("%s: %d records of %.1f bytes", r.file, r.records,
                         Each(static_cast<double>(r.bytes), r)));
  out += '\n';
  AddRow(out, "records/s",
         absl::StrFormat("%.0f (%.0f by CPU time)", Rate(n, r.run.wall), Rate(n, r.run.cpu)));
  AddRow(out, "bytes/s", absl::StrFormat("%.0f", Rate(static_cast<double>(r.bytes), r.run.wall)));
  AddRow(out, "memory a record",
         absl::StrFormat("%.0f bytes above the program on two records; %.0f in the engine",
                         Each(ProcessBytes(r), r), Each(static_cast<double>(r.engine_bytes), r)));
  AddRow(out, "candidates a record",
         absl::StrFormat("%.3f", Each(static_cast<double>(r.candidates), r)));
  AddRow(out, "index keys a record", absl::StrFormat("%.1f", Each(static_cast<double>(r.keys), r)));
  AddRow(out, "cache lines a record",
         absl::StrFormat("%.1f", Each(static_cast<double>(r.lines), r)));
  AddRow(out, "stories", absl::StrFormat("%d", r.stories));
  if (r.sample > 0) out += Accuracy(r);
  out += '\n' + StageTable(r) + '\n';
  for (const BenchLimit& limit : r.limits) {
    absl::StrAppendFormat(&out, "%-38s %10.2f %s\n", limit.name, limit.value, limit.unit);
  }
  return out;
}

std::string BenchJson(const BenchReport& r) {
  const double n = static_cast<double>(r.records);
  std::string out;
  io::JsonWriter json(out);
  json.BeginObject().Key("version").String(r.version).Key("machine").String(r.machine);
  json.Key("target").String(r.target).Key("file").String(r.file).Key("match").String(r.match);
  json.Key("threshold").Number(r.threshold, 6).Key("threads").Int(r.threads);
  json.Key("records").Uint(r.records).Key("bytes").Uint(r.bytes);
  json.Key("wall_seconds").Number(r.run.wall, 6).Key("cpu_seconds").Number(r.run.cpu, 6);
  json.Key("records_per_second").Number(Rate(n, r.run.wall), 1);
  json.Key("records_per_cpu_second").Number(Rate(n, r.run.cpu), 1);
  json.Key("bytes_per_second").Number(Rate(static_cast<double>(r.bytes), r.run.wall), 1);
  json.Key("peak_bytes").Uint(r.run.peak_bytes).Key("empty_bytes").Uint(r.empty_bytes);
  json.Key("bytes_per_record").Number(Each(ProcessBytes(r), r), 2);
  json.Key("engine_bytes_per_record").Number(Each(static_cast<double>(r.engine_bytes), r), 2);
  json.Key("candidates_per_record").Number(Each(static_cast<double>(r.candidates), r), 4);
  json.Key("keys_per_record").Number(Each(static_cast<double>(r.keys), r), 3);
  json.Key("cache_lines_per_record").Number(Each(static_cast<double>(r.lines), r), 3);
  json.Key("stories").Uint(r.stories);
  json.Key("stages").BeginArray();
  for (const BenchStage& stage : r.stages) {
    json.BeginObject().Key("stage").String(stage.name);
    json.Key("ns_per_record").Number(1e9 * Each(stage.seconds, r), 2);
    if (stage.limit_seconds > 0) {
      json.Key("limit").String(stage.limit);
      json.Key("limit_ns_per_record").Number(1e9 * Each(stage.limit_seconds, r), 3);
      json.Key("times_limit").Number(stage.seconds / stage.limit_seconds, 3);
    }
    json.EndObject();
  }
  json.EndArray().Key("limits").BeginObject();
  for (const BenchLimit& limit : r.limits) {
    json.Key(limit.name).BeginObject().Key("value").Number(limit.value, 4);
    json.Key("unit").String(limit.unit).EndObject();
  }
  json.EndObject();
  if (r.sample > 0) {
    const Agreement& a = r.agreement;
    json.Key("exact").BeginObject().Key("sample").Uint(r.sample);
    json.Key("neighbours").Uint(a.pairs).Key("with_neighbour").Uint(a.duplicates);
    json.Key("recall").Number(a.recall(), 6).Key("pair_recall").Number(a.pair_recall(), 6);
    json.Key("precision").Number(a.precision(), 6).Key("links").Uint(a.links).EndObject();
  }
  json.EndObject();
  return out + "\n";
}

}  // namespace samestory::cli
