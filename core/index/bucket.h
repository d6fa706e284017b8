#ifndef SAMESTORY_INDEX_BUCKET_H_
#define SAMESTORY_INDEX_BUCKET_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace samestory::internal {

inline constexpr int kSlots = 10;                        // entries of a bucket
inline constexpr std::uint32_t kAllSlots = (1u << kSlots) - 1;
inline constexpr int kExtraBits = 3;                     // tag bits beside the 16-bit tag

/// One cache line of ten entries: a record and 19 bits of its key. Sets of slots
/// are masks of ten bits.
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

namespace bucket_vectors {

// Vector extensions of GCC and Clang: SSE2 on x86-64 and NEON on ARM from one source. The masks of
// one bucket are too little work to be worth a run-time dispatch.
using U16x8 = std::uint16_t __attribute__((vector_size(16)));
using U32x4 = std::uint32_t __attribute__((vector_size(16)));
using U64x2 = std::uint64_t __attribute__((vector_size(16)));

template <typename V>
V Load(const void* from) {
  V v;
  std::memcpy(&v, from, sizeof v);
  return v;
}

// The OR of all lanes of 16 bits, or of 32.
inline std::uint32_t OrLanes(U64x2 v) {
  std::uint64_t x = v[0] | v[1];
  x |= x >> 32;
  return static_cast<std::uint32_t>(x);
}

}  // namespace bucket_vectors

/// Slots whose 16-bit tag equals `tag` in the bits of `significant`, empty ones too.
inline std::uint32_t TagMask(const Bucket& bucket, std::uint16_t tag, std::uint16_t significant) {
  using namespace bucket_vectors;
  const U16x8 bits = {1, 2, 4, 8, 16, 32, 64, 128};
  const U16x8 differing = (Load<U16x8>(bucket.tags) ^ tag) & significant;
  std::uint32_t mask =
      OrLanes(reinterpret_cast<U64x2>(reinterpret_cast<U16x8>(differing == 0) & bits));
  mask = (mask | mask >> 16) & 0xff;
  for (int slot = 8; slot < kSlots; ++slot) {
    const bool equal = ((bucket.tags[slot] ^ tag) & significant) == 0;
    mask |= static_cast<std::uint32_t>(equal) << slot;
  }
  return mask;
}

/// Slots that are empty or whose record is expired: stored number <= `horizon`.
inline std::uint32_t FreeMask(const Bucket& bucket, std::uint32_t horizon) {
  using namespace bucket_vectors;
  const U32x4 limit = U32x4{} + horizon;
  const auto free = [&](int first, U32x4 bits) {
    return reinterpret_cast<U32x4>(Load<U32x4>(bucket.records + first) <= limit) & bits;
  };
  const U32x4 lanes =
      free(0, U32x4{1, 2, 4, 8}) | free(4, U32x4{16, 32, 64, 128}) | free(6, U32x4{0, 0, 256, 512});
  return OrLanes(reinterpret_cast<U64x2>(lanes));
}

/// Those of the slots in `mask` whose first `bits` further tag bits are those of `extra`, a
/// number of kExtraBits bits with the first on top.
inline std::uint32_t ExtraMask(const Bucket& bucket, std::uint32_t extra, int bits,
                               std::uint32_t mask) {
  for (int bit = 0; bit < bits; ++bit) {
    const std::uint32_t plane = bucket.extra >> (kSlots * bit);
    mask &= (extra >> (kExtraBits - 1 - bit) & 1) != 0 ? plane : ~plane;
  }
  return mask;
}

/// The further tag bits of `slot`.
inline std::uint32_t ExtraOf(const Bucket& bucket, int slot) {
  std::uint32_t extra = 0;
  for (int bit = 0; bit < kExtraBits; ++bit) {
    extra = extra << 1 | (bucket.extra >> (kSlots * bit + slot) & 1);
  }
  return extra;
}

inline void SetExtra(Bucket& bucket, int slot, std::uint32_t extra) {
  for (int bit = 0; bit < kExtraBits; ++bit) {
    const int at = kSlots * bit + slot;
    bucket.extra = (bucket.extra & ~(1u << at)) | (extra >> (kExtraBits - 1 - bit) & 1) << at;
  }
}

/// The lowest slot of a mask that is not empty.
inline int FirstSlot(std::uint32_t mask) { return std::countr_zero(mask); }

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_BUCKET_H_
