#include "engine/rare_shingles.h"

#include <algorithm>
#include <cstring>
#include <numeric>

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

Vector SmallCounts(Lanes d, const CountTables& counts, Vector shingles) {
  const auto small = hn::ShiftRightSame(shingles, static_cast<int>(counts.few_shift));
  const auto at = hn::ShiftLeft<2>(hn::And(small, hn::Set(d, 7)));
  return hn::And(hn::Shr(Gather(d, counts.few, hn::ShiftRight<3>(small)), at),
                 hn::Set(d, CountTables::kMostFew));
}

// Counts of which the small counters say `few`.
Vector WholeCounts(Lanes d, const CountTables& counts, Vector shingles, Vector few) {
  const auto full = hn::Eq(few, hn::Set(d, CountTables::kMostFew));
  // The lanes that are not full all read one place.
  const auto wide = hn::IfThenElseZero(full, hn::ShiftRight<CountTables::kManyShift>(shingles));
  const auto at = hn::ShiftLeft<4>(hn::And(wide, hn::Set(d, 1)));
  const auto many = hn::And(hn::Shr(Gather(d, counts.many, hn::ShiftRight<1>(wide)), at),
                            hn::Set(d, 0xffff));
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
              std::size_t enough, std::uint32_t bound, RepeatedShingles& out) {
  const Lanes d;
  const hn::RebindToSigned<Lanes> di;
  std::uint32_t all_few[RepeatedShingles::kMost + RepeatedShingles::kRoom];
  std::size_t rare = 0;
  for (std::size_t i = 0; i < size; i += hn::Lanes(d)) {
    const auto few = SmallCounts(d, counts, hn::LoadU(d, set + i));
    hn::StoreU(few, d, all_few + i);
    const auto full = hn::Set(d, CountTables::kMostFew);
    rare += hn::CountTrue(d, hn::And(hn::Lt(few, full), hn::FirstN(d, size - i)));
  }
  const bool only_rare = rare >= enough;
  out.size = out.single = out.busy = 0;
  for (std::size_t i = 0; i < size; i += hn::Lanes(d)) {
    const auto shingles = hn::LoadU(d, set + i);
    auto count = hn::LoadU(d, all_few + i);
    auto valid = hn::FirstN(di, size - i);
    if (only_rare) {
      const auto most = hn::Set(di, static_cast<std::int32_t>(CountTables::kMostFew));
      valid = hn::And(valid, hn::Lt(hn::BitCast(di, count), most));
    } else {
      count = WholeCounts(d, counts, shingles, count);
    }
    const auto signed_count = hn::BitCast(di, count);
    const auto repeated = hn::And(valid, hn::Gt(signed_count, hn::Set(di, 1)));
    const auto busy = hn::Gt(signed_count, hn::Set(di, static_cast<std::int32_t>(bound)));
    const std::size_t kept_here = hn::CountTrue(di, repeated);
    out.single += hn::CountTrue(di, valid) - kept_here;
    out.busy += hn::CountTrue(di, hn::And(valid, busy));
    const auto kept = hn::RebindMask(d, repeated);
    hn::StoreU(hn::Compress(shingles, kept), d, out.values + out.size);
    hn::StoreU(hn::Compress(ClassesOf(d, count), kept), d, out.classes + out.size);
    out.size += kept_here;
  }
}

// How many of the classes are below `bound`. Whole vectors are read.
std::size_t CountBelow(const RepeatedShingles& found, std::uint32_t bound) {
  const hn::RebindToSigned<Lanes> d;
  const auto limit = hn::Set(d, static_cast<std::int32_t>(bound));
  std::size_t count = 0;
  for (std::size_t i = 0; i < found.size; i += hn::Lanes(d)) {
    const auto classes = hn::BitCast(d, hn::LoadU(Lanes(), found.classes + i));
    count += hn::CountTrue(d, hn::Lt(classes, limit));
  }
  return count;
}

void Select(RepeatedShingles& found, std::size_t wanted, std::uint32_t* HWY_RESTRICT rarest) {
  const Lanes d;
  for (std::size_t i = 0; i < RepeatedShingles::kRoom; i += hn::Lanes(d)) {
    hn::StoreU(hn::Set(d, 1u << kClassBits), d, found.classes + found.size + i);
  }
  // The highest class below which there are not more than are wanted, bit by bit.
  std::uint32_t last = 0;
  for (std::uint32_t bit = 1u << (kClassBits - 1); bit != 0; bit >>= 1) {
    if (CountBelow(found, last | bit) <= wanted) last |= bit;
  }
  std::uint32_t equal[RepeatedShingles::kMost + RepeatedShingles::kRoom];
  std::size_t below = 0, equals = 0;
  for (std::size_t i = 0; i < found.size; i += hn::Lanes(d)) {
    const auto values = hn::LoadU(d, found.values + i), classes = hn::LoadU(d, found.classes + i);
    const auto is_equal = hn::Eq(classes, hn::Set(d, last));
    const auto is_below = hn::Lt(classes, hn::Set(d, last));
    hn::StoreU(hn::Compress(values, is_below), d, rarest + below);
    hn::StoreU(hn::Compress(values, is_equal), d, equal + equals);
    below += hn::CountTrue(d, is_below);
    equals += hn::CountTrue(d, is_equal);
  }
  std::memcpy(rarest + below, equal, (wanted - below) * sizeof(equal[0]));
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace samestory
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace samestory {

HWY_EXPORT(Repeated);
HWY_EXPORT(Select);

void FindRepeated(std::span<const std::uint32_t> set, const CountTables& counts,
                  std::size_t enough, std::uint32_t bound, RepeatedShingles& out) {
  std::uint32_t padded[RepeatedShingles::kMost + RepeatedShingles::kRoom];
  if (!set.empty()) std::memcpy(padded, set.data(), set.size_bytes());
  std::fill_n(padded + set.size(), RepeatedShingles::kRoom, 0u);
  HWY_DYNAMIC_DISPATCH(Repeated)(padded, set.size(), counts, enough, bound, out);
}

void SelectRarest(RepeatedShingles& found, std::size_t wanted, std::uint32_t* rarest) {
  HWY_DYNAMIC_DISPATCH(Select)(found, wanted, rarest);
}

void SelectRarestScalar(const RepeatedShingles& found, std::size_t wanted, std::uint32_t* rarest) {
  std::size_t order[RepeatedShingles::kMost];
  std::iota(order, order + found.size, std::size_t{0});
  std::stable_sort(order, order + found.size, [&found](std::size_t a, std::size_t b) {
    return found.classes[a] < found.classes[b];
  });
  for (std::size_t i = 0; i < wanted; ++i) rarest[i] = found.values[order[i]];
}

void FindRepeatedScalar(std::span<const std::uint32_t> set, const CountTables& counts,
                        std::size_t enough, std::uint32_t bound, RepeatedShingles& out) {
  const auto is_rare = [&](std::uint32_t s) { return counts.Few(s) < CountTables::kMostFew; };
  const bool only_rare = static_cast<std::size_t>(std::ranges::count_if(set, is_rare)) >= enough;
  out.size = out.single = out.busy = 0;
  for (const std::uint32_t shingle : set) {
    if (only_rare && !is_rare(shingle)) continue;
    const std::uint32_t count = counts.Count(shingle);
    out.values[out.size] = shingle;
    out.classes[out.size] = CountClass(count);
    out.size += count > 1;
    out.single += count <= 1;
    out.busy += count > bound;
  }
}

}  // namespace samestory
#endif  // HWY_ONCE
