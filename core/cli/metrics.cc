#include "cli/metrics.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "io/writer.h"

namespace samestory::cli {
namespace {

constexpr double kMiB = 1048576;

std::uint64_t Sum(const std::uint64_t (&counts)[std::size(kRelations)]) {
  return std::accumulate(std::begin(counts), std::end(counts), std::uint64_t{0});
}

/// "300 (exact 200, copy 100)".
std::string ByRelation(const std::uint64_t (&counts)[std::size(kRelations)]) {
  std::string parts;
  for (const Relation relation : kRelations) {
    const std::uint64_t count = counts[static_cast<int>(relation)];
    if (count == 0) continue;
    absl::StrAppend(&parts, parts.empty() ? " (" : ", ", std::string(RelationName(relation)), " ",
                    count);
  }
  if (!parts.empty()) parts += ')';
  return absl::StrCat(Sum(counts), parts);
}

/// Metrics in the text format, each with what it means and its type.
class PrometheusWriter {
 public:
  void Family(const char* name, const char* type, const char* help) {
    name_ = name;
    absl::StrAppend(&text_, "# HELP ", name, " ", help, "\n# TYPE ", name, " ", type, "\n");
  }
  void Value(double value, const std::string& labels = "") {
    absl::StrAppend(&text_, name_, labels, " ");
    io::AppendNumber(text_, value, 6);
    text_ += '\n';
  }
  void Single(const char* name, const char* type, const char* help, double value) {
    Family(name, type, help);
    Value(value);
  }
  std::string Take() { return std::move(text_); }

 private:
  const char* name_ = "";
  std::string text_;
};

std::string Labels(const char* action, Relation relation) {
  return absl::StrCat("{action=\"", action, "\",relation=\"", std::string(RelationName(relation)),
                      "\"}");
}

}  // namespace

std::uint64_t RunCounts::records() const { return Sum(kept) + Sum(dropped); }
std::uint64_t RunCounts::dropped_in_all() const { return Sum(dropped); }

std::string MetricsLine(const RunCounts& counts, const RunGauges& gauges, std::uint64_t fresh,
                        double seconds) {
  std::string line = absl::StrFormat(
      "records %d (%.0f/s), kept %s, dropped %s, bad %d, stories %d, memory %.0f MiB",
      counts.records(), static_cast<double>(fresh) / std::max(seconds, 1e-3),
      ByRelation(counts.kept), ByRelation(counts.dropped), counts.bad, gauges.engine.stories,
      static_cast<double>(gauges.resident_bytes) / kMiB);
  if (gauges.state_bytes) {
    absl::StrAppendFormat(&line, ", state %.1f MiB",
                          static_cast<double>(*gauges.state_bytes) / kMiB);
  }
  if (counts.last_published) {
    absl::StrAppendFormat(&line, ", lag %d s", gauges.now - *counts.last_published);
  }
  return line;
}

std::string PrometheusText(const RunCounts& counts, const RunGauges& gauges) {
  PrometheusWriter out;
  out.Family("samestory_decisions_total", "counter", "Records decided, by action and relation.");
  for (const Relation relation : kRelations) {
    const int i = static_cast<int>(relation);
    out.Value(static_cast<double>(counts.kept[i]), Labels("keep", relation));
    out.Value(static_cast<double>(counts.dropped[i]), Labels("drop", relation));
  }
  out.Single("samestory_bad_records_total", "counter", "Records that could not be read.",
             static_cast<double>(counts.bad));
  out.Single("samestory_batches_total", "counter", "Batches decided.",
             static_cast<double>(counts.batches));
  out.Single("samestory_decide_seconds_total", "counter",
             "Time spent deciding and committing batches.", counts.decide_seconds);
  out.Single("samestory_candidates_total", "counter", "Pairs of items compared.",
             static_cast<double>(gauges.engine.candidates));
  out.Single("samestory_stories", "gauge", "Stories alive.",
             static_cast<double>(gauges.engine.stories));
  out.Single("samestory_engine_memory_bytes", "gauge", "Memory of the engine's structures.",
             static_cast<double>(gauges.engine.memory_bytes));
  out.Single("samestory_resident_memory_bytes", "gauge", "Memory of the process in use.",
             static_cast<double>(gauges.resident_bytes));
  if (gauges.state_bytes) {
    out.Single("samestory_state_bytes", "gauge", "Size of the files of the state.",
               static_cast<double>(*gauges.state_bytes));
  }
  if (counts.last_published) {
    out.Single("samestory_last_published_seconds", "gauge",
               "Time that the last dated record claims, Unix seconds.",
               static_cast<double>(*counts.last_published));
    out.Single("samestory_lag_seconds", "gauge",
               "Seconds between that time and when this file was written.",
               static_cast<double>(gauges.now - *counts.last_published));
  }
  out.Single("samestory_uptime_seconds", "gauge", "Seconds since the run began.",
             gauges.uptime_seconds);
  return out.Take();
}

absl::Status ReplaceFile(const std::string& path, const std::string& text) {
  const std::string draft = path + ".new";
  absl::StatusOr<std::unique_ptr<io::OutputFile>> file = io::OutputFile::Open(draft);
  if (!file.ok()) return file.status();
  if (absl::Status status = (*file)->Write(text); !status.ok()) return status;
  if (absl::Status status = (*file)->Close(); !status.ok()) return status;
  if (std::rename(draft.c_str(), path.c_str()) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, path + ": cannot be replaced");
}

std::uint64_t ResidentBytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  unsigned long long size = 0, resident = 0;
  const int found = std::fscanf(file, "%llu %llu", &size, &resident);
  std::fclose(file);
  return found == 2 ? resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) : 0;
}

std::uint64_t DirectoryBytes(const std::string& directory) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code gone;
    const std::uintmax_t size = it->is_regular_file(gone) ? it->file_size(gone) : 0;
    if (!gone) bytes += size;
  }
  return bytes;
}

Ticker::Ticker(std::chrono::milliseconds interval, std::function<void()> tick)
    : thread_([this, interval, tick = std::move(tick)] {
        std::unique_lock<std::mutex> lock(mutex_);
        while (!changed_.wait_for(lock, interval, [this] { return ended_; })) {
          lock.unlock();
          tick();
          lock.lock();
        }
      }) {}

Ticker::~Ticker() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

}  // namespace samestory::cli
