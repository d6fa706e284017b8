#ifndef SAMESTORY_STORE_BYTES_H_
#define SAMESTORY_STORE_BYTES_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/endian.h"

namespace samestory::store {

/// Appends numbers to a string: fixed ones lowest byte first, Varint in LEB128 (7 bits
/// a byte, lowest first, the top bit set on all but the last byte).
class ByteWriter {
 public:
  /// Appends to `out`, which must outlive the writer.
  explicit ByteWriter(std::string& out) : out_(out) {}

  void U8(std::uint8_t value) { out_ += static_cast<char>(value); }

  void U32(std::uint32_t value) {
    char bytes[4];
    StoreLittle32(value, bytes);
    out_.append(bytes, sizeof(bytes));
  }

  void U64(std::uint64_t value) {
    char bytes[8];
    StoreLittle64(value, bytes);
    out_.append(bytes, sizeof(bytes));
  }

  void F64(double value) { U64(std::bit_cast<std::uint64_t>(value)); }

  void Varint(std::uint64_t value) {
    while (value >= 0x80) {
      U8(static_cast<std::uint8_t>(value | 0x80));
      value >>= 7;
    }
    U8(static_cast<std::uint8_t>(value));
  }

  /// The length as a Varint, then the bytes.
  void Bytes(std::string_view bytes) {
    Varint(bytes.size());
    out_ += bytes;
  }

 private:
  std::string& out_;
};

/// Reads what ByteWriter wrote. Reading past the end, or a Varint that is none, makes
/// ok() false and gives zeros from then on.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  std::uint8_t U8() {
    const std::string_view got = Take(1);
    return got.empty() ? 0 : static_cast<std::uint8_t>(got[0]);
  }

  std::uint32_t U32() {
    const std::string_view got = Take(4);
    return got.empty() ? 0 : LoadLittle32(got.data());
  }

  std::uint64_t U64() {
    const std::string_view got = Take(8);
    return got.empty() ? 0 : LoadLittle64(got.data());
  }

  double F64() { return std::bit_cast<double>(U64()); }

  std::uint64_t Varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint8_t byte = U8();
      const std::uint64_t part = byte & 0x7f;
      if (part << shift >> shift != part) break;
      value |= part << shift;
      if ((byte & 0x80) == 0) return ok_ ? value : 0;
    }
    ok_ = false;
    return 0;
  }

  std::string_view Bytes() {
    const std::uint64_t size = Varint();
    return Take(size);
  }

  bool ok() const { return ok_; }
  std::size_t left() const { return bytes_.size() - at_; }
  std::size_t position() const { return at_; }

  /// All was read and nothing is missing.
  bool AtEnd() const { return ok_ && left() == 0; }

 private:
  std::string_view Take(std::uint64_t size) {
    if (!ok_ || size > left()) {
      ok_ = false;
      return {};
    }
    const std::string_view taken = bytes_.substr(at_, size);
    at_ += size;
    return taken;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_BYTES_H_
