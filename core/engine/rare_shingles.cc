#include "engine/rare_shingles.h"

#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/rare_shingles.cc"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace samestory {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using Lanes = hn::CappedTag<std::uint32_t, RepeatedShingles::kRoom>;
using Vector = hn::Vec<Lanes>;

Vector Gather(Lanes d, const std::uint32_t* words, Vector index) {
  return hn::GatherIndex(d, words, hn::BitCast(hn::RebindToSigned<Lanes>(), index));
}

Vector CountsOf(Lanes d, const CountTables& counts, Vector shingles) {
  const auto set = [d](std::uint32_t x) { return hn::Set(d, x); };
  const auto small = hn::ShiftRightSame(shingles, static_cast<int>(counts.few_shift));
  const auto few_at = hn::ShiftLeft<2>(hn::And(small, set(7)));
  const auto few = hn::And(hn::Shr(Gather(d, counts.few, hn::ShiftRight<3>(small)), few_at),
                           set(CountTables::kMostFew));
  const auto full = hn::Eq(few, set(CountTables::kMostFew));
  if (hn::AllFalse(d, full)) return few;
  // The lanes that are not full all read one place.
  const auto wide = hn::IfThenElseZero(full, hn::ShiftRight<CountTables::kManyShift>(shingles));
  const auto many_at = hn::ShiftLeft<4>(hn::And(wide, set(1)));
  const auto many = hn::And(hn::Shr(Gather(d, counts.many, hn::ShiftRight<1>(wide)), many_at),
                            set(0xffff));
  return hn::Add(few, hn::IfThenElseZero(full, many));
}

// From eight on the class is the exponent and the first three bits of the fraction.
Vector ClassesOf(Lanes d, Vector counts) {
  const hn::RebindToSigned<Lanes> di;
  const hn::RebindToFloat<Lanes> df;
  const auto bits = hn::BitCast(d, hn::ConvertTo(df, hn::BitCast(di, counts)));
  const auto large = hn::Sub(hn::ShiftRight<20>(bits), hn::Set(d, 8u * (127 + 2)));
  const auto is_small = hn::Lt(hn::BitCast(di, counts), hn::Set(di, 8));
  return hn::IfThenElse(hn::RebindMask(d, is_small), counts, large);
}

void Repeated(const std::uint32_t* HWY_RESTRICT set, std::size_t size, const CountTables& counts,
              std::uint32_t bound, RepeatedShingles& out) {
  const Lanes d;
  const hn::RebindToSigned<Lanes> di;
  out.size = out.busy = 0;
  for (std::size_t i = 0; i < size; i += hn::Lanes(d)) {
    const auto shingles = hn::LoadU(d, set + i);
    const auto count = CountsOf(d, counts, shingles);
    const auto signed_count = hn::BitCast(di, count);
    const auto valid = hn::FirstN(di, size - i);
    const auto repeated = hn::And(valid, hn::Gt(signed_count, hn::Set(di, 1)));
    const auto busy = hn::Gt(signed_count, hn::Set(di, static_cast<std::int32_t>(bound)));
    out.busy += hn::CountTrue(di, hn::And(valid, busy));
    const auto kept = hn::RebindMask(d, repeated);
    hn::StoreU(hn::Compress(shingles, kept), d, out.values + out.size);
    hn::StoreU(hn::Compress(ClassesOf(d, count), kept), d, out.classes + out.size);
    out.size += hn::CountTrue(di, repeated);
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace samestory
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace samestory {

HWY_EXPORT(Repeated);

void FindRepeated(std::span<const std::uint32_t> set, const CountTables& counts,
                  std::uint32_t bound, RepeatedShingles& out) {
  std::uint32_t padded[RepeatedShingles::kMost + RepeatedShingles::kRoom] = {};
  if (!set.empty()) std::memcpy(padded, set.data(), set.size_bytes());
  HWY_DYNAMIC_DISPATCH(Repeated)(padded, set.size(), counts, bound, out);
}

void FindRepeatedScalar(std::span<const std::uint32_t> set, const CountTables& counts,
                        std::uint32_t bound, RepeatedShingles& out) {
  out.size = out.busy = 0;
  for (const std::uint32_t shingle : set) {
    const std::uint32_t count = counts.Count(shingle);
    out.values[out.size] = shingle;
    out.classes[out.size] = CountClass(count);
    out.size += count > 1;
    out.busy += count > bound;
  }
}

}  // namespace samestory
#endif  // HWY_ONCE
