#ifndef SAMESTORY_BASE_SNAPSHOT_STREAM_H_
#define SAMESTORY_BASE_SNAPSHOT_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "samestory/snapshot.h"

namespace samestory {

/// Writes one section of a snapshot as numbers and strings, lowest byte first, in
/// pieces of a bounded size that are named SECTION, SECTION.1, SECTION.2 ... Each piece
/// has a version and a checksum; docs/state.md specifies it. An error stays, and what
/// is written after it goes nowhere.
class SnapshotWriter {
 public:
  /// `sink` must outlive the writer.
  SnapshotWriter(SnapshotSink& sink, std::string_view section);

  /// Whether the sink has all pieces of a section of `bytes` bytes that never changes.
  static bool Has(SnapshotSink& sink, std::string_view section, std::size_t bytes);

  void U8(std::uint8_t value) { Put(&value, 1); }
  void U32(std::uint32_t value);
  void U64(std::uint64_t value);
  void F64(double value);
  void String(std::string_view bytes);                   ///< its length, then itself
  void Words(std::span<const std::uint32_t> words);      ///< their number, then themselves
  void Raw(const void* bytes, std::size_t size) { Put(bytes, size); }

  /// Writes the last piece. The first error of all, if any.
  absl::Status Finish();

 private:
  void Put(const void* bytes, std::size_t size);
  void EndPiece(bool last);

  SnapshotSink& sink_;
  std::string section_;
  std::string piece_;
  std::uint32_t number_ = 0;
  absl::Status status_;
};

/// Reads what SnapshotWriter wrote. The first error stays, and zeros and nothing are
/// read after it; so it is enough to ask for it at the end, in loops whose length was
/// read, and before what was read is used as an index.
class SnapshotReader {
 public:
  SnapshotReader(SnapshotSource& source, std::string_view section);

  std::uint8_t U8();
  std::uint32_t U32();
  std::uint64_t U64();
  double F64();
  std::string String();
  std::vector<std::uint32_t> Words();
  void Raw(void* bytes, std::size_t size);

  /// kDataLoss: the section is not what it should be.
  void Fail(std::string_view why);
  /// Fail(why) unless `condition`; returns it.
  bool Check(bool condition, std::string_view why);
  bool ok() const { return status_.ok(); }

  /// Version of the layout that the section was written in, once something was read: 1, or 2,
  /// in which tables of keys hold what is in them alone.
  std::uint32_t version() const { return version_; }

  /// The first error; also where something is left unread.
  absl::Status Finish();

 private:
  bool NextPiece();
  bool CheckVersion(std::uint32_t version);

  SnapshotSource& source_;
  std::string section_;
  std::string piece_;
  std::size_t at_ = 0, end_ = 0;  // of the payload in piece_
  std::uint32_t number_ = 0;      // of the next piece
  std::uint32_t version_ = 0;
  bool last_ = false;
  absl::Status status_;
};

}  // namespace samestory

#endif  // SAMESTORY_BASE_SNAPSHOT_STREAM_H_
