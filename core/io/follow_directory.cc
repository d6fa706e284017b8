// A directory into which files are dropped.
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "io/follow.h"

namespace samestory::io {
namespace {

using Clock = std::chrono::steady_clock;

// The whole directory is looked through this often, where the system tells of closed files and
// where it does not.
constexpr auto kRareScan = std::chrono::seconds(5);
constexpr auto kOftenScan = std::chrono::seconds(1);

// A file that nobody said was closed is complete when it was not changed for so long: one that was
// there before us, or one that came without being written (a hard link).
constexpr auto kSettled = std::chrono::seconds(2);
constexpr auto kSettledUnnoticed = std::chrono::seconds(10);

/// What tells two contents of one name apart.
struct Version {
  std::uint64_t size = 0;
  std::int64_t mtime_ns = 0;
  friend bool operator==(const Version&, const Version&) = default;
};

bool IsLeftAlone(const std::string& name) {
  return name.starts_with('.') || name.ends_with(".tmp") || name.ends_with(".part");
}

std::int64_t NowSeconds() { return static_cast<std::int64_t>(::time(nullptr)); }

class Directory final : public FollowedInput {
 public:
  Directory(std::string path, const ReaderOptions& options, BadRecordHandler on_bad)
      : path_(std::move(path)), options_(options), on_bad_(std::move(on_bad)) {
    inotify_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (inotify_ >= 0 && !Watch()) ::close(std::exchange(inotify_, -1));
  }
  ~Directory() override {
    if (inotify_ >= 0) ::close(inotify_);
  }

  void Remember(const std::string& line) {
    Version version;
    int name = 0;
    const std::string folder = path_ + "/";
    if (std::sscanf(line.c_str(), "entry %" SCNu64 " %" SCNd64 " %n", &version.size,
                    &version.mtime_ns, &name) != 2) {
      return;
    }
    const std::string file = line.substr(static_cast<std::size_t>(name));
    if (file.starts_with(folder)) taken_[file.substr(folder.size())] = version;
  }

  absl::StatusOr<std::size_t> Take(std::vector<InputRecord>& out, std::size_t max) override {
    HearClosed();
    Scan();
    std::size_t count = 0;
    while (count < max && (reader_ != nullptr || OpenNext())) count += TakeFrom(out, max - count);
    return count;
  }

  int fd() const override { return inotify_; }

  std::vector<std::string> Memory() const override {
    std::vector<std::string> lines;
    for (const auto& [name, version] : taken_) {
      // A name with a line end would be read again.
      if (name.find('\n') != name.npos || name == open_) continue;
      lines.push_back("entry " + std::to_string(version.size) + " " +
                      std::to_string(version.mtime_ns) + " " + path_ + "/" + name);
    }
    return lines;
  }

 private:
  /// A new version that nobody told of, and from when on it is complete if it does not change.
  struct Waiting {
    Version version;
    Clock::time_point complete;
  };

  /// Hears of the directory that stands at the path now, which may be another one than before.
  bool Watch() const {
    return ::inotify_add_watch(inotify_, path_.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO) >= 0;
  }

  std::optional<Version> VersionOf(const std::string& name) const {
    struct stat info {};
    if (::stat((path_ + "/" + name).c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
      return std::nullopt;
    }
    return Version{static_cast<std::uint64_t>(info.st_size),
                   std::int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec};
  }

  bool IsNew(const std::string& name, const Version& version) const {
    const auto known = taken_.find(name);
    return known == taken_.end() || known->second != version;
  }

  void Queue(const std::string& name) {
    if (!IsLeftAlone(name) && queued_.insert(name).second) queue_.push_back(name);
  }

  /// Files that were closed or renamed into place.
  void HearClosed() {
    if (inotify_ < 0) return;
    alignas(inotify_event) char buffer[16 << 10];
    for (;;) {
      const ssize_t got = ::read(inotify_, buffer, sizeof buffer);
      if (got <= 0) return;
      for (ssize_t at = 0; at < got;) {
        const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
        at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        if ((event->mask & IN_Q_OVERFLOW) != 0) next_scan_ = {};
        if ((event->mask & IN_ISDIR) == 0 && event->len > 0) Queue(event->name);
      }
    }
  }

  /// Files that nobody told of, in the order of their times, and those that are gone.
  void Scan() {
    const Clock::time_point now = Clock::now();
    if (now < next_scan_) return;
    const std::chrono::seconds settled = !scanned_ || inotify_ < 0 ? kSettled : kSettledUnnoticed;
    if (inotify_ >= 0) Watch();
    std::map<std::string, Version> there;
    std::map<std::string, Waiting> waiting;
    std::vector<std::pair<std::int64_t, std::string>> found;
    std::error_code error;
    for (std::filesystem::directory_iterator it(path_, error), end; !error && it != end;
         it.increment(error)) {
      const std::string name = it->path().filename();
      const std::optional<Version> version = VersionOf(name);
      if (!version || IsLeftAlone(name)) continue;
      const auto known = taken_.find(name);
      if (known != taken_.end()) there[name] = known->second;
      if (!IsNew(name, *version)) continue;
      const Waiting wait = WaitFor(name, *version, now + settled);
      const std::int64_t age = NowSeconds() - version->mtime_ns / 1'000'000'000;
      if (age >= settled.count() || now >= wait.complete) {
        found.emplace_back(version->mtime_ns, name);
      } else {
        waiting[name] = wait;
      }
    }
    ReportOnce(error);
    next_scan_ = now + kOftenScan;
    scanned_ = !error;  // what is there when it comes back was there before us
    if (error) return;
    taken_ = std::move(there);
    waiting_ = std::move(waiting);
    next_scan_ = now + (inotify_ >= 0 && waiting_.empty() ? kRareScan : kOftenScan);
    std::sort(found.begin(), found.end());
    for (const auto& [time, name] : found) Queue(name);
  }

  /// How long to wait for a new version, whose own time may lie in the future: until `complete`,
  /// if we did not see it before.
  Waiting WaitFor(const std::string& name, const Version& version,
                  Clock::time_point complete) const {
    const auto known = waiting_.find(name);
    if (known != waiting_.end() && known->second.version == version) return known->second;
    return {version, complete};
  }

  /// Says that the directory cannot be looked through, when that begins.
  void ReportOnce(const std::error_code& error) {
    const bool was_readable = std::exchange(readable_, !error);
    if (error && was_readable && on_bad_) {
      on_bad_({path_, 1, "the directory cannot be read: " + error.message()});
    }
  }

  bool OpenNext() {
    while (!queue_.empty()) {
      const std::string name = std::move(queue_.front());
      queue_.pop_front();
      queued_.erase(name);
      const std::optional<Version> version = VersionOf(name);
      if (!version || !IsNew(name, *version)) continue;
      taken_[name] = *version;
      auto reader = OpenReader(path_ + "/" + name, options_, on_bad_);
      if (!reader.ok()) {
        Report(name, reader.status());
        continue;
      }
      reader_ = *std::move(reader);
      open_ = name;
      return true;
    }
    return false;
  }

  std::size_t TakeFrom(std::vector<InputRecord>& out, std::size_t max) {
    std::vector<InputRecord> records;
    const absl::StatusOr<std::size_t> count = reader_->NextBatch(records, max);
    if (!count.ok()) Report(open_, count.status());
    if (!count.ok() || *count == 0) {
      reader_.reset();
      open_.clear();
      return 0;
    }
    for (InputRecord& record : records) out.push_back(std::move(record));
    return *count;
  }

  void Report(const std::string& name, const absl::Status& status) const {
    const std::string file = path_ + "/" + name;
    std::string reason(status.message());
    if (reason.starts_with(file + ": ")) reason = reason.substr(file.size() + 2);
    if (on_bad_) on_bad_({file, 1, reason});
  }

  std::string path_;
  ReaderOptions options_;
  BadRecordHandler on_bad_;
  int inotify_ = -1;
  bool scanned_ = false, readable_ = true;
  Clock::time_point next_scan_ = {};
  std::map<std::string, Version> taken_;
  std::map<std::string, Waiting> waiting_;
  std::deque<std::string> queue_;
  std::set<std::string> queued_;  // the names in queue_
  std::unique_ptr<RecordReader> reader_;
  std::string open_;  // its file
};

}  // namespace

absl::StatusOr<std::unique_ptr<FollowedInput>> FollowDirectory(
    const std::string& path, const ReaderOptions& options, const std::vector<std::string>& memory,
    BadRecordHandler on_bad) {
  if (::access(path.c_str(), R_OK | X_OK) != 0) {
    return absl::ErrnoToStatus(errno, path + ": cannot be read");
  }
  auto directory = std::make_unique<Directory>(path, options, std::move(on_bad));
  for (const std::string& line : memory) directory->Remember(line);
  return directory;
}

}  // namespace samestory::io
