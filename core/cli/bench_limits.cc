#include "cli/bench_limits.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "base/hash.h"
#include "base/huge_memory.h"
#include "io/on_demand_pass.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20;
constexpr std::size_t kLine = 64;
constexpr std::size_t kAhead = 16;
constexpr std::size_t kRandomReads = std::size_t{4} << 20;

// Keeps the compiler from leaving out what computes `value`.
void Keep(std::uint64_t value) { asm volatile("" : : "r"(value)); }

absl::Status ReadThrough(const std::string& path, double& seconds) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::UnavailableError(absl::StrCat(path, ": ", std::strerror(errno)));
  std::vector<char> buffer(kReadBytes);
  ssize_t got = 0;
  Time(seconds, [&] {
    do {
      got = read(fd, buffer.data(), buffer.size());
    } while (got > 0 || (got < 0 && errno == EINTR));
  });
  const int error = errno;
  close(fd);
  if (got < 0) return absl::UnavailableError(absl::StrCat(path, ": ", std::strerror(error)));
  return absl::OkStatus();
}

// The records as NDJSON, whatever they were read from.
struct Lines {
  std::string bytes;
  std::size_t longest = 0;
};

Lines LinesOf(const std::vector<io::InputRecord>& records) {
  Lines lines;
  for (const io::InputRecord& record : records) {
    lines.bytes += record.raw;
    lines.bytes += '\n';
    lines.longest = std::max(lines.longest, record.raw.size() + 1);
  }
  return lines;
}

double SequentialByte(const std::uint64_t* words, std::size_t count) {
  double seconds = 0;
  std::uint64_t sum = 0;
  Time(seconds, [&] {
    for (std::size_t i = 0; i < count; ++i) sum += words[i];
  });
  Keep(sum);
  return 1e9 * seconds / static_cast<double>(count * sizeof(*words));
}

double RandomLine(const std::uint64_t* words, std::size_t count) {
  const std::size_t lines = count * sizeof(*words) / kLine, stride = kLine / sizeof(*words);
  const auto place = [&](std::size_t i) { return Mix64(i, 1) % lines * stride; };
  double seconds = 0;
  std::uint64_t sum = 0;
  Time(seconds, [&] {
    for (std::size_t i = 0; i < kRandomReads; ++i) {
      __builtin_prefetch(words + place(i + kAhead));
      sum += words[place(i)];
    }
  });
  Keep(sum);
  return 1e9 * seconds / static_cast<double>(kRandomReads);
}

}  // namespace

double ThreadSeconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

absl::StatusOr<InputLimits> MeasureInputLimits(const std::string& path,
                                               const std::vector<io::InputRecord>& records) {
  InputLimits limits;
  if (absl::Status status = ReadThrough(path, limits.read); !status.ok()) return status;
  const Lines lines = LinesOf(records);
  io::OnDemandPass pass(lines.bytes, lines.longest);
  pass.Run();  // the first pass pays for its memory
  std::uint64_t parsed = 0, hash = 0;
  Time(limits.parse, [&] { parsed = pass.Run(); });
  Keep(parsed);
  Time(limits.hash, [&] {
    for (const io::InputRecord& input : records) {
      const Record& record = input.record;
      for (const std::string_view field : {record.title, record.summary, record.text}) {
        if (!field.empty()) hash ^= Hash64(field, 1);
      }
    }
  });
  Keep(hash);
  return limits;
}

absl::StatusOr<MemoryLimits> MeasureMemoryLimits(std::size_t bytes) {
  void* memory = internal::AllocateHuge(bytes);
  if (memory == nullptr) {
    return absl::ResourceExhaustedError("no memory to measure the memory with");
  }
  std::memset(memory, 1, bytes);
  const auto* words = static_cast<const std::uint64_t*>(memory);
  const std::size_t count = bytes / sizeof(*words);
  const MemoryLimits limits = {SequentialByte(words, count), RandomLine(words, count)};
  internal::FreeHuge(memory, bytes);
  return limits;
}

}  // namespace samestory::cli
