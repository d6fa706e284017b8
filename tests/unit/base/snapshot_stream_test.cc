#include "base/snapshot_stream.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/snapshot_maps.h"
#include "support/snapshot.h"

namespace samestory {
namespace {

using test::MemorySnapshot;

TEST(SnapshotStreamTest, ReadsWhatWasWritten) {
  MemorySnapshot snapshot;
  SnapshotWriter out(snapshot, "part");
  out.U8(200);
  out.U32(0xdeadbeef);
  out.U64(0x0123456789abcdefULL);
  out.F64(-0.1);
  out.String("caf\xc3\xa9");
  out.Words(std::vector<std::uint32_t>{1, 2, 0xffffffff});
  ASSERT_TRUE(out.Finish().ok());
  SnapshotReader in(snapshot, "part");
  EXPECT_EQ(in.U8(), 200);
  EXPECT_EQ(in.U32(), 0xdeadbeef);
  EXPECT_EQ(in.U64(), 0x0123456789abcdefULL);
  EXPECT_EQ(in.F64(), -0.1);
  EXPECT_EQ(in.String(), "caf\xc3\xa9");
  EXPECT_EQ(in.Words(), (std::vector<std::uint32_t>{1, 2, 0xffffffff}));
  EXPECT_TRUE(in.Finish().ok());
}

// The bytes that docs/state.md specifies: magic, version, number of the piece, last, payload, XXH3.
TEST(SnapshotStreamTest, KnownAnswer) {
  MemorySnapshot snapshot;
  SnapshotWriter out(snapshot, "part");
  out.U32(7);
  out.String("ab");
  ASSERT_TRUE(out.Finish().ok());
  std::string hex;
  for (const unsigned char byte : snapshot.sections()["part"]) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  EXPECT_EQ(hex.substr(0, 60), "535353500200000000000000010000000700000002000000000000006162");
  EXPECT_EQ(hex.substr(60), "d3c21c9a9f307ab9");
}

// What the first layout wrote is read, and says which it is.
TEST(SnapshotStreamTest, TheOlderLayoutIsKnown) {
  const char first[] =
      "\x53\x53\x53\x50\x01\0\0\0\0\0\0\0\x01\0\0\0\x07\0\0\0\x02\0\0\0\0\0\0\0"
      "ab\x38\x48\xee\xb3\xde\xad\xf7\x38";
  MemorySnapshot snapshot;
  snapshot.sections()["part"] = std::string(first, sizeof(first) - 1);
  SnapshotReader in(snapshot, "part");
  EXPECT_EQ(in.U32(), 7u);
  EXPECT_EQ(in.version(), 1u);
  EXPECT_EQ(in.String(), "ab");
  EXPECT_TRUE(in.Finish().ok());
}

TEST(SnapshotStreamTest, LongSectionsArePieces) {
  std::vector<std::uint32_t> words(5'000'000);
  std::iota(words.begin(), words.end(), 0u);
  MemorySnapshot snapshot;
  SnapshotWriter out(snapshot, "long");
  out.Words(words);
  ASSERT_TRUE(out.Finish().ok());
  EXPECT_EQ(snapshot.sections().size(), 5u);
  EXPECT_TRUE(snapshot.sections().contains("long.4"));
  for (const auto& [name, bytes] : snapshot.sections()) EXPECT_LE(bytes.size(), 16u << 20);
  EXPECT_TRUE(SnapshotWriter::Has(snapshot, "long", words.size() * 4 + 8));
  SnapshotReader in(snapshot, "long");
  EXPECT_TRUE(in.Words() == words);
  EXPECT_TRUE(in.Finish().ok());

  std::swap(snapshot.sections()["long.1"], snapshot.sections()["long.2"]);
  SnapshotReader swapped(snapshot, "long");
  EXPECT_TRUE(swapped.Words().empty());
  EXPECT_EQ(swapped.Finish().code(), absl::StatusCode::kDataLoss);
}

TEST(SnapshotStreamTest, AnEmptySectionIsOne) {
  MemorySnapshot snapshot;
  ASSERT_TRUE(SnapshotWriter(snapshot, "empty").Finish().ok());
  EXPECT_TRUE(SnapshotReader(snapshot, "empty").Finish().ok());
  EXPECT_EQ(SnapshotReader(snapshot, "none").Finish().code(), absl::StatusCode::kNotFound);
}

TEST(SnapshotStreamTest, TooMuchAndTooLittleAreErrors) {
  MemorySnapshot snapshot;
  SnapshotWriter out(snapshot, "part");
  out.U32(3);
  ASSERT_TRUE(out.Finish().ok());
  SnapshotReader unread(snapshot, "part");
  EXPECT_EQ(unread.Finish().code(), absl::StatusCode::kDataLoss);
  SnapshotReader beyond(snapshot, "part");
  EXPECT_EQ(beyond.U64(), 0u);
  EXPECT_FALSE(beyond.ok());
  EXPECT_EQ(beyond.U32(), 0u);
  EXPECT_EQ(beyond.Finish().code(), absl::StatusCode::kDataLoss);
}

// A length that was damaged takes no memory beyond what is there to be read.
TEST(SnapshotStreamTest, LengthsAreNotTrusted) {
  MemorySnapshot snapshot;
  SnapshotWriter out(snapshot, "part");
  out.U64(~std::uint64_t{0});
  out.U32(1);
  ASSERT_TRUE(out.Finish().ok());
  EXPECT_TRUE(SnapshotReader(snapshot, "part").Words().empty());
  EXPECT_TRUE(SnapshotReader(snapshot, "part").String().empty());
}

TEST(SnapshotStreamTest, EqualMapsGiveEqualBytes) {
  std::mt19937_64 random(1);
  std::vector<std::uint64_t> keys(1000);
  for (std::uint64_t& key : keys) key = random();
  MemorySnapshot snapshot;
  const auto save = [&](std::string_view section) {
    absl::flat_hash_map<std::uint64_t, std::uint32_t> map;
    for (const std::uint64_t key : keys) map[key] = static_cast<std::uint32_t>(key);
    SnapshotWriter out(snapshot, section);
    SaveMap(map, out, [&](std::uint32_t value) { out.U32(value); });
    EXPECT_TRUE(out.Finish().ok());
    absl::flat_hash_map<std::uint64_t, std::uint32_t> read;
    SnapshotReader in(snapshot, section);
    LoadMap(read, in, [&](std::uint32_t& value) { value = in.U32(); });
    EXPECT_TRUE(in.Finish().ok());
    EXPECT_EQ(read, map);
  };
  save("first");
  std::shuffle(keys.begin(), keys.end(), random);
  save("second");
  EXPECT_EQ(snapshot.sections()["first"], snapshot.sections()["second"]);
}

}  // namespace
}  // namespace samestory
