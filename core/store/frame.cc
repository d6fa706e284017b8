#include "store/frame.h"

#include "absl/status/status.h"
#include "base/hash.h"
#include "store/bytes.h"

namespace samestory::store {
namespace {

constexpr std::size_t kHeadBytes = 4 + 8 + 4;
constexpr std::size_t kSumBytes = 8;

}  // namespace

void BeginFrame(FrameKind kind, FrameHead head, std::string& out) {
  out.clear();
  ByteWriter writer(out);
  writer.U32(static_cast<std::uint32_t>(kind));
  writer.U64(head.first);
  writer.U32(head.count);
}

void EndFrame(std::string& out) { ByteWriter(out).U64(Hash64(out, 0)); }

absl::StatusOr<Frame> OpenFrame(FrameKind kind, std::string_view bytes) {
  if (bytes.size() < kHeadBytes + kSumBytes) return absl::DataLossError("is cut off");
  const std::string_view summed = bytes.substr(0, bytes.size() - kSumBytes);
  if (LoadLittle64(bytes.data() + summed.size()) != Hash64(summed, 0)) {
    return absl::DataLossError("has a wrong checksum");
  }
  ByteReader reader(summed);
  if (reader.U32() != static_cast<std::uint32_t>(kind)) {
    return absl::DataLossError("is of another kind or of an unknown version");
  }
  Frame frame;
  frame.head.first = reader.U64();
  frame.head.count = reader.U32();
  frame.payload = summed.substr(kHeadBytes);
  return frame;
}

std::uint64_t Checksum(std::string_view name, std::string_view bytes) {
  return Hash64(bytes, Hash64(name, 0));
}

}  // namespace samestory::store
