#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "io/writer.h"
#include "unit/io/io_testing.h"

namespace samestory::io {
namespace {

using ::testing::HasSubstr;

std::string Content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(OutputFileTest, WritesSmallAndLargePieces) {
  const TempDir dir;
  auto file = OutputFile::Open(dir.Path("out")).value();
  std::string expected;
  for (int i = 0; i < 1'000; ++i) {
    const std::string piece(static_cast<std::size_t>(i) * (i % 100 == 0 ? 1000 : 1), 'a' + i % 26);
    ASSERT_TRUE(file->Write(piece).ok());
    expected += piece;
  }
  EXPECT_EQ(file->bytes_written(), expected.size());
  ASSERT_TRUE(file->Close().ok());
  EXPECT_TRUE(Content(dir.Path("out")) == expected);
  EXPECT_EQ(file->Write("x").code(), absl::StatusCode::kFailedPrecondition);
}

TEST(OutputFileTest, OpenEmptiesAndAppendDoesNot) {
  const TempDir dir;
  const std::string path = dir.Write("out", "old\n");
  auto appended = OutputFile::Append(path).value();
  ASSERT_TRUE(appended->Write("new\n").ok());
  ASSERT_TRUE(appended->Close().ok());
  EXPECT_EQ(Content(path), "old\nnew\n");
  auto emptied = OutputFile::Open(path).value();
  ASSERT_TRUE(emptied->Close().ok());
  EXPECT_EQ(Content(path), "");
}

TEST(OutputFileTest, NamesWhatCannotBeOpened) {
  const TempDir dir;
  const auto file = OutputFile::Open(dir.Path("no/such/out"));
  EXPECT_EQ(file.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(file.status().message()), HasSubstr("no/such/out"));
}

TEST(OutputFileTest, AFullDiskIsAnErrorThatStays) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  auto file = OutputFile::Open("/dev/full").value();
  EXPECT_TRUE(file->Write("x").ok()) << "buffered";
  EXPECT_EQ(file->Flush().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(file->Write("y").code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(file->Close().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(file->status().message()), HasSubstr("/dev/full"));
}

TEST(OutputFileTest, AClosedPipeIsUnavailable) {
  const auto old = signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  OutputFile file(ends[1], "the pipe");
  EXPECT_TRUE(file.Write("x").ok());
  EXPECT_EQ(file.Close().code(), absl::StatusCode::kUnavailable);
  close(ends[1]);
  signal(SIGPIPE, old);
}

}  // namespace
}  // namespace samestory::io
