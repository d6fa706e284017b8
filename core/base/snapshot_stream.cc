#include "base/snapshot_stream.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/endian.h"
#include "base/hash.h"

namespace samestory {
namespace {

// A piece: magic, version, its number and whether it is the last, payload, checksum.
constexpr std::uint32_t kMagic = 0x50535353;  // "SSSP"
constexpr std::uint32_t kVersion = 2;
constexpr std::size_t kHeader = 16, kChecksum = 8;
constexpr std::size_t kPieceBytes = std::size_t{4} << 20;

// Words that are read before the next memory is taken.
constexpr std::size_t kStep = std::size_t{1} << 16;

std::string PieceName(std::string_view section, std::uint32_t number) {
  std::string name(section);
  if (number > 0) absl::StrAppend(&name, ".", number);
  return name;
}

}  // namespace

SnapshotWriter::SnapshotWriter(SnapshotSink& sink, std::string_view section)
    : sink_(sink), section_(section) {
  piece_.resize(kHeader);
}

bool SnapshotWriter::Has(SnapshotSink& sink, std::string_view section, std::size_t bytes) {
  constexpr std::size_t kPayload = kPieceBytes - kHeader;
  const std::size_t pieces = std::max<std::size_t>(1, (bytes + kPayload - 1) / kPayload);
  bool all = true;
  // Each is asked for, so that the sink knows that it is needed.
  for (std::size_t i = 0; i < pieces; ++i) {
    all = sink.Has(PieceName(section, static_cast<std::uint32_t>(i))) && all;
  }
  return all;
}

void SnapshotWriter::Put(const void* bytes, std::size_t size) {
  const char* from = static_cast<const char*>(bytes);
  while (size > 0) {
    if (piece_.size() == kPieceBytes) EndPiece(false);
    const std::size_t part = std::min(size, kPieceBytes - piece_.size());
    piece_.append(from, part);
    from += part;
    size -= part;
  }
}

void SnapshotWriter::EndPiece(bool last) {
  StoreLittle32(kMagic, piece_.data());
  StoreLittle32(kVersion, piece_.data() + 4);
  StoreLittle32(number_, piece_.data() + 8);
  StoreLittle32(last ? 1 : 0, piece_.data() + 12);
  char checksum[kChecksum];
  StoreLittle64(Hash64(piece_, 0), checksum);
  piece_.append(checksum, kChecksum);
  if (status_.ok()) status_ = sink_.Put(PieceName(section_, number_), piece_);
  ++number_;
  piece_.resize(kHeader);
}

void SnapshotWriter::U32(std::uint32_t value) {
  char bytes[4];
  StoreLittle32(value, bytes);
  Put(bytes, sizeof(bytes));
}

void SnapshotWriter::U64(std::uint64_t value) {
  char bytes[8];
  StoreLittle64(value, bytes);
  Put(bytes, sizeof(bytes));
}

void SnapshotWriter::F64(double value) { U64(std::bit_cast<std::uint64_t>(value)); }

void SnapshotWriter::String(std::string_view bytes) {
  U64(bytes.size());
  Put(bytes.data(), bytes.size());
}

void SnapshotWriter::Words(std::span<const std::uint32_t> words) {
  U64(words.size());
  if constexpr (std::endian::native == std::endian::little) {
    Put(words.data(), words.size_bytes());
  } else {
    for (const std::uint32_t word : words) U32(word);
  }
}

absl::Status SnapshotWriter::Finish() {
  EndPiece(true);
  return status_;
}

SnapshotReader::SnapshotReader(SnapshotSource& source, std::string_view section)
    : source_(source), section_(section) {}

void SnapshotReader::Fail(std::string_view why) {
  if (status_.ok()) {
    status_ = absl::DataLossError(absl::StrCat("section ", section_, " of the snapshot: ", std::string(why)));
  }
}

bool SnapshotReader::Check(bool condition, std::string_view why) {
  if (!condition) Fail(why);
  return condition;
}

bool SnapshotReader::CheckVersion(std::uint32_t version) {
  if (number_ == 0) version_ = version;
  return Check(version == version_ && version >= 1 && version <= kVersion,
               "of a version that is not known");
}

bool SnapshotReader::NextPiece() {
  if (!ok()) return false;
  if (last_) {
    Fail("it ends too early");
    return false;
  }
  absl::StatusOr<std::string> piece = source_.Get(PieceName(section_, number_));
  if (!piece.ok()) {
    status_ = piece.status();
    return false;
  }
  piece_ = *std::move(piece);
  if (!Check(piece_.size() >= kHeader + kChecksum && LoadLittle32(piece_.data()) == kMagic,
             "it is no section")) {
    return false;
  }
  at_ = kHeader;
  end_ = piece_.size() - kChecksum;
  if (!Check(LoadLittle64(piece_.data() + end_) == Hash64({piece_.data(), end_}, 0),
             "wrong checksum") ||
      !CheckVersion(LoadLittle32(piece_.data() + 4)) ||
      !Check(LoadLittle32(piece_.data() + 8) == number_, "a piece stands in another's place")) {
    return false;
  }
  last_ = LoadLittle32(piece_.data() + 12) != 0;
  ++number_;
  return true;
}

void SnapshotReader::Raw(void* bytes, std::size_t size) {
  char* const to = static_cast<char*>(bytes);
  for (std::size_t done = 0; done < size;) {
    if (!ok() || (at_ == end_ && !NextPiece())) {
      std::memset(to, 0, size);
      return;
    }
    const std::size_t part = std::min(size - done, end_ - at_);
    std::memcpy(to + done, piece_.data() + at_, part);
    at_ += part;
    done += part;
  }
}

std::uint8_t SnapshotReader::U8() {
  std::uint8_t value;
  Raw(&value, sizeof(value));
  return value;
}

std::uint32_t SnapshotReader::U32() {
  char bytes[4];
  Raw(bytes, sizeof(bytes));
  return LoadLittle32(bytes);
}

std::uint64_t SnapshotReader::U64() {
  char bytes[8];
  Raw(bytes, sizeof(bytes));
  return LoadLittle64(bytes);
}

double SnapshotReader::F64() { return std::bit_cast<double>(U64()); }

std::string SnapshotReader::String() {
  std::string string;
  for (std::uint64_t left = U64(); left > 0 && ok();) {
    const std::size_t step = std::min<std::uint64_t>(left, kStep);
    string.resize(string.size() + step);
    Raw(string.data() + string.size() - step, step);
    left -= step;
  }
  return ok() ? string : std::string();
}

std::vector<std::uint32_t> SnapshotReader::Words() {
  std::vector<std::uint32_t> words;
  for (std::uint64_t left = U64(); left > 0 && ok();) {
    const std::size_t step = std::min<std::uint64_t>(left, kStep);
    words.resize(words.size() + step);
    Raw(words.data() + words.size() - step, step * sizeof(std::uint32_t));
    left -= step;
  }
  if constexpr (std::endian::native == std::endian::big) {
    for (std::uint32_t& word : words) word = LoadLittle32(&word);
  }
  if (!ok()) words.clear();
  return words;
}

absl::Status SnapshotReader::Finish() {
  if (number_ == 0) NextPiece();
  if (ok()) Check(at_ == end_ && last_, "something is left at its end");
  return status_;
}

}  // namespace samestory
