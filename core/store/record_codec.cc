#include "store/record_codec.h"

#include <bit>
#include <utility>

#include "absl/status/status.h"
#include "base/hash.h"
#include "store/bytes.h"
#include "store/frame.h"

namespace samestory::store {
namespace {

// One bit says of each field whether it follows.
constexpr std::string_view Record::*kTexts[] = {&Record::id,   &Record::title, &Record::summary,
                                                &Record::text, &Record::url,   &Record::source,
                                                &Record::lang};
constexpr std::uint32_t kMarkup = 1 << 7, kIdIsMade = 1 << 8, kPublished = 1 << 9, kSeen = 1 << 10,
                        kAllBits = (1 << 11) - 1;

constexpr std::size_t kMarkupBytes = 3 + 4;
constexpr std::uint8_t kLastTag = static_cast<std::uint8_t>(LineTag::kTitle);

std::uint32_t PresentBits(const Record& record) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < std::size(kTexts); ++i) {
    if (!(record.*kTexts[i]).empty()) bits |= 1u << i;
  }
  if (!record.markup.empty()) bits |= kMarkup;
  if (record.id_is_made) bits |= kIdIsMade;
  if (record.published) bits |= kPublished;
  if (record.seen) bits |= kSeen;
  return bits;
}

void EncodeRecord(const Record& record, std::uint32_t bits, ByteWriter& writer) {
  writer.Varint(bits);
  for (std::size_t i = 0; i < std::size(kTexts); ++i) {
    if ((bits & (1u << i)) != 0) writer.Bytes(record.*kTexts[i]);
  }
  if ((bits & kMarkup) != 0) {
    writer.Varint(record.markup.size());
    for (const LineMarkup& line : record.markup) {
      writer.U8(static_cast<std::uint8_t>(line.tag));
      writer.U8(line.heading_level);
      writer.U8(line.navigation ? 1 : 0);
      writer.U32(std::bit_cast<std::uint32_t>(line.link_share));
    }
  }
  if ((bits & kPublished) != 0) writer.U64(static_cast<std::uint64_t>(*record.published));
  if ((bits & kSeen) != 0) writer.U64(static_cast<std::uint64_t>(*record.seen));
}

bool DecodeMarkup(ByteReader& reader, std::vector<LineMarkup>& lines) {
  const std::uint64_t count = reader.Varint();
  if (!reader.ok() || count == 0 || count > reader.left() / kMarkupBytes) return false;
  lines.resize(count);
  for (LineMarkup& line : lines) {
    const std::uint8_t tag = reader.U8();
    if (tag > kLastTag) return false;
    line.tag = static_cast<LineTag>(tag);
    line.heading_level = reader.U8();
    line.navigation = reader.U8() != 0;
    line.link_share = std::bit_cast<float>(reader.U32());
  }
  return reader.ok();
}

bool DecodeRecord(ByteReader& reader, RecordBatch& batch) {
  Record& record = batch.records.emplace_back();
  const std::uint64_t bits = reader.Varint();
  if (!reader.ok() || bits > kAllBits) return false;
  for (std::size_t i = 0; i < std::size(kTexts); ++i) {
    if ((bits & (1u << i)) != 0) record.*kTexts[i] = reader.Bytes();
  }
  if ((bits & kMarkup) != 0) {
    if (!DecodeMarkup(reader, batch.markup.emplace_back())) return false;
    record.markup = batch.markup.back();
  }
  record.id_is_made = (bits & kIdIsMade) != 0;
  if ((bits & kPublished) != 0) record.published = static_cast<std::int64_t>(reader.U64());
  if ((bits & kSeen) != 0) record.seen = static_cast<std::int64_t>(reader.U64());
  return reader.ok();
}

}  // namespace

void EncodeRecords(std::uint64_t first, std::span<const Record> records, std::string& out) {
  BeginFrame(FrameKind::kRecords, {first, static_cast<std::uint32_t>(records.size())}, out);
  ByteWriter writer(out);
  for (const Record& record : records) EncodeRecord(record, PresentBits(record), writer);
  EndFrame(out);
}

absl::StatusOr<RecordBatch> DecodeRecords(std::string_view bytes) {
  const absl::StatusOr<Frame> frame = OpenFrame(FrameKind::kRecords, bytes);
  if (!frame.ok()) return frame.status();
  RecordBatch batch;
  batch.first = frame->head.first;
  ByteReader reader(frame->payload);
  // A record takes a byte or more.
  if (frame->head.count > reader.left()) return absl::DataLossError("has a wrong count");
  batch.records.reserve(frame->head.count);
  for (std::uint32_t i = 0; i < frame->head.count; ++i) {
    if (!DecodeRecord(reader, batch)) return absl::DataLossError("holds a record that is none");
  }
  if (!reader.AtEnd()) return absl::DataLossError("holds more than its records");
  return batch;
}

std::uint64_t ItemKey(std::string_view source, std::string_view id, std::uint64_t seed) {
  return Mix64(Hash64(source, seed), Hash64(id, seed));
}

RecordKeys KeysOf(const Record& record, std::uint64_t seed, std::string& scratch) {
  scratch.clear();
  ByteWriter writer(scratch);
  EncodeRecord(record, PresentBits(record) & ~kSeen, writer);
  return {Hash64(scratch, seed), ItemKey(record.source, record.id, seed)};
}

}  // namespace samestory::store
