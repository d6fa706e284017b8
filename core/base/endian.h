#ifndef SAMESTORY_BASE_ENDIAN_H_
#define SAMESTORY_BASE_ENDIAN_H_

#include <bit>
#include <cstdint>
#include <cstring>

namespace samestory {

/// Reads 8 bytes, lowest first, on a machine of any byte order.
inline std::uint64_t LoadLittle64(const void* bytes) {
  std::uint64_t value;
  std::memcpy(&value, bytes, sizeof(value));
  if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap64(value);
  return value;
}

/// Writes 8 bytes, lowest first.
inline void StoreLittle64(std::uint64_t value, void* bytes) {
  if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap64(value);
  std::memcpy(bytes, &value, sizeof(value));
}

/// Reads 2 bytes, lowest first.
inline std::uint16_t LoadLittle16(const void* bytes) {
  std::uint16_t value;
  std::memcpy(&value, bytes, sizeof(value));
  if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap16(value);
  return value;
}

/// Writes 2 bytes, lowest first.
inline void StoreLittle16(std::uint16_t value, void* bytes) {
  if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap16(value);
  std::memcpy(bytes, &value, sizeof(value));
}

/// Reads 4 bytes, lowest first.
inline std::uint32_t LoadLittle32(const void* bytes) {
  std::uint32_t value;
  std::memcpy(&value, bytes, sizeof(value));
  if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap32(value);
  return value;
}

/// Writes 4 bytes, lowest first.
inline void StoreLittle32(std::uint32_t value, void* bytes) {
  if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap32(value);
  std::memcpy(bytes, &value, sizeof(value));
}

}  // namespace samestory

#endif  // SAMESTORY_BASE_ENDIAN_H_
