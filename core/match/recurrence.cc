#include "match/recurrence.h"

#include <algorithm>
#include <bit>

namespace samestory {
namespace {

constexpr double kCountUnit = 64;
constexpr std::int64_t kFadedAfterDays = 16 * 365;  // what is left is below the unit

// 2^(-days / half-life). By repeated multiplication and not by exp2, whose last
// bit differs between C libraries.
class FadeTable {
 public:
  FadeTable() : factors_(kFadedAfterDays + 1) {
    constexpr double kPerDay = 0.998102750524868;  // 2^(-1/365)
    static_assert(Recurrence::kHalfLifeDays == 365);
    factors_[0] = 1;
    for (std::size_t i = 1; i < factors_.size(); ++i) factors_[i] = factors_[i - 1] * kPerDay;
  }
  double operator()(std::int64_t days) const {
    return days > kFadedAfterDays ? 0 : factors_[static_cast<std::size_t>(days)];
  }

 private:
  std::vector<double> factors_;
};

double Fade(std::int64_t days) {
  static const FadeTable table;
  return table(days);
}

// Mean keys a bucket of five before the table doubles: 1.7% of buckets are then full.
constexpr std::size_t kKeysPerBucket = 2;

// What a day on which a key was seen is worth, in days since the latest: what keeps coming back is
// what the table is there for, and most keys never do.
constexpr std::uint32_t kDaysPerSeen = 7;

std::uint16_t StoredDay(std::int64_t day) {
  return static_cast<std::uint16_t>(std::clamp<std::int64_t>(day, 0, 65534) + 1);
}

}  // namespace

std::size_t Recurrence::BucketsFor(std::size_t keys) {
  return std::bit_ceil(std::max<std::size_t>(keys / kKeysPerBucket, 1));
}

Recurrence::Recurrence(std::size_t max_keys)
    : max_buckets_(BucketsFor(max_keys)),
      growth_bound_(max_buckets_),
      buckets_(std::min<std::size_t>(max_buckets_, 64)) {}

void Recurrence::BoundGrowth(std::size_t keys) {
  growth_bound_ = std::min(BucketsFor(keys), max_buckets_);
}

void Recurrence::Count(Entry& entry, std::uint16_t day) {
  auto& days = entry.days;
  std::size_t at = 0;
  while (at < days.size() && days[at] > day) ++at;
  if (at == days.size() || days[at] == day) return;
  double count = entry.count;
  // A late day has faded since; a new latest day fades what stands.
  if (at > 0) {
    count += kCountUnit * Fade(days[0] - day);
  } else {
    count = count * Fade(days[0] == 0 ? 0 : day - days[0]) + kCountUnit;
  }
  entry.count = static_cast<std::uint16_t>(std::clamp(count, 1.0, 65535.0));
  std::shift_right(days.begin() + at, days.end(), 1);
  days[at] = day;
}

Recurrence::Entry& Recurrence::FindOrReplace(Bucket& bucket, std::uint32_t tag) {
  const auto worth = [](const Entry& entry) {
    return entry.days[0] + static_cast<std::uint32_t>(kDaysPerSeen * entry.count / kCountUnit);
  };
  Entry* least = &bucket.entries[0];
  for (Entry& entry : bucket.entries) {
    if (entry.count != 0 && entry.tag == tag) return entry;
    if (worth(entry) < worth(*least)) least = &entry;
  }
  return *least;
}

void Recurrence::LearnKey(std::uint32_t tag, std::uint16_t day) {
  Entry& entry = FindOrReplace(buckets_[tag & (buckets_.size() - 1)], tag);
  if (entry.count == 0 || entry.tag != tag) {
    // A day older than all of a full bucket is not worth remembering.
    if (entry.count != 0 && entry.days[0] > day) return;
    num_entries_ += entry.count == 0;
    entry = Entry{.tag = tag};
  }
  Count(entry, day);
}

void Recurrence::Learn(std::span<const std::uint64_t> keys, std::int64_t day) {
  const std::uint16_t stored = StoredDay(day);
  Count(stream_, stored);
  for (std::uint64_t key : keys) Prefetch(key);
  for (std::uint64_t key : keys) LearnKey(Tag(key), stored);
  if (num_entries_ > buckets_.size() * kKeysPerBucket && buckets_.size() < growth_bound_) Grow();
}

// Every bucket becomes two, which hold its entries in their order.
void Recurrence::Grow() {
  const std::size_t half = buckets_.size();
  decltype(buckets_) old(2 * half);
  old.swap(buckets_);
  for (std::size_t i = 0; i < half; ++i) {
    std::array<std::size_t, 2> filled{};
    for (const Entry& entry : old[i].entries) {
      if (entry.count == 0) continue;
      const bool upper = (entry.tag & half) != 0;
      buckets_[i + (upper ? half : 0)].entries[filled[upper]++] = entry;
    }
  }
}

double Recurrence::DaysBefore(std::uint64_t key, std::int64_t day) const {
  const std::uint32_t tag = Tag(key);
  const std::uint16_t stored = StoredDay(day);
  for (const Entry& entry : buckets_[tag & (buckets_.size() - 1)].entries) {
    if (entry.count == 0 || entry.tag != tag) continue;
    double later = 0;
    for (std::uint16_t seen : entry.days) {
      if (seen >= stored) later += Fade(entry.days[0] - seen);
    }
    const double earlier = std::max(0.0, entry.count / kCountUnit - later);
    // What was counted up to the latest day, as it stood on `day`.
    if (stored <= entry.days[0]) return earlier;
    return earlier * Fade(stored - entry.days[0]);
  }
  return 0;
}

void Recurrence::SaveEntry(const Entry& entry, SnapshotWriter& out) {
  out.U32(entry.tag);
  out.U32(entry.count | std::uint32_t{entry.days[0]} << 16);
  out.U32(entry.days[1] | std::uint32_t{entry.days[2]} << 16);
}

void Recurrence::LoadEntry(SnapshotReader& in, Entry& entry) {
  entry.tag = in.U32();
  const std::uint32_t latest = in.U32(), earlier = in.U32();
  entry.count = static_cast<std::uint16_t>(latest);
  entry.days = {static_cast<std::uint16_t>(latest >> 16), static_cast<std::uint16_t>(earlier),
                static_cast<std::uint16_t>(earlier >> 16)};
}

void Recurrence::Save(SnapshotWriter& out) const {
  SaveEntry(stream_, out);
  out.U64(num_entries_);
  out.U64(buckets_.size());
  for (const Bucket& bucket : buckets_) {
    for (const Entry& entry : bucket.entries) SaveEntry(entry, out);
  }
}

void Recurrence::Load(SnapshotReader& in) {
  LoadEntry(in, stream_);
  num_entries_ = in.U64();
  const std::uint64_t buckets = in.U64();
  if (!in.Check(std::has_single_bit(buckets) && buckets <= max_buckets_, "a table out of bounds")) {
    return;
  }
  buckets_.assign(buckets, Bucket{});
  for (Bucket& bucket : buckets_) {
    for (Entry& entry : bucket.entries) LoadEntry(in, entry);
    for (const Entry& entry : bucket.entries) {
      in.Check(entry.days[0] >= entry.days[1] && entry.days[1] >= entry.days[2], "days out of order");
    }
    if (!in.ok()) return;
  }
}

double Recurrence::StreamDays() const { return stream_.count / kCountUnit; }

}  // namespace samestory
