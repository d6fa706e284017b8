#include "io/line_reader.h"

#include <random>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "unit/io/io_testing.h"

namespace samestory::io {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kNoBound = 1 << 30;

/// The lines of `bytes`; "<too long>" for those above the bound.
std::vector<std::string> Lines(std::string bytes, std::size_t step = kNoBound,
                               std::size_t bound = kNoBound) {
  MemorySource source(std::move(bytes), step);
  LineReader reader(source, bound);
  std::vector<std::string> lines;
  Line line;
  while (reader.Next(line)) {
    lines.push_back(line.too_long ? "<too long>" : std::string(line.text()));
    EXPECT_EQ(line.number, lines.size());
  }
  EXPECT_TRUE(reader.status().ok());
  return lines;
}

/// The obvious way to cut text into lines.
std::vector<std::string> SlowLines(const std::string& bytes, std::size_t bound) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < bytes.size();) {
    std::size_t end = bytes.find('\n', begin);
    if (end == bytes.npos) end = bytes.size();
    std::string line = bytes.substr(begin, end - begin);
    const bool too_long = line.size() > bound;
    if (line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
    if (line.ends_with('\r')) line.pop_back();
    lines.push_back(too_long ? "<too long>" : line);
    begin = end + 1;
  }
  return lines;
}

TEST(LineReaderTest, CutsAtLineFeeds) {
  EXPECT_THAT(Lines("a\nbb\n\nc\n"), ElementsAre("a", "bb", "", "c"));
  EXPECT_THAT(Lines("a\nb"), ElementsAre("a", "b"));
  EXPECT_THAT(Lines("a\r\nb\r\n\r\nc\rd\r"), ElementsAre("a", "b", "", "c\rd"));
  EXPECT_THAT(Lines(""), IsEmpty());
  EXPECT_THAT(Lines("\n"), ElementsAre(""));
}

TEST(LineReaderTest, LeavesOutByteOrderMarksThatBeginALine) {
  EXPECT_THAT(Lines("\xef\xbb\xbf"
                    "a\nb\xef\xbb\xbf\n\xef\xbb\xbf"
                    "c"),
              ElementsAre("a", "b\xef\xbb\xbf", "c"));
}

TEST(LineReaderTest, SkipsLongLinesAndKeepsTheirNeighbours) {
  const std::string bytes = "12345\n123456\n1234567\nx\n" + std::string(1'000'000, 'y') + "\nz";
  EXPECT_THAT(Lines(bytes, kNoBound, 6),
              ElementsAre("12345", "123456", "<too long>", "x", "<too long>", "z"));
  EXPECT_THAT(Lines(std::string(1'000'000, 'y'), kNoBound, 6), ElementsAre("<too long>"));
  EXPECT_THAT(Lines("a\n" + std::string(1'000'000, 'y') + "\n", 100, 6),
              ElementsAre("a", "<too long>"));
}

TEST(LineReaderTest, LinesLongerThanAPieceAreWhole) {
  const std::string middle(3 * PiecePool::kPieceBytes + 17, 'm');
  EXPECT_THAT(Lines("a\n" + middle + "\nb\n", 50'000), ElementsAre("a", middle, "b"));
}

TEST(LineReaderTest, IsTheSameAsTheSlowWayWhateverThePieces) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 300; ++round) {
    std::string bytes;
    const std::size_t longest = round % 3 == 0 ? 200'000 : 40;
    for (std::size_t lines = random() % 30; lines > 0; --lines) {
      if (random() % 10 == 0) bytes += "\xef\xbb\xbf";
      bytes.append(random() % longest, static_cast<char>('a' + random() % 26));
      if (random() % 5 == 0) bytes += '\r';
      if (lines > 1 || random() % 2 == 0) bytes += '\n';
    }
    const std::size_t bound = 1 + random() % (2 * longest);
    const std::size_t step = 1 + random() % (longest * 10);
    ASSERT_EQ(Lines(bytes, step, bound), SlowLines(bytes, bound)) << "round " << round;
  }
}

TEST(LineReaderTest, GivesCompleteLinesBeforeAnError) {
  MemorySource source("a\nb\nhalf", 3, absl::DataLossError("cut"));
  LineReader reader(source, kNoBound);
  Line line;
  ASSERT_TRUE(reader.Next(line));
  EXPECT_EQ(line.text(), "a");
  ASSERT_TRUE(reader.Next(line));
  EXPECT_EQ(line.text(), "b");
  EXPECT_FALSE(reader.Next(line));
  EXPECT_EQ(reader.status(), absl::DataLossError("cut"));
  EXPECT_FALSE(reader.Next(line));
}

TEST(LineReaderTest, LinesStayWhileTheirPieceIsHeld) {
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += "line " + std::to_string(i) + "\n";
  MemorySource source(bytes, 10'000);
  LineReader reader(source, kNoBound);
  std::vector<std::pair<Line, std::shared_ptr<char[]>>> held;
  Line line;
  while (reader.Next(line)) held.emplace_back(line, reader.piece());
  ASSERT_EQ(held.size(), 100'000u);
  for (std::size_t i = 0; i < held.size(); ++i) {
    ASSERT_EQ(held[i].first.text(), "line " + std::to_string(i));
  }
}

TEST(PiecePoolTest, PiecesComeBackFromOtherThreadsAndOutliveThePool) {
  auto pool = std::make_unique<PiecePool>();
  std::shared_ptr<char[]> piece = pool->Take(100);
  const char* address = piece.get();
  std::thread([moved = std::move(piece)]() mutable { moved.reset(); }).join();
  piece = pool->Take(200);
  EXPECT_EQ(piece.get(), address);
  pool.reset();
  piece[PiecePool::kPieceBytes + PiecePool::kPadding - 1] = 'x';
}

}  // namespace
}  // namespace samestory::io
