#ifndef SAMESTORY_TESTS_CRASH_PROCESS_H_
#define SAMESTORY_TESTS_CRASH_PROCESS_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace samestory::crash {

/// How a process of the program ended.
struct Ended {
  int status = -1;      ///< exit status; -1 where a signal ended it
  int signal = 0;       ///< that ended it
  std::string message;  ///< its standard error
};

/// A running program. Its standard error goes to a file beside `output`.
class Process {
 public:
  /// What is given to a new process.
  struct Setup {
    std::string input = "/dev/null";   ///< file for standard input; empty: a pipe, see Feed
    std::string output = "/dev/null";  ///< file for standard output
    std::uint64_t max_file_bytes = 0;  ///< RLIMIT_FSIZE; 0: none
  };

  /// Runs the samestory program with `arguments`.
  Process(const std::vector<std::string>& arguments, const Setup& setup);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  /// Kills it where it still runs.
  ~Process();

  void Feed(const std::string& bytes);  ///< to its standard input
  void EndInput();
  void Signal(int number);
  /// Waits for its end, a minute for which nothing moves at most.
  Ended Wait();
  bool Running();
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
  int input_ = -1;
  bool ended_ = false;
  int raw_status_ = 0;
  std::string error_path_;
};

/// Runs to the end.
Ended RunProgram(const std::vector<std::string>& arguments, const Process::Setup& setup = {});

/// A fresh folder that goes with the object.
class Folder {
 public:
  Folder();
  ~Folder();
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, const std::string& bytes);

/// `short_value`, or `long_value` where SAMESTORY_CRASH_LONG is set.
int Rounds(int short_value, int long_value);

}  // namespace samestory::crash

#endif  // SAMESTORY_TESTS_CRASH_PROCESS_H_
