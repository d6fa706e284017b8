// The files of a state with a byte changed or an end cut off: no crash, and no wrong answer that
// `state verify` does not find.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <random>

#include "process.h"
#include "stream.h"

namespace samestory::crash {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRecords = 1500;

// Cuts `path` or changes bytes of it, and says what it did.
std::string Damage(const std::string& path, std::mt19937& random) {
  std::string bytes = ReadFile(path);
  const std::size_t at = random() % bytes.size();
  if (random() % 4 == 0) {
    bytes.resize(at);
    WriteFile(path, bytes);
    return "cut at " + std::to_string(at);
  }
  bytes[at] = static_cast<char>(bytes[at] ^ (1 + random() % 255));
  WriteFile(path, bytes);
  return "changed at " + std::to_string(at);
}

class Damaged : public testing::Test {
 protected:
  void SetUp() override {
    WriteFile(folder_ / "in", MadeStream(kRecords, 3));
    WriteFile(folder_ / "probes", MadeStream(150, 3) + MadeStream(60, 4));
  }

  std::vector<std::string> Clean(const std::string& state) const {
    return {"clean", "--quiet", "--seed",       "7", "--snapshot-every",
            "600",   "--state", folder_ / state};
  }

  // Damages copies of `state` and asks them.
  void Try(int rounds, const std::string& file) {
    const Ended asked = Query("whole");
    ASSERT_EQ(asked.status, 0) << asked.message;
    const std::string expected = ReadFile(folder_ / "answers");
    std::mt19937 random(17);
    int refused = 0;
    for (int i = 0; i < rounds; ++i) {
      fs::remove_all(folder_ / "hurt");
      fs::copy(folder_ / "whole", folder_ / "hurt");
      const std::string how = Damage(folder_ / ("hurt/" + file), random);
      SCOPED_TRACE(file + " " + how);
      const Ended verified = RunProgram({"state", "verify", "--state", folder_ / "hurt"});
      ASSERT_TRUE(verified.status == 0 || verified.status == 1)
          << verified.signal << verified.message;
      EXPECT_EQ(verified.status == 0, verified.message.empty()) << verified.message;
      const Ended asked_again = Query("hurt");
      ASSERT_TRUE(asked_again.status == 0 || asked_again.status == 1) << asked_again.signal;
      refused += asked_again.status;
      if (asked_again.status == 0 && verified.status == 0) {
        EXPECT_TRUE(MayAnswer(ReadFile(folder_ / "answers"), expected));
      }
      const Ended cleaned = RunProgram(Clean("hurt"), {folder_ / "probes", folder_ / "cleaned"});
      ASSERT_TRUE(cleaned.status == 0 || cleaned.status == 1) << cleaned.signal << cleaned.message;
    }
    EXPECT_TRUE(refused > 0 || rounds < 20);
  }

  virtual bool MayAnswer(const std::string& answers, const std::string& expected) {
    return answers == expected;
  }

  Ended Query(const std::string& state) {
    return RunProgram({"query", "--quiet", "--state", folder_ / state},
                      {folder_ / "probes", folder_ / "answers"});
  }

  Folder folder_;
};

TEST_F(Damaged, Database) {
  ASSERT_EQ(RunProgram(Clean("whole"), {folder_ / "in", "/dev/null"}).status, 0);
  Try(Rounds(40, 500), "state.db");
}

// A write-ahead log that lost its end is a state of an earlier moment, as after a power cut: it is
// whole, and answers as it did then.
class DamagedLog : public Damaged {
 protected:
  bool MayAnswer(const std::string& answers, const std::string&) override {
    return !answers.empty();
  }
};

TEST_F(DamagedLog, WriteAheadLog) {
  Process process(Clean("whole"), {"", "/dev/null"});
  process.Feed(ReadFile(folder_ / "in"));
  while (!fs::exists(folder_ / "whole/state.db-wal") ||
         fs::file_size(folder_ / "whole/state.db-wal") < 100'000) {
    ASSERT_TRUE(process.Running());
  }
  process.Signal(SIGKILL);
  process.Wait();
  Try(Rounds(15, 200), "state.db-wal");
}

}  // namespace
}  // namespace samestory::crash
