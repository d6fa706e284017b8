#ifndef SAMESTORY_MATCH_RECURRENCE_H_
#define SAMESTORY_MATCH_RECURRENCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/huge_memory.h"
#include "base/prefetch.h"
#include "base/snapshot_stream.h"

namespace samestory {

/// On how many distinct days a word pair or a skeleton (a headline with its slots
/// masked) was seen: what tells a template from a story. Learned from the stream,
/// bounded, deterministic in the sequence of Learn calls. Const calls may run side
/// by side.
///
/// Counts fade by half in kHalfLifeDays days, those of keys and that of the stream
/// alike. The table is set-associative: a key has one bucket (a cache line) of five
/// entries of 12 bytes; in a full bucket the entry unseen for longest gives way, where every
/// day on which a key was seen counts as if it had been seen a week later. It
/// doubles at two keys a bucket until it has room for `max_keys`. Keys are told apart by 32
/// bits: at two million keys one look-up in 2,000 reads another key's count.
class Recurrence {
 public:
  static constexpr double kHalfLifeDays = 365;

  explicit Recurrence(std::size_t max_keys = 2'000'000);

  /// Counts `day` (days since 1970, 0 to 65534; clamped) for every key that was
  /// not yet seen on it. The three latest days of a key are remembered: a day
  /// before all three is not counted, for it may have been counted before.
  void Learn(std::span<const std::uint64_t> keys, std::int64_t day);

  /// From now on the table grows only up to room for `keys`, and never shrinks.
  void BoundGrowth(std::size_t keys);

  /// Distinct days on which `key` was seen before `day`, by what is remembered.
  double DaysBefore(std::uint64_t key, std::int64_t day) const;

  /// Distinct days of the whole stream so far.
  double StreamDays() const;

  /// Hints that DaysBefore or Learn of `key` follows soon.
  void Prefetch(std::uint64_t key) const {
    PrefetchToRead(&buckets_[Tag(key) & (buckets_.size() - 1)]);
  }

  /// Writes and reads what was learned. Load: into one made with the same bound.
  void Save(SnapshotWriter& out) const;
  void Load(SnapshotReader& in);

  std::size_t MemoryBytes() const { return buckets_.capacity() * sizeof(Bucket); }

 private:
  static constexpr int kRecentDays = 3;
  static constexpr std::size_t kSlots = 5;

  struct Entry {
    std::uint32_t tag = 0;
    std::uint16_t count = 0;  // in 1/64 days, faded up to days[0]; 0: an empty entry
    std::array<std::uint16_t, kRecentDays> days{};  // latest first, day + 1; 0: none
  };
  struct alignas(64) Bucket {
    std::array<Entry, kSlots> entries;
  };

  static std::uint32_t Tag(std::uint64_t key) { return static_cast<std::uint32_t>(key >> 32); }
  static std::size_t BucketsFor(std::size_t keys);
  static void Count(Entry& entry, std::uint16_t day);
  static void SaveEntry(const Entry& entry, SnapshotWriter& out);
  static void LoadEntry(SnapshotReader& in, Entry& entry);
  static Entry& FindOrReplace(Bucket& bucket, std::uint32_t tag);
  void LearnKey(std::uint32_t tag, std::uint16_t day);
  void Grow();

  std::size_t max_buckets_;
  std::size_t growth_bound_;  // buckets; at most max_buckets_
  std::size_t num_entries_ = 0;
  std::vector<Bucket, internal::HugeAllocator<Bucket>> buckets_;  // read at random
  Entry stream_;
};

}  // namespace samestory

#endif  // SAMESTORY_MATCH_RECURRENCE_H_
