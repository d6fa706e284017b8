#include <zlib.h>
#include <zstd.h>

#include <random>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "io/byte_source.h"
#include "unit/io/io_testing.h"

namespace samestory::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string Zstd(std::string_view bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 3));
  return packed;
}

/// NDJSON that does not pack well, so that many pieces of input are needed.
std::string Records(int count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::string lines;
  for (int i = 0; i < count; ++i) {
    lines += "{\"id\":" + std::to_string(i) + ",\"title\":\"" + std::to_string(random()) + "\"}\n";
  }
  return lines;
}

struct Packing {
  const char* name;
  std::string (*pack)(std::string_view);
  const char* ending;
};

class CompressionTest : public ::testing::TestWithParam<Packing> {
 protected:
  std::string Pack(std::string_view bytes) const { return GetParam().pack(bytes); }
  ReadResult Read(const std::string& bytes) const {
    return ReadBytes(bytes, std::string("in.ndjson") + GetParam().ending);
  }
};

TEST_P(CompressionTest, ReadsWhatWasPacked) {
  const std::string bytes = Records(50'000, 1);
  const ReadResult plain = ReadBytes(bytes);
  const ReadResult packed = Read(Pack(bytes));
  EXPECT_TRUE(packed.status.ok()) << packed.status;
  ASSERT_EQ(plain.records.size(), 50'000u);
  EXPECT_EQ(packed.Titles(), plain.Titles());
}

TEST_P(CompressionTest, IsKnownByItsContent) {
  const ReadResult result = ReadBytes(Pack("{\"id\":\"a\"}\n"), "no_ending");
  EXPECT_THAT(result.Ids(), ElementsAre("a"));
}

TEST_P(CompressionTest, ReadsConcatenatedParts) {
  const std::string parts = Pack("{\"id\":\"a\"}\n{\"id\"") + Pack("") + Pack(":\"b\"}\n");
  EXPECT_THAT(Read(parts).Ids(), ElementsAre("a", "b"));
}

TEST_P(CompressionTest, AnEmptyFileInsideHasNoRecords) {
  const ReadResult result = Read(Pack(""));
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_THAT(result.records, IsEmpty());
}

TEST_P(CompressionTest, GivesTheRecordsBeforeATruncation) {
  const std::string bytes = Records(20'000, 2);
  const std::string packed = Pack(bytes);
  const ReadResult whole = Read(packed);
  for (const std::size_t left : {packed.size() - 1, packed.size() - 5, packed.size() / 2}) {
    const ReadResult cut = Read(packed.substr(0, left));
    EXPECT_EQ(cut.status.code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(std::string(cut.status.message()), HasSubstr("in.ndjson"));
    EXPECT_THAT(std::string(cut.status.message()), HasSubstr("ends early"));
    EXPECT_THAT(cut.bad, IsEmpty());
    ASSERT_GT(cut.records.size(), left == packed.size() / 2 ? 5'000u : 15'000u);
    for (std::size_t i = 0; i < cut.records.size(); ++i) {
      ASSERT_EQ(cut.records[i].raw, whole.records[i].raw);
    }
  }
}

TEST_P(CompressionTest, CorruptBytesAreAnErrorNotOtherRecords) {
  const std::string bytes = Records(20'000, 3);
  const std::string packed = Pack(bytes);
  std::mt19937_64 random(4);
  int errors = 0;
  for (int round = 0; round < 50; ++round) {
    std::string corrupt = packed;
    corrupt[4 + random() % (corrupt.size() - 4)] ^= static_cast<char>(1 + random() % 255);
    errors += !Read(corrupt).status.ok();
  }
  // Neither format checks every bit (gzip's header, Zstandard without a checksum).
  EXPECT_GE(errors, 15);
}

TEST_P(CompressionTest, ReadsByteByByte) {
  const std::string bytes = Records(500, 5);
  auto raw = std::make_unique<MemorySource>(Pack(bytes), 1);
  auto source =
      GetParam().pack == &Gzip ? DecodeGzip(std::move(raw), "x") : DecodeZstd(std::move(raw), "x");
  std::string read;
  char c;
  for (;;) {
    const auto got = source->Read(&c, 1);
    ASSERT_TRUE(got.ok()) << got.status();
    if (*got == 0) break;
    read += c;
  }
  EXPECT_EQ(read, bytes);
}

INSTANTIATE_TEST_SUITE_P(All, CompressionTest,
                         ::testing::Values(Packing{"gzip", &Gzip, ".gz"},
                                           Packing{"zstd", &Zstd, ".zst"}),
                         [](const auto& info) { return info.param.name; });

TEST(GzipTest, ZerosBehindTheLastMemberArePadding) {
  const std::string packed = Gzip("{\"id\":1}\n") + std::string(1000, '\0');
  const ReadResult result = ReadBytes(packed, "in.gz");
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_THAT(result.Ids(), ElementsAre("1"));
}

TEST(GzipTest, OtherDataBehindTheLastMemberIsAnError) {
  const ReadResult result = ReadBytes(Gzip("{\"id\":1}\n") + "tail", "in.gz");
  EXPECT_EQ(result.status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(result.Ids(), ElementsAre("1"));
}

TEST(PeekedSourceTest, PeekedBytesAreReadAgain) {
  PeekedSource source(std::make_unique<MemorySource>("abcdefgh", 3));
  EXPECT_EQ(source.Peek(4).value().substr(0, 4), "abcd");
  EXPECT_EQ(source.Peek(100).value(), "abcdefgh");
  EXPECT_EQ(ReadAll(source, 100, "x").value(), "abcdefgh");
  EXPECT_EQ(source.Peek(1).value(), "");
}

TEST(ReadAllTest, RefusesWhatIsLongerThanTheBound) {
  MemorySource fits("12345", 2);
  EXPECT_EQ(ReadAll(fits, 5, "x").value(), "12345");
  MemorySource source("123456", 2);
  const auto all = ReadAll(source, 5, "page.txt");
  EXPECT_EQ(all.status(), absl::InvalidArgumentError("page.txt: longer than 5 bytes"));
}

}  // namespace
}  // namespace samestory::io
