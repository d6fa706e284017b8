#ifndef SAMESTORY_MATCH_RECURRENCE_H_
#define SAMESTORY_MATCH_RECURRENCE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "absl/container/flat_hash_map.h"

namespace samestory {

/// On how many distinct days a word pair or a skeleton (a headline with its slots
/// masked) was seen: what tells a template from a story. Learned from the stream,
/// bounded by `max_keys` (beyond it the keys unseen for longest are forgotten),
/// deterministic in the sequence of Learn calls. Const calls may run side by side.
class Recurrence {
 public:
  explicit Recurrence(std::size_t max_keys = 2'000'000);

  /// Counts `day` (days since 1970) for every key that was not yet seen on it.
  /// Days may arrive out of order: a key counts a day again only when it differs
  /// from the last few it was seen on.
  void Learn(std::span<const std::uint64_t> keys, std::int64_t day);

  /// Distinct days on which `key` was seen before `day`, by what is remembered.
  double DaysBefore(std::uint64_t key, std::int64_t day) const;

  /// Distinct days of the whole stream so far.
  double StreamDays() const;

  std::size_t MemoryBytes() const;

 private:
  // The owner of core/match decides the representation.
};

}  // namespace samestory

#endif  // SAMESTORY_MATCH_RECURRENCE_H_
