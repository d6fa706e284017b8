#include "cli/bench_program.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "cli/exit_status.h"

namespace samestory::cli {
namespace {

constexpr char kThisProgram[] = "/proc/self/exe";

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

// In the child: what may be called between fork and exec, and nothing else.
[[noreturn]] void BecomeProgram(char* const* arguments, bool may_speak) {
  const int null = open("/dev/null", O_RDWR);
  const bool quiet = null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(null, STDOUT_FILENO) >= 0 &&
                     (may_speak || dup2(null, STDERR_FILENO) >= 0);
  if (quiet) execv(kThisProgram, arguments);
  _exit(kFailed);
}

}  // namespace

absl::StatusOr<ProgramRun> RunThisProgram(const std::vector<std::string>& arguments,
                                          bool may_speak) {
  std::string name = "samestory";
  std::vector<std::string> copies = arguments;  // exec wants them writable
  std::vector<char*> pointers = {name.data()};
  for (std::string& copy : copies) pointers.push_back(copy.data());
  pointers.push_back(nullptr);
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0) {
    return absl::UnavailableError(absl::StrCat("no process to be had: ", std::strerror(errno)));
  }
  if (child == 0) BecomeProgram(pointers.data(), may_speak);
  int status = 0;
  rusage usage;
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  ProgramRun run;
  run.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  run.cpu = Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
  run.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  const int exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (exit != kDone && exit != kSkippedBad) {
    return absl::UnknownError(absl::StrCat("the run of '", arguments.front(), "' failed"));
  }
  return run;
}

}  // namespace samestory::cli
