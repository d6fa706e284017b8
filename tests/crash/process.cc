#include "process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

namespace samestory::crash {
namespace {

constexpr auto kPatience = std::chrono::minutes(5);

void Redirect(const std::string& path, int flags, int fd) {
  const int opened = ::open(path.c_str(), flags, 0600);
  if (opened < 0) ::_exit(126);
  ::dup2(opened, fd);
}

[[noreturn]] void Become(const std::vector<std::string>& arguments, const Process::Setup& setup,
                         const std::string& error_path) {
  Redirect(setup.output, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
  Redirect(error_path, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
  if (setup.max_file_bytes > 0) {
    const rlimit limit = {setup.max_file_bytes, setup.max_file_bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  std::vector<char*> argv;
  const char* other = std::getenv("SAMESTORY_PROGRAM");
  std::string program = other == nullptr ? SAMESTORY_PROGRAM : other;
  argv.push_back(program.data());
  std::vector<std::string> copies = arguments;
  for (std::string& argument : copies) argv.push_back(argument.data());
  argv.push_back(nullptr);
  ::execv(program.c_str(), argv.data());
  ::_exit(127);
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, const Setup& setup) {
  static int number = 0;
  error_path_ = (std::filesystem::temp_directory_path() /
                 ("samestory-crash-" + std::to_string(::getpid()) + "-" + std::to_string(number++)))
                    .string();
  int ends[2] = {-1, -1};
  if (setup.input.empty() && ::pipe2(ends, O_CLOEXEC) != 0) std::abort();
  pid_ = ::fork();
  if (pid_ == 0) {
    // A shell that runs the tests in the background has it ignored.
    ::signal(SIGINT, SIG_DFL);
    if (setup.input.empty()) {
      ::dup2(ends[0], STDIN_FILENO);
    } else {
      Redirect(setup.input, O_RDONLY, STDIN_FILENO);
    }
    Become(arguments, setup, error_path_);
  }
  if (ends[0] >= 0) ::close(ends[0]);
  input_ = ends[1];
}

Process::~Process() {
  EndInput();
  if (!ended_) {
    Signal(SIGKILL);
    ::waitpid(pid_, &raw_status_, 0);
  }
  std::filesystem::remove(error_path_);
}

void Process::Feed(const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::write(input_, bytes.data() + done, bytes.size() - done);
    if (count <= 0) return;
    done += static_cast<std::size_t>(count);
  }
}

void Process::EndInput() {
  if (input_ >= 0) ::close(input_);
  input_ = -1;
}

void Process::Signal(int number) { ::kill(pid_, number); }

bool Process::Running() {
  if (!ended_) ended_ = ::waitpid(pid_, &raw_status_, WNOHANG) == pid_;
  return !ended_;
}

Ended Process::Wait() {
  const auto start = std::chrono::steady_clock::now();
  while (Running()) {
    if (std::chrono::steady_clock::now() - start > kPatience) Signal(SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  Ended ended;
  if (WIFEXITED(raw_status_)) ended.status = WEXITSTATUS(raw_status_);
  if (WIFSIGNALED(raw_status_)) ended.signal = WTERMSIG(raw_status_);
  ended.message = ReadFile(error_path_);
  return ended;
}

Ended RunProgram(const std::vector<std::string>& arguments, const Process::Setup& setup) {
  return Process(arguments, setup).Wait();
}

Folder::Folder() {
  std::string made = (std::filesystem::temp_directory_path() / "samestory-crash-XXXXXX").string();
  if (::mkdtemp(made.data()) == nullptr) std::abort();
  path_ = made;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

int Rounds(int short_value, int long_value) {
  return std::getenv("SAMESTORY_CRASH_LONG") == nullptr ? short_value : long_value;
}

}  // namespace samestory::crash
