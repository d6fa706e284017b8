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

using Lanes = hn::CappedTag<std::uint32_t, kRankedRoom>;
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
  const auto many =
      hn::And(hn::Shr(Gather(d, counts.many, hn::ShiftRight<1>(wide)), at), hn::Set(d, 0xffff));
  return hn::Add(few, hn::IfThenElseZero(full, many));
}

// From 16 on the class is the exponent and 12.
Vector ClassesOf(Lanes d, Vector counts) {
  const hn::RebindToSigned<Lanes> di;
  const hn::RebindToFloat<Lanes> df;
  const auto bits = hn::BitCast(d, hn::ConvertTo(df, hn::BitCast(di, counts)));
  const auto large = hn::Sub(hn::ShiftRight<23>(bits), hn::Set(d, 127u - 12));
  const auto is_small = hn::Lt(hn::BitCast(di, counts), hn::Set(di, 16));
  return hn::IfThenElse(hn::RebindMask(d, is_small), counts, large);
}

void RankAll(const CountTables& counts, std::size_t enough, std::uint32_t bound,
             RankedShingles& out) {
  const Lanes d;
  const hn::RebindToSigned<Lanes> di;
  const std::size_t size = out.size;
  const auto most_rare = hn::Set(d, std::min(bound + 1, CountTables::kMostFew));
  std::size_t rare = 0;
  for (std::size_t i = 0; i < size; i += hn::Lanes(d)) {
    const auto few = SmallCounts(d, counts, hn::LoadU(d, out.values + i));
    hn::StoreU(few, d, out.classes + i);
    rare += hn::CountTrue(d, hn::And(hn::Lt(few, most_rare), hn::FirstN(d, size - i)));
  }
  out.busy = 0;
  if (rare >= enough) return;  // such counts are their own classes
  for (std::size_t i = 0; i < size; i += hn::Lanes(d)) {
    const auto few = hn::LoadU(d, out.classes + i);
    const auto count = WholeCounts(d, counts, hn::LoadU(d, out.values + i), few);
    hn::StoreU(ClassesOf(d, count), d, out.classes + i);
    const auto busy = hn::Gt(hn::BitCast(di, count), hn::Set(di, static_cast<std::int32_t>(bound)));
    out.busy += hn::CountTrue(di, hn::And(busy, hn::FirstN(di, size - i)));
  }
}

// How many of the classes are below `bound`. Whole vectors are read.
std::size_t CountBelow(const RankedShingles& ranked, std::uint32_t bound) {
  const Lanes d;
  const hn::RebindToSigned<Lanes> di;
  const auto limit = hn::Set(di, static_cast<std::int32_t>(bound));
  std::size_t count = 0;
  for (std::size_t i = 0; i < ranked.size; i += hn::Lanes(d)) {
    count += hn::CountTrue(di, hn::Lt(hn::BitCast(di, hn::LoadU(d, ranked.classes + i)), limit));
  }
  return count;
}

void Select(RankedShingles& ranked, std::size_t wanted, std::uint32_t* HWY_RESTRICT rarest) {
  const Lanes d;
  for (std::size_t i = 0; i < kRankedRoom; i += hn::Lanes(d)) {
    hn::StoreU(hn::Set(d, 1u << kClassBits), d, ranked.classes + ranked.size + i);
  }
  // The highest class below which there are not more than are wanted, bit by bit.
  std::uint32_t last = 0;
  for (std::uint32_t bit = 1u << (kClassBits - 1); bit != 0; bit >>= 1) {
    if (CountBelow(ranked, last | bit) <= wanted) last |= bit;
  }
  std::uint32_t equal[kMostRanked + kRankedRoom];
  std::size_t below = 0, equals = 0;
  for (std::size_t i = 0; i < ranked.size; i += hn::Lanes(d)) {
    const auto values = hn::LoadU(d, ranked.values + i), own = hn::LoadU(d, ranked.classes + i);
    const auto is_equal = hn::Eq(own, hn::Set(d, last));
    const auto is_below = hn::Lt(own, hn::Set(d, last));
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

HWY_EXPORT(RankAll);
HWY_EXPORT(Select);

void RankShingles(std::span<const std::uint32_t> set, const CountTables& counts, std::size_t enough,
                  std::uint32_t bound, RankedShingles& out) {
  out.size = set.size();
  if (!set.empty()) std::memcpy(out.values, set.data(), set.size_bytes());
  std::fill_n(out.values + set.size(), kRankedRoom, 0u);
  HWY_DYNAMIC_DISPATCH(RankAll)(counts, enough, bound, out);
}

void RankShinglesScalar(std::span<const std::uint32_t> set, const CountTables& counts,
                        std::size_t enough, std::uint32_t bound, RankedShingles& out) {
  const auto is_rare = [&](std::uint32_t s) {
    return counts.Few(s) <= bound && counts.Few(s) < CountTables::kMostFew;
  };
  const bool only_few = static_cast<std::size_t>(std::ranges::count_if(set, is_rare)) >= enough;
  out.size = set.size();
  out.busy = 0;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const std::uint32_t count = only_few ? counts.Few(set[i]) : counts.Count(set[i]);
    out.values[i] = set[i];
    out.classes[i] = CountClass(count);
    out.busy += !only_few && count > bound;
  }
}

void SelectRarest(RankedShingles& ranked, std::size_t wanted, std::uint32_t* rarest) {
  HWY_DYNAMIC_DISPATCH(Select)(ranked, wanted, rarest);
}

void SelectRarestScalar(const RankedShingles& ranked, std::size_t wanted, std::uint32_t* rarest) {
  std::size_t order[kMostRanked];
  std::iota(order, order + ranked.size, std::size_t{0});
  std::stable_sort(order, order + ranked.size, [&ranked](std::size_t a, std::size_t b) {
    return ranked.classes[a] < ranked.classes[b];
  });
  for (std::size_t i = 0; i < wanted; ++i) rarest[i] = ranked.values[order[i]];
}

}  // namespace samestory
#endif  // HWY_ONCE
