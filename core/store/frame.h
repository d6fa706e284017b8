#ifndef SAMESTORY_STORE_FRAME_H_
#define SAMESTORY_STORE_FRAME_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace samestory::store {

/// What a frame holds. The number stands in its first bytes; a changed encoding gets
/// a new one.
enum class FrameKind : std::uint32_t {
  kRecords = 0x31524553,    ///< "SER1": the records of a batch
  kDecisions = 0x31444553,  ///< "SED1": their decisions
  kManifest = 0x314d4553,   ///< "SEM1": the sections of a snapshot
  kCopies = 0x31504553,     ///< "SEP1": which copies were kept
};

/// The head of a frame: where its entries stand in the stream.
struct FrameHead {
  std::uint64_t first = 0;  ///< number of the first entry
  std::uint32_t count = 0;  ///< entries
};

/// Replaces `out` by the head of a frame; the entries are appended by the caller.
void BeginFrame(FrameKind kind, FrameHead head, std::string& out);

/// Closes the frame with the checksum of all that stands before.
void EndFrame(std::string& out);

struct Frame {
  FrameHead head;
  std::string_view payload;
};

/// The frame in `bytes`, into which the payload is a view. kDataLoss where it is of
/// another kind or its checksum is wrong.
absl::StatusOr<Frame> OpenFrame(FrameKind kind, std::string_view bytes);

/// Checksum of stored bytes that belong to `name`: XXH3-64 of the bytes, keyed by that
/// of the name, so that bytes under another name do not pass.
std::uint64_t Checksum(std::string_view name, std::string_view bytes);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_FRAME_H_
