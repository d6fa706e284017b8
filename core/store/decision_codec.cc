#include "store/decision_codec.h"

#include <algorithm>
#include <bit>

#include "absl/status/status.h"
#include "store/bytes.h"
#include "store/frame.h"

namespace samestory::store {
namespace {

constexpr std::uint8_t kLastRelation = static_cast<std::uint8_t>(Relation::kTemplate);

// Beside the relation, in one byte.
constexpr unsigned kHeadlineAgreed = 0x10, kBodyAgreed = 0x20;

// Smallest decision: two keys, relation, story, `of`, two numbers, `other`.
constexpr std::size_t kLeastBytes = 16 + 1 + 1 + 1 + 8 + 8 + 1;
constexpr std::size_t kLeastOtherBytes = 4;

bool SameBits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool SameOther(const OtherHeadline& a, const OtherHeadline& b) {
  return a.begin == b.begin && a.end == b.end && a.story == b.story && a.of == b.of;
}

void Encode(const FiledDecision& filed, ByteWriter& writer) {
  const Decision& decision = filed.decision;
  writer.U64(filed.keys.content);
  writer.U64(filed.keys.item);
  writer.U8(static_cast<std::uint8_t>(static_cast<unsigned>(decision.relation) |
                                      (decision.agreed.headline ? kHeadlineAgreed : 0u) |
                                      (decision.agreed.body ? kBodyAgreed : 0u)));
  writer.Varint(decision.story);
  writer.Bytes(decision.of);
  writer.F64(decision.similarity);
  writer.F64(decision.probability);
  writer.Varint(decision.other.size());
  for (const OtherHeadline& other : decision.other) {
    writer.Varint(other.begin);
    writer.Varint(other.end - other.begin);
    // Stories are numbered from 1: 0 says none.
    writer.Varint(other.story.value_or(0));
    writer.Bytes(other.of);
  }
}

bool DecodeOther(ByteReader& reader, std::vector<OtherHeadline>& all) {
  const std::uint64_t count = reader.Varint();
  if (!reader.ok() || count > reader.left() / kLeastOtherBytes) return false;
  all.resize(count);
  for (OtherHeadline& other : all) {
    other.begin = reader.Varint();
    other.end = other.begin + reader.Varint();
    if (other.end < other.begin) return false;
    const std::uint64_t story = reader.Varint();
    if (story != 0) other.story = story;
    other.of = reader.Bytes();
  }
  return reader.ok();
}

bool Decode(ByteReader& reader, FiledDecision& filed) {
  Decision& decision = filed.decision;
  filed.keys.content = reader.U64();
  filed.keys.item = reader.U64();
  const std::uint8_t outcome = reader.U8();
  const unsigned relation = outcome & ~(kHeadlineAgreed | kBodyAgreed);
  if (relation > kLastRelation) return false;
  decision.agreed = {(outcome & kHeadlineAgreed) != 0, (outcome & kBodyAgreed) != 0};
  decision.relation = static_cast<Relation>(relation);
  decision.story = reader.Varint();
  decision.of = reader.Bytes();
  decision.similarity = reader.F64();
  decision.probability = reader.F64();
  return DecodeOther(reader, decision.other);
}

}  // namespace

bool SameDecision(const Decision& a, const Decision& b) {
  return a.relation == b.relation && a.story == b.story && a.of == b.of && a.agreed == b.agreed &&
         SameBits(a.similarity, b.similarity) && SameBits(a.probability, b.probability) &&
         std::ranges::equal(a.other, b.other, SameOther);
}

bool operator==(const FiledDecision& a, const FiledDecision& b) {
  return a.keys == b.keys && SameDecision(a.decision, b.decision);
}

void EncodeDecisions(std::uint64_t first, std::span<const FiledDecision> filed, std::string& out) {
  BeginFrame(FrameKind::kDecisions, {first, static_cast<std::uint32_t>(filed.size())}, out);
  ByteWriter writer(out);
  for (const FiledDecision& entry : filed) Encode(entry, writer);
  EndFrame(out);
}

absl::StatusOr<DecisionBatch> DecodeDecisions(std::string_view bytes) {
  const absl::StatusOr<Frame> frame = OpenFrame(FrameKind::kDecisions, bytes);
  if (!frame.ok()) return frame.status();
  ByteReader reader(frame->payload);
  if (frame->head.count > reader.left() / kLeastBytes) {
    return absl::DataLossError("has a wrong count");
  }
  DecisionBatch batch;
  batch.first = frame->head.first;
  batch.filed.resize(frame->head.count);
  for (FiledDecision& filed : batch.filed) {
    if (!Decode(reader, filed)) return absl::DataLossError("holds a decision that is none");
  }
  if (!reader.AtEnd()) return absl::DataLossError("holds more than its decisions");
  return batch;
}

}  // namespace samestory::store
