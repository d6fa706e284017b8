#include "io/reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "unit/io/io_testing.h"

namespace samestory::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// A pipe whose end for reading can be opened by name.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_), 0); }
  ~Pipe() {
    Finish();
    close(ends_[0]);
  }
  std::string path() const { return "/dev/fd/" + std::to_string(ends_[0]); }
  void Write(std::string_view bytes) {
    ASSERT_EQ(write(ends_[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  void Finish() {
    if (ends_[1] >= 0) close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  int ends_[2];
};

absl::Status OpenStatus(const std::string& path, const ReaderOptions& options = {}) {
  return OpenReader(path, options, {}).status();
}

TEST(OpenReaderTest, SaysWhatCannotBeOpened) {
  const TempDir dir;
  const absl::Status missing = OpenStatus(dir.Path("missing.ndjson"));
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(missing.message()), HasSubstr("missing.ndjson"));
  const absl::Status folder = OpenStatus(dir.Path(""));
  EXPECT_EQ(folder.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(folder.message()), HasSubstr("is a directory"));
  if (getuid() != 0) {
    const std::string closed = dir.Write("closed", "");
    chmod(closed.c_str(), 0);
    EXPECT_EQ(OpenStatus(closed).code(), absl::StatusCode::kPermissionDenied);
  }
}

TEST(OpenReaderTest, RefusesOptionsOutOfRangeAndUtf16) {
  const TempDir dir;
  const std::string path = dir.Write("in.ndjson", "{}");
  for (std::size_t ReaderOptions::*bound :
       {&ReaderOptions::max_line_bytes, &ReaderOptions::max_page_bytes,
        &ReaderOptions::max_feed_bytes}) {
    for (const std::size_t value : {std::size_t{0}, std::size_t{1} << 32}) {
      ReaderOptions options;
      options.*bound = value;
      EXPECT_EQ(OpenStatus(path, options).code(), absl::StatusCode::kInvalidArgument);
    }
  }
  const absl::Status wide = OpenStatus(dir.Write("wide", std::string("\xff\xfe{\0}\0", 6)));
  EXPECT_EQ(wide.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(wide.message()), HasSubstr("UTF-16"));
}

TEST(OpenReaderTest, TheFormatAskedForWinsOverTheName) {
  ReaderOptions options;
  options.format = InputFormat::kNdjson;
  EXPECT_THAT(ReadBytes("{\"id\":\"a\"}", "in.txt", options).Ids(), ElementsAre("a"));
  options.format = InputFormat::kLines;
  EXPECT_THAT(ReadBytes("{}\n", "in.ndjson", options).Titles(), ElementsAre("{}"));
  options.format = InputFormat::kPage;
  EXPECT_THAT(ReadBytes("a\nb", "in.ndjson", options).records, SizeIs(1));
}

TEST(OpenReaderTest, CountsBytes) {
  const TempDir dir;
  auto reader = OpenReader(dir.Write("in.ndjson", "{}\n{}\n"), {}, {}).value();
  EXPECT_EQ(reader->BytesTotal(), 6u);
  InputRecord record;
  while (reader->Next(record).value()) {
  }
  EXPECT_EQ(reader->BytesRead(), 6u);
}

TEST(OpenReaderTest, ReadsStandardInput) {
  const TempDir dir;
  const int saved = dup(STDIN_FILENO);
  const int fd = open(dir.Write("in", "{\"id\":\"a\"}\nbad\n").c_str(), O_RDONLY);
  ASSERT_EQ(dup2(fd, STDIN_FILENO), STDIN_FILENO);
  close(fd);
  const ReadResult result = ReadFile("-");
  dup2(saved, STDIN_FILENO);
  close(saved);
  EXPECT_THAT(result.Ids(), ElementsAre("a"));
  ASSERT_THAT(result.bad, SizeIs(1));
  EXPECT_EQ(result.bad[0].file, "-");
}

TEST(NextBatchTest, DoesNotWaitForAPipeWhileItHoldsARecord) {
  Pipe pipe;
  pipe.Write("{\"id\":1}\n{\"id\":2}\n{\"id\"");
  auto reader = OpenReader(pipe.path(), {}, {}).value();
  std::vector<InputRecord> batch;
  ASSERT_EQ(reader->NextBatch(batch, 100).value(), 2u);
  EXPECT_EQ(batch[1].record.id, "2");
  EXPECT_FALSE(reader->Ready());
  pipe.Write(":3}\n");
  EXPECT_TRUE(reader->Ready());
  ASSERT_EQ(reader->NextBatch(batch, 100).value(), 1u);
  EXPECT_EQ(batch[0].record.id, "3");
  pipe.Finish();
  EXPECT_EQ(reader->NextBatch(batch, 100).value(), 0u);
}

TEST(NextBatchTest, ReadsAPipeThatIsWrittenSlowly) {
  Pipe pipe;
  std::thread writer([&pipe] {
    for (int i = 0; i < 2'000; ++i) {
      pipe.Write(i % 2 == 0 ? "{\"title\":\"a" : "b\"}\n");
    }
    pipe.Finish();
  });
  const ReadResult result = ReadFile(pipe.path(), {}, 64);
  writer.join();
  EXPECT_EQ(result.Titles(), std::vector<std::string>(1'000, "ab"));
}

TEST(NextBatchTest, GivesAnErrorAfterTheRecordsBeforeIt) {
  const TempDir dir;
  // A gzip member that is cut behind its only, stored block.
  const std::string stored =
      std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\x09\0\xf6\xff", 15) + "{\"id\":1}\n";
  auto reader = OpenReader(dir.Write("in.gz", stored), {}, {}).value();
  std::vector<InputRecord> batch;
  ASSERT_EQ(reader->NextBatch(batch, 100).value(), 1u);
  EXPECT_EQ(batch[0].record.id, "1");
  EXPECT_EQ(reader->NextBatch(batch, 100).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(batch.empty());
}

}  // namespace
}  // namespace samestory::io
