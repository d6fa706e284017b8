#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "store/bytes.h"
#include "store/decision_codec.h"
#include "store/frame.h"
#include "store/record_codec.h"

namespace samestory::store {
namespace {

using testing::ElementsAre;

TEST(Bytes, NumbersReadBack) {
  std::string out;
  ByteWriter writer(out);
  const std::uint64_t values[] = {
      0, 1, 127, 128, 300, 1ull << 63, std::numeric_limits<std::uint64_t>::max()};
  for (const std::uint64_t value : values) writer.Varint(value);
  writer.U32(0x01020304);
  EXPECT_EQ(out.substr(out.size() - 4), "\x04\x03\x02\x01");
  ByteReader reader(out);
  for (const std::uint64_t value : values) EXPECT_EQ(reader.Varint(), value);
  EXPECT_EQ(reader.U32(), 0x01020304u);
  EXPECT_TRUE(reader.AtEnd());
  EXPECT_EQ(reader.U8(), 0);
  EXPECT_FALSE(reader.ok());
}

TEST(Bytes, VarintThatIsNone) {
  for (const std::string& bytes :
       {std::string(10, '\xff'), std::string("\x80"), std::string(9, '\x80') + '\x02'}) {
    ByteReader reader(bytes);
    EXPECT_EQ(reader.Varint(), 0u);
    EXPECT_FALSE(reader.ok());
  }
}

// The bytes on disk: docs/state.md gives the same example.
TEST(RecordCodec, KnownBytes) {
  Record record;
  record.id = "\"a\"";
  record.title = "Dam breaks";
  record.published = 1'700'000'000;
  std::string out;
  EncodeRecords(5, {&record, 1}, out);
  std::string hex;
  for (const char c : out) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += kDigits[(c >> 4) & 15];
    hex += kDigits[c & 15];
  }
  EXPECT_EQ(hex.substr(0, hex.size() - 16),
            "53455231"
            "0500000000000000"
            "01000000"
            "8304"
            "03226122"
            "0a44616d20627265616b73"
            "00f1536500000000");
}

Record FullRecord(std::span<const LineMarkup> markup) {
  Record record;
  record.id = "7";
  record.title = "Dam breaks";
  record.summary = std::string_view("a\0b", 3);
  record.text = "One line.\nAnother.";
  record.markup = markup;
  record.url = "https://paper.example/7";
  record.source = "Paper";
  record.lang = "en";
  record.id_is_made = true;
  record.published = -5;
  record.seen = std::numeric_limits<std::int64_t>::max();
  return record;
}

TEST(RecordCodec, EveryFieldReadsBack) {
  const std::vector<LineMarkup> markup = {{LineTag::kHeading, 2, false, 0.25f},
                                          {LineTag::kTitle, 0, true, 1.0f}};
  const Record records[] = {FullRecord(markup), Record()};
  std::string out;
  EncodeRecords(9, records, out);
  const absl::StatusOr<RecordBatch> read = DecodeRecords(out);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->first, 9u);
  ASSERT_EQ(read->records.size(), 2u);
  const Record &wanted = records[0], &got = read->records[0];
  EXPECT_EQ(got.id, wanted.id);
  EXPECT_EQ(got.title, wanted.title);
  EXPECT_EQ(got.summary, wanted.summary);
  EXPECT_EQ(got.text, wanted.text);
  EXPECT_EQ(got.url, wanted.url);
  EXPECT_EQ(got.source, wanted.source);
  EXPECT_EQ(got.lang, wanted.lang);
  EXPECT_TRUE(got.id_is_made);
  EXPECT_EQ(got.published, wanted.published);
  EXPECT_EQ(got.seen, wanted.seen);
  ASSERT_EQ(got.markup.size(), 2u);
  EXPECT_EQ(got.markup[0].tag, LineTag::kHeading);
  EXPECT_EQ(got.markup[0].heading_level, 2);
  EXPECT_EQ(got.markup[0].link_share, 0.25f);
  EXPECT_TRUE(got.markup[1].navigation);
  EXPECT_EQ(read->records[1].published, std::nullopt);
  EXPECT_TRUE(read->records[1].markup.empty());
}

TEST(RecordCodec, KeysTellContentApartNotTime) {
  std::string scratch;
  Record a;
  a.id = "1";
  a.title = "Dam breaks";
  Record b = a;
  b.seen = 5;
  EXPECT_EQ(KeysOf(a, 1, scratch), KeysOf(b, 1, scratch));
  b.title = "Dam  breaks";
  EXPECT_NE(KeysOf(a, 1, scratch).content, KeysOf(b, 1, scratch).content);
  EXPECT_EQ(KeysOf(a, 1, scratch).item, KeysOf(b, 1, scratch).item);
  EXPECT_EQ(KeysOf(a, 1, scratch).item, ItemKey("", "1", 1));
  EXPECT_NE(KeysOf(a, 1, scratch), KeysOf(a, 2, scratch));
  // A text does not run into the next field.
  Record c;
  c.title = "ab";
  c.summary = "c";
  Record d;
  d.title = "a";
  d.summary = "bc";
  EXPECT_NE(KeysOf(c, 1, scratch).content, KeysOf(d, 1, scratch).content);
}

std::vector<FiledDecision> SomeDecisions() {
  std::vector<FiledDecision> filed(2);
  filed[0].keys = {123, 456};
  filed[0].decision.relation = Relation::kTemplate;
  filed[0].decision.story = 77;
  filed[0].decision.of = "\"x\"";
  filed[0].decision.similarity = 1.0 / 3;
  filed[0].decision.probability = 0.25;
  filed[0].decision.agreed = {.headline = true, .body = false};
  filed[0].decision.other = {{10, 30, 5, "8"}, {40, 41, std::nullopt, ""}};
  filed[1].keys = {~std::uint64_t{0}, 1};
  filed[1].decision.story = ~std::uint64_t{0};
  filed[1].decision.agreed = {.headline = false, .body = true};
  return filed;
}

TEST(DecisionCodec, ReadsBackToTheBit) {
  std::string out;
  EncodeDecisions(3, SomeDecisions(), out);
  const absl::StatusOr<DecisionBatch> read = DecodeDecisions(out);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->first, 3u);
  EXPECT_TRUE(read->filed == SomeDecisions());
  DecisionBatch changed = *read;
  changed.filed[0].decision.other[1].of = "9";
  EXPECT_FALSE(changed.filed == SomeDecisions());
}

// Every cut and every changed byte is refused: the checksum sees to it.
TEST(Frame, DamageIsFound) {
  std::string out;
  EncodeDecisions(3, SomeDecisions(), out);
  for (std::size_t at = 0; at < out.size(); ++at) {
    EXPECT_FALSE(DecodeDecisions(std::string_view(out).substr(0, at)).ok()) << at;
    std::string changed = out;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    EXPECT_FALSE(DecodeDecisions(changed).ok()) << at;
  }
  EXPECT_FALSE(DecodeRecords(out).ok()) << "another kind of frame";
}

// Frames that a checksum cannot refuse: whatever stands in them is read without harm.
TEST(Frame, AnyPayloadIsReadOrRefused) {
  std::mt19937 random(1);
  int read = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string frame;
    const bool records = i % 2 == 0;
    BeginFrame(records ? FrameKind::kRecords : FrameKind::kDecisions,
               {0, static_cast<std::uint32_t>(random() % 4)}, frame);
    for (std::size_t left = random() % 60; left > 0; --left) {
      frame += static_cast<char>(random() % 4 == 0 ? random() : random() % 4);
    }
    EndFrame(frame);
    read += records ? DecodeRecords(frame).ok() : DecodeDecisions(frame).ok();
  }
  EXPECT_GT(read, 0);
}

}  // namespace
}  // namespace samestory::store
