#ifndef SAMESTORY_INDEX_BUCKET_H_
#define SAMESTORY_INDEX_BUCKET_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace samestory::internal {

inline constexpr int kSlots = 10;     // entries of a bucket
inline constexpr int kExtraBits = 3;  // tag bits beside the 16-bit tag

/// One cache line of ten entries: a record and 19 bits of its key.
struct alignas(64) Bucket {
  /// Record number plus one; 0 is an empty slot.
  std::uint32_t records[kSlots];

  /// The first 16 of the tag bits. The very first says which half of the pair is
  /// the entry's home.
  std::uint16_t tags[kSlots];

  /// Bits 0 to 29: three planes of ten, the further tag bits of every slot. Then
  /// the two flags below.
  std::uint32_t extra;
};
static_assert(sizeof(Bucket) == 64);

/// An entry whose home is this bucket stands in the other bucket of the pair.
inline constexpr std::uint32_t kOverflowFlag = 1u << 30;
/// An entry whose home is this bucket stands in the spill table.
inline constexpr std::uint32_t kSpillFlag = 1u << 31;

/// The unit of placement: 128 bytes, two buckets. An entry stands in its home, in
/// the other bucket where home is full, or else in the spill table.
struct alignas(128) Pair {
  Bucket half[2];
};

// Vector extensions of GCC and Clang: SSE2 on x86-64 and NEON on ARM from one source. The work on
// one bucket is too little to be worth a run-time dispatch.
namespace vec {

using U8x16 = std::uint8_t __attribute__((vector_size(16)));
using U16x8 = std::uint16_t __attribute__((vector_size(16)));
using U32x4 = std::uint32_t __attribute__((vector_size(16)));
using U64x2 = std::uint64_t __attribute__((vector_size(16)));

template <typename V>
V Load(const void* from) {
  V v;
  std::memcpy(&v, from, sizeof v);
  return v;
}

/// Bit i is set where byte i is 0xff; the others must be 0.
template <typename V>
std::uint32_t MoveMask(V v) {
#if defined(__SSE2__)
  using Char = char __attribute__((vector_size(16)));
  return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(reinterpret_cast<Char>(v)));
#else
  const U8x16 bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const U64x2 x = reinterpret_cast<U64x2>(reinterpret_cast<U8x16>(v) & bits);
  const auto fold = [](std::uint64_t y) {
    y |= y >> 32;
    y |= y >> 16;
    y |= y >> 8;
    return static_cast<std::uint32_t>(y & 0xff);
  };
  return fold(x[0]) | fold(x[1]) << 8;
#endif
}

}  // namespace vec

/// Slots whose 16-bit tag equals `tag` in the bits of `significant`, empty ones too: two bits a
/// slot.
inline std::uint32_t WideTagMask(const Bucket& bucket, std::uint16_t tag,
                                 std::uint16_t significant) {
  using namespace vec;
  const U16x8 first = (Load<U16x8>(bucket.tags) ^ tag) & significant;
  const U16x8 last = (Load<U16x8>(bucket.tags + 2) ^ tag) & significant;  // slots 2 to 9
  return MoveMask(first == 0) | (MoveMask(last == 0) & 0xf000) << 4;
}

/// The same, one bit a slot.
inline std::uint32_t NarrowMask(std::uint32_t wide) {
  wide &= 0x55555;
  wide = (wide | wide >> 1) & 0x33333;
  wide = (wide | wide >> 2) & 0x0f0f0f;
  wide = (wide | wide >> 4) & 0xff00ff;
  return (wide | wide >> 8) & 0x3ff;
}

/// Slots that are empty or whose record is expired (stored number <= `horizon`): the four bits
/// from 4 * slot on.
inline std::uint64_t FreeMask(const Bucket& bucket, std::uint32_t horizon) {
  using namespace vec;
  const U32x4 limit = U32x4{} + horizon;
  const auto free = [&](int slot) {
    return std::uint64_t{MoveMask(Load<U32x4>(bucket.records + slot) <= limit)};
  };
  return free(0) | free(4) << 16 | (free(6) >> 8) << 32;
}
inline int SlotOfFreeMask(std::uint64_t mask) { return std::countr_zero(mask) / 4; }

/// Those slots of `mask` whose further tag bits are `extra` in the bits of `significant`.
inline std::uint32_t ExtraMask(const Bucket& bucket, std::uint32_t extra, std::uint32_t significant,
                               std::uint32_t mask) {
  for (int bit = 0; bit < kExtraBits; ++bit) {
    if ((significant >> (kExtraBits - 1 - bit) & 1) == 0) continue;
    const std::uint32_t plane = bucket.extra >> (kSlots * bit);
    mask &= (extra >> (kExtraBits - 1 - bit) & 1) != 0 ? plane : ~plane;
  }
  return mask;
}

/// The further tag bits of `slot`, first bit on top.
inline std::uint32_t ExtraOf(const Bucket& bucket, int slot) {
  const std::uint32_t planes = bucket.extra >> slot;
  return (planes & 1) << 2 | (planes >> kSlots & 1) << 1 | (planes >> (2 * kSlots) & 1);
}

inline void SetExtra(Bucket& bucket, int slot, std::uint32_t extra) {
  constexpr std::uint32_t kPlanes = 1u | 1u << kSlots | 1u << (2 * kSlots);
  const std::uint32_t planes =
      (extra >> 2) | (extra >> 1 & 1) << kSlots | (extra & 1) << (2 * kSlots);
  bucket.extra = (bucket.extra & ~(kPlanes << slot)) | planes << slot;
}

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_BUCKET_H_
