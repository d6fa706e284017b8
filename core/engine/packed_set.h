#ifndef SAMESTORY_ENGINE_PACKED_SET_H_
#define SAMESTORY_ENGINE_PACKED_SET_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace samestory {

/// A shingle set in less room: for the upper six bits of its values a bit map in which bit (upper
/// six + place in the set) is set, then the lower 26 bits of each, one after another. That takes 27
/// bits a shingle and 64 a set. (Elias, "Efficient storage and retrieval by content and address of
/// static files", JACM 21, 1974.)
inline constexpr unsigned kPackedLowBits = 26, kPackedHighBits = 32 - kPackedLowBits;

/// Sets of fewer would gain nothing to speak of.
inline constexpr std::size_t kLeastPacked = 40;

/// Words of a packed set of `size` values, and of its bit map; what packs and unpacks it touches up
/// to kPackedRoom words behind them.
constexpr std::size_t PackedHighWords(std::size_t size) {
  return (size + (std::size_t{1} << kPackedHighBits) + 31) / 32;
}
constexpr std::size_t PackedWords(std::size_t size) {
  return PackedHighWords(size) + (size * kPackedLowBits + 31) / 32;
}
inline constexpr std::size_t kPackedRoom = 4;

/// Values behind the last that unpacking may write.
inline constexpr std::size_t kUnpackedRoom = 4;

/// `set` ascends and holds kLeastPacked values or more. About 2 ns a shingle.
void PackSet(std::span<const std::uint32_t> set, std::uint32_t* packed);

/// Writes the `size` values of a packed set to `set`. About 2 ns a shingle. The second does the
/// same bit by bit.
void UnpackSet(const std::uint32_t* packed, std::size_t size, std::uint32_t* set);
void UnpackSetBitwise(const std::uint32_t* packed, std::size_t size, std::uint32_t* set);

/// Of the values of a packed set whose upper six bits are from `upper` to before `end`, those whose
/// place in the set is marked: bit (first_mark + place) of `marks`. Writes them to `values`, which
/// has one place more than it needs, and returns their number. Some 20 ns and 2 ns a value.
std::size_t UnpackMarked(const std::uint32_t* packed, std::size_t size, unsigned upper,
                         unsigned end, const std::uint64_t* marks, std::size_t first_mark,
                         std::uint32_t* values);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_PACKED_SET_H_
