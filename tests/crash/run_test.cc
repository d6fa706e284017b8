// Other ways for a run to end: a full disk, a reader that goes away, signals; and two processes at
// one state.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <thread>

#include "process.h"
#include "stream.h"

namespace samestory::crash {
namespace {

namespace fs = std::filesystem;
using testing::Test;

class Runs : public Test {
 protected:
  std::vector<std::string> Clean(const std::string& state) const {
    return {"clean", "--quiet", "--seed",       "7", "--snapshot-every",
            "700",   "--state", folder_ / state};
  }

  // What an undisturbed run over `in` writes.
  std::string Calm() {
    const Ended ended = RunProgram(Clean("calm"), {folder_ / "in", folder_ / "calm.out"});
    EXPECT_EQ(ended.status, 0) << ended.message;
    return ReadFile(folder_ / "calm.out");
  }

  void ExpectGoesOn(const std::string& state, const std::string& expected) {
    const Ended ended = RunProgram(Clean(state), {folder_ / "in", folder_ / "out"});
    EXPECT_EQ(ended.status, 0) << ended.message;
    EXPECT_EQ(ReadFile(folder_ / "out"), expected);
    EXPECT_EQ(RunProgram({"state", "verify", "--state", folder_ / state}).status, 0);
  }

  bool WaitFor(const std::function<bool()>& reached, Process& process) {
    while (!reached()) {
      if (!process.Running()) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
  }

  std::size_t OutputLines() {
    const std::string out = ReadFile(folder_ / "out");
    return static_cast<std::size_t>(std::count(out.begin(), out.end(), '\n'));
  }

  Folder folder_;
};

TEST_F(Runs, FileThatMayNotGrow) {
  WriteFile(folder_ / "in", MadeStream(3000, 21));
  const std::string expected = Calm();
  int failed = 0;
  for (const std::uint64_t limit : {40'000u, 90'000u, 150'000u, 260'000u, 400'000u, 600'000u}) {
    fs::remove_all(folder_ / "small");
    const Ended ended = RunProgram(Clean("small"), {folder_ / "in", "/dev/null", limit});
    ASSERT_TRUE(ended.status == 0 || ended.status == 1) << ended.signal << ended.message;
    if (ended.status == 0) continue;
    ++failed;
    EXPECT_NE(ended.message.find("disk is full"), std::string::npos) << ended.message;
    ExpectGoesOn("small", expected);
  }
  EXPECT_GT(failed, 2);
}

TEST_F(Runs, FullDisk) {
  WriteFile(folder_ / "in", MadeStream(3000, 21));
  const std::string expected = Calm();
  fs::create_directory(folder_ / "disk");
  if (::mount("tmpfs", (folder_ / "disk").c_str(), "tmpfs", 0, "size=400k") != 0) {
    GTEST_SKIP() << "this user may not mount a file system";
  }
  const Ended ended = RunProgram(Clean("disk/state"), {folder_ / "in", "/dev/null"});
  EXPECT_EQ(ended.status, 1) << ended.signal << ended.message;
  EXPECT_NE(ended.message.find("state.db: cannot be written: the disk is full"), std::string::npos)
      << ended.message;
  EXPECT_EQ(::mount("tmpfs", (folder_ / "disk").c_str(), "tmpfs", MS_REMOUNT, "size=64m"), 0);
  ExpectGoesOn("disk/state", expected);
  EXPECT_EQ(
      ::mount("tmpfs", (folder_ / "disk").c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=64m"), 0);
  const Ended read_only = RunProgram(Clean("disk/state"), {folder_ / "in", "/dev/null"});
  EXPECT_EQ(read_only.status, 1);
  EXPECT_NE(read_only.message.find("lock"), std::string::npos) << read_only.message;
  ::umount((folder_ / "disk").c_str());
}

TEST_F(Runs, DirectoryThatCannotBe) {
  const Ended ended = RunProgram({"clean", "--state", "/dev/null/state"});
  EXPECT_EQ(ended.status, 1);
  EXPECT_NE(ended.message.find("/dev/null/state"), std::string::npos) << ended.message;
}

TEST_F(Runs, ReaderThatGoesAway) {
  WriteFile(folder_ / "in", MadeStream(3000, 22));
  const std::string expected = Calm();
  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  const int reader = ::open((folder_ / "fifo").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  Process process(Clean("state"), {folder_ / "in", folder_ / "fifo"});
  char some[1000];
  while (::read(reader, some, sizeof(some)) <= 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ::close(reader);
  const Ended ended = process.Wait();
  EXPECT_EQ(ended.status, 1) << ended.signal;
  EXPECT_NE(ended.message.find("the reader closed the pipe"), std::string::npos) << ended.message;
  ExpectGoesOn("state", expected);
}

TEST_F(Runs, TerminatedWhileItWaits) {
  for (const int signal : {SIGTERM, SIGINT}) {
    fs::remove_all(folder_ / "state");
    fs::remove(folder_ / "out");
    Process process(Clean("state"), {"", folder_ / "out"});
    process.Feed(MadeStream(200, 23));
    ASSERT_TRUE(WaitFor([&] { return OutputLines() == 200; }, process));
    process.Signal(signal);
    const Ended ended = process.Wait();
    EXPECT_EQ(ended.status, 0) << ended.signal << ended.message;
    EXPECT_EQ(RunProgram({"state", "info", "--state", folder_ / "state", "--format", "text"},
                         {"/dev/null", folder_ / "info"})
                  .status,
              0);
    EXPECT_NE(ReadFile(folder_ / "info").find("came to its end"), std::string::npos);
    EXPECT_EQ(RunProgram({"state", "verify", "--state", folder_ / "state"}).status, 0);
  }
}

TEST_F(Runs, TerminatedWhileItWorks) {
  WriteFile(folder_ / "in", MadeStream(40'000, 24));
  Process process(Clean("state"), {folder_ / "in", folder_ / "out"});
  ASSERT_TRUE(WaitFor(
      [&] { return fs::exists(folder_ / "out") && fs::file_size(folder_ / "out") > 0; }, process));
  process.Signal(SIGTERM);
  const Ended ended = process.Wait();
  EXPECT_EQ(ended.status, 0) << ended.signal << ended.message;
  const std::string out = ReadFile(folder_ / "out");
  EXPECT_EQ(out.back(), '\n');
  EXPECT_LT(OutputLines(), 40'000u);
  const Ended again = RunProgram({"clean", "--quiet", "--replay", "--state", folder_ / "state"},
                                 {folder_ / "in", folder_ / "out"});
  EXPECT_EQ(again.status, 0) << again.message;
  EXPECT_EQ(ReadFile(folder_ / "out").compare(0, out.size(), out), 0);
}

TEST_F(Runs, OneWriterAndManyReaders) {
  Process process(Clean("state"), {"", folder_ / "out"});
  const std::string stream = MadeStream(300, 25);
  process.Feed(stream);
  ASSERT_TRUE(WaitFor([&] { return OutputLines() == 300; }, process));
  const Ended second = RunProgram(Clean("state"));
  EXPECT_EQ(second.status, 1);
  EXPECT_NE(second.message.find("process " + std::to_string(process.pid())), std::string::npos)
      << second.message;
  WriteFile(folder_ / "probe", stream.substr(0, stream.find('\n') + 1));
  const Ended asked = RunProgram({"query", "--quiet", "--state", folder_ / "state"},
                                 {folder_ / "probe", folder_ / "answer"});
  EXPECT_EQ(asked.status, 0) << asked.message;
  EXPECT_NE(ReadFile(folder_ / "answer").find("\"relation\":\"exact\""), std::string::npos);
  EXPECT_EQ(RunProgram({"state", "verify", "--state", folder_ / "state"}).status, 0);
  process.EndInput();
  EXPECT_EQ(process.Wait().status, 0);
}

}  // namespace
}  // namespace samestory::crash
