#include "cli/console.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "absl/strings/str_format.h"
#include "cli/exit_status.h"

namespace samestory::cli {
namespace {

constexpr std::uint64_t kMostReported = 100;
constexpr auto kDrawEvery = std::chrono::milliseconds(100);
constexpr auto kQuickRun = std::chrono::seconds(1);
constexpr int kBarWidth = 30;

void Print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

std::string Rate(double per_second) {
  if (per_second >= 1e6) return absl::StrFormat("%.2fM", per_second / 1e6);
  if (per_second >= 1e4) return absl::StrFormat("%.0fk", per_second / 1e3);
  return absl::StrFormat("%.0f", per_second);
}

}  // namespace

std::uint64_t PeakMemoryBytes() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;  // Linux counts KiB
}

Console::Console(bool quiet, bool strict)
    : quiet_(quiet),
      strict_(strict),
      terminal_(isatty(STDERR_FILENO) != 0),
      start_(Clock::now()),
      last_draw_(start_) {}

void Console::BadRecord(const io::BadRecord& bad) {
  if (MustStop()) return;  // of those behind it nothing is said
  if (!bad.lost) {
    if (++warned_ <= kMostReported && !quiet_) {
      Warning(absl::StrFormat("%s:%d: %s", bad.file, bad.line, bad.reason));
    }
    return;
  }
  ++bad_;
  if (bad_ > kMostReported) return;
  EndProgress();
  Print(absl::StrFormat("samestory: %s:%d: %s\n", bad.file, bad.line, bad.reason));
  if (bad_ == kMostReported) Print("samestory: further bad records are only counted\n");
}

void Console::Progress(std::string_view what, std::uint64_t done, std::uint64_t total) {
  if (quiet_ || !terminal_) return;
  const Clock::time_point now = Clock::now();
  // Short runs need no bar.
  if (now - start_ < kQuickRun || now - last_draw_ < kDrawEvery) return;
  last_draw_ = now;
  const std::string label(what);
  if (total == 0) {
    Print(absl::StrFormat("\r%s %d\x1b[K", label, done));
  } else {
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    const int filled = static_cast<int>(share * kBarWidth);
    Print(absl::StrFormat("\r%s [%s%s] %3.0f%%\x1b[K", label, std::string(filled, '#'),
                          std::string(kBarWidth - filled, ' '), 100 * share));
  }
  bar_drawn_ = true;
}

void Console::EndProgress() {
  if (bar_drawn_) Print("\r\x1b[K");
  bar_drawn_ = false;
}

void Console::Error(std::string_view message) {
  EndProgress();
  Print(absl::StrFormat("samestory: error: %s\n", std::string(message)));
}

void Console::FailedFile(const absl::Status& status) {
  ++failed_files_;
  Error(std::string(status.message()));
}

int Console::ExitStatus() const {
  if (failed_files_ > 0) return kFailed;
  return bad_ > 0 ? kSkippedBad : kDone;
}

void Console::Metrics(std::string_view line) {
  EndProgress();
  Print(absl::StrFormat("samestory: %s\n", std::string(line)));
}

void Console::Warning(std::string_view message) {
  EndProgress();
  if (!quiet_) Print(absl::StrFormat("samestory: warning: %s\n", std::string(message)));
}

void Console::Summary(std::uint64_t records, const std::optional<EngineStats>& stats,
                      std::uint64_t dropped) {
  EndProgress();
  if (quiet_) return;
  if (records > 0 && empty_ == records) {
    Warning(
        "no record has a title, a summary or a text; --title-key, --summary-key and --text-key "
        "name other fields");
  }
  std::string line = absl::StrFormat("records %d, bad %d", records, bad());
  if (empty_ > 0) line += absl::StrFormat(", empty %d", empty_);
  if (repaired_ > 0) line += absl::StrFormat(", repaired %d", repaired_);
  if (stats) line += absl::StrFormat(", stories %d, dropped %d", stats->stories, dropped);
  const double seconds =
      std::max(1e-6, std::chrono::duration<double>(Clock::now() - start_).count());
  line += absl::StrFormat("; %s records/s; %.0f MiB\n", Rate(records / seconds),
                          PeakMemoryBytes() / 1048576.0);
  Print(line);
}

}  // namespace samestory::cli
