// kill -9 at random moments, each followed by a new run over the whole input: what the program
// says must be what an undisturbed run says, byte for byte.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <random>
#include <thread>

#include "process.h"
#include "stream.h"

namespace samestory::crash {
namespace {

std::vector<std::string> CleanArguments(const Folder& folder, const std::string& name,
                                        const std::string& window) {
  return {"clean",
          "--quiet",
          "--seed",
          "7",
          "--window",
          window,
          "--state",
          folder / (name + ".state"),
          "--events",
          folder / (name + ".events"),
          "--snapshot-every",
          "1500"};
}

// A killed run's output is the beginning of the undisturbed one's.
void ExpectPrefix(const std::string& part, const std::string& whole) {
  ASSERT_LE(part.size(), whole.size());
  EXPECT_EQ(whole.compare(0, part.size(), part), 0);
}

// The run was over, or killed with nothing left to do.
bool CameToItsEnd(const Folder& folder) {
  const Ended info =
      RunProgram({"state", "info", "--state", folder / "killed.state", "--format", "text"},
                 {"/dev/null", folder / "info"});
  return info.status == 0 && ReadFile(folder / "out").size() > 0 &&
         ReadFile(folder / "info").find("came to its end") != std::string::npos;
}

void KillAndReplay(int rounds, std::size_t records, const std::string& window) {
  const Folder folder;
  WriteFile(folder / "in", MadeStream(records, 11));
  const auto start = std::chrono::steady_clock::now();
  ASSERT_EQ(RunProgram(CleanArguments(folder, "calm", window), {folder / "in", folder / "calm.out"})
                .status,
            0);
  auto latest = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  const std::string expected = ReadFile(folder / "calm.out");
  std::mt19937 random(5);
  int killed = 0;
  for (int i = 0; i < rounds; ++i) {
    Process process(CleanArguments(folder, "killed", window), {folder / "in", folder / "out"});
    std::this_thread::sleep_for(
        std::chrono::microseconds(random() % static_cast<std::uint32_t>(latest.count())));
    process.Signal(SIGKILL);
    const Ended ended = process.Wait();
    killed += ended.signal == SIGKILL;
    ASSERT_TRUE(ended.signal == SIGKILL || ended.status == 0) << ended.status << ended.message;
    ExpectPrefix(ReadFile(folder / "out"), expected);
    if (CameToItsEnd(folder)) {
      // The next run is a new one, for which all is a repeat: begin anew, and kill earlier, as the
      // machine has become faster than it was.
      latest = latest * 3 / 4;
      EXPECT_EQ(ReadFile(folder / "out"), expected);
      std::filesystem::remove_all(folder / "killed.state");
      std::filesystem::remove(folder / "killed.events");
    }
  }
  EXPECT_GT(killed, rounds / 4);
  const Ended last =
      RunProgram(CleanArguments(folder, "killed", window), {folder / "in", folder / "out"});
  ASSERT_EQ(last.status, 0) << last.message;
  EXPECT_EQ(ReadFile(folder / "out"), expected);
  EXPECT_EQ(ReadFile(folder / "killed.events"), ReadFile(folder / "calm.events"));
  const Ended verified = RunProgram({"state", "verify", "--state", folder / "killed.state",
                                     "--events", folder / "killed.events"});
  EXPECT_EQ(verified.status, 0) << verified.message;
}

TEST(Kill, ReplayGivesTheSameAnswers) {
  KillAndReplay(Rounds(10, 200), static_cast<std::size_t>(Rounds(8'000, 200'000)), "6h");
}

TEST(Kill, ReplayGivesTheSameAnswersWithoutWindow) {
  KillAndReplay(Rounds(6, 40), static_cast<std::size_t>(Rounds(5'000, 50'000)), "0");
}

}  // namespace
}  // namespace samestory::crash
