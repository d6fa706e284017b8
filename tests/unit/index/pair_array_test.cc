// The bytes of a table in a snapshot: docs/state.md ("Sections").
#include "index/pair_array.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/endian.h"
#include "base/hash.h"
#include "support/snapshot.h"

namespace samestory::internal {
namespace {

using test::MemorySnapshot;

constexpr std::size_t kHeader = 16, kChecksum = 8;

// What stands between the header and the checksum of the section's one piece.
std::string Payload(MemorySnapshot& snapshot) {
  const std::string& piece = snapshot.sections()["table"];
  return piece.substr(kHeader, piece.size() - kHeader - kChecksum);
}

std::string Saved(const PairArray& array) {
  MemorySnapshot snapshot;
  SnapshotWriter out(snapshot, "table");
  array.Save(out);
  EXPECT_TRUE(out.Finish().ok());
  return Payload(snapshot);
}

// The section of `payload` in the layout `version`.
MemorySnapshot Section(const std::string& payload, std::uint32_t version) {
  MemorySnapshot snapshot;
  SnapshotWriter out(snapshot, "table");
  out.Raw(payload.data(), payload.size());
  EXPECT_TRUE(out.Finish().ok());
  std::string& piece = snapshot.sections()["table"];
  StoreLittle32(version, piece.data() + 4);
  const std::string_view summed(piece.data(), piece.size() - kChecksum);
  StoreLittle64(Hash64(summed, 0), piece.data() + summed.size());
  return snapshot;
}

absl::Status Load(MemorySnapshot& snapshot, PairArray& array) {
  SnapshotReader in(snapshot, "table");
  EXPECT_TRUE(array.Load(in));
  return in.Finish();
}

std::string Hex(const std::string& bytes) {
  std::string hex;
  for (const unsigned char byte : bytes) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return hex;
}

// Some entries, and what former ones left in slots that are empty.
void Fill(PairArray& array, std::size_t pairs) {
  std::mt19937_64 random(3);
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    for (int half = 0; half < 2; ++half) {
      Bucket& bucket = array[pair].half[half];
      for (int slot = 0; slot < kSlots; ++slot) {
        if (random() % 3 == 0) continue;
        array.Put(bucket, pair, half, slot, random(), static_cast<std::uint32_t>(random()) | 1);
        if (random() % 3 == 0) bucket.records[slot] = 0;
      }
      if (random() % 4 == 0) bucket.extra |= kOverflowFlag;
      if (random() % 4 == 0) bucket.extra |= kSpillFlag;
    }
  }
}

TEST(PairArrayTest, KnownAnswer) {
  MemoryBudget budget(1 << 20);
  PairArray array(budget);
  ASSERT_TRUE(array.SetDeepBits(1) && array.Grow(2));
  Bucket& first = array[0].half[1];
  array.Put(first, 0, 1, 0, 0xaabb'a000'0000'0000, 7);  // tag aabb, further bits 101, deep bit 0
  array.Put(first, 0, 1, 9, 0x1122'3000'0000'0000, 8);  // tag 1122, further bits 001, deep bit 1
  first.extra |= kSpillFlag;
  array.Put(array[1].half[0], 1, 0, 3, ~std::uint64_t{0}, 9);
  array[1].half[0].records[3] = 0;  // empty again
  EXPECT_EQ(Hex(Saved(array)),
            "0200000000000000" "01000000"                      // pairs, deep bits
            "0000" "010a" "07000000bbaa" "08000000" "2211"     // slots 0 and 9, spilled
            "01001020" "00000800"                              // further bits, deep bits
            "0000" "0000");                                    // nothing
}

TEST(PairArrayTest, ReadsBackWhatIsInUse) {
  for (const int deep_bits : {0, 3}) {
    MemoryBudget budget(64 << 20);
    PairArray array(budget), loaded(budget);
    ASSERT_TRUE(array.SetDeepBits(deep_bits) && array.Grow(20'000));
    Fill(array, 15'000);
    MemorySnapshot snapshot = Section(Saved(array), 2);
    ASSERT_TRUE(Load(snapshot, loaded).ok());
    ASSERT_EQ(loaded.capacity(), array.capacity());
    for (std::size_t pair = 0; pair < array.capacity(); ++pair) {
      for (int half = 0; half < 2; ++half) {
        const Bucket &was = array[pair].half[half], &is = loaded[pair].half[half];
        EXPECT_EQ(is.extra >> 30, was.extra >> 30);
        for (int slot = 0; slot < kSlots; ++slot) {
          ASSERT_EQ(is.records[slot], was.records[slot]);
          if (was.records[slot] == 0) continue;
          ASSERT_EQ(loaded.FractionOf(is, pair, half, slot),
                    array.FractionOf(was, pair, half, slot));
        }
      }
    }
  }
}

TEST(PairArrayTest, ReadsTheOlderLayout) {
  MemoryBudget budget(64 << 20);
  PairArray array(budget), loaded(budget);
  ASSERT_TRUE(array.SetDeepBits(0) && array.Grow(300));
  Fill(array, 200);
  // Every bucket as it stands in memory.
  std::string whole(12, '\0');
  StoreLittle64(array.capacity(), whole.data());
  StoreLittle32(0, whole.data() + 8);
  for (std::size_t pair = 0; pair < array.capacity(); ++pair) {
    for (const Bucket& bucket : array[pair].half) {
      for (const std::uint32_t record : bucket.records) {
        whole.resize(whole.size() + 4);
        StoreLittle32(record, whole.data() + whole.size() - 4);
      }
      for (const std::uint16_t tag : bucket.tags) {
        whole.resize(whole.size() + 2);
        StoreLittle16(tag, whole.data() + whole.size() - 2);
      }
      whole.resize(whole.size() + 4);
      StoreLittle32(bucket.extra, whole.data() + whole.size() - 4);
    }
  }
  MemorySnapshot snapshot = Section(whole, 1);
  ASSERT_TRUE(Load(snapshot, loaded).ok());
  EXPECT_EQ(Saved(loaded), Saved(array));
}

TEST(PairArrayTest, RefusesWhatNoTableHolds) {
  const std::string head("\x01\0\0\0\0\0\0\0\0\0\0\0", 12);
  for (const std::string& buckets : {
           std::string("\0\x10\0\0", 4),                          // a slot too many
           std::string("\x01\0\0\0\0\0\0\0\0\0\0\0\0\0", 14),     // an entry of no record
           std::string("\x01\0\x01\0\0\0", 6),                    // cut off
       }) {
    MemoryBudget budget(1 << 20);
    PairArray array(budget);
    MemorySnapshot snapshot = Section(head + buckets, 2);
    EXPECT_TRUE(absl::IsDataLoss(Load(snapshot, array)));
  }
  MemoryBudget budget(1 << 20);
  PairArray array(budget);
  MemorySnapshot unknown = Section(head + std::string(4, '\0'), 3);
  EXPECT_TRUE(absl::IsDataLoss(Load(unknown, array)));
}

}  // namespace
}  // namespace samestory::internal
