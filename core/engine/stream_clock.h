#ifndef SAMESTORY_ENGINE_STREAM_CLOCK_H_
#define SAMESTORY_ENGINE_STREAM_CLOCK_H_

#include <array>
#include <cstdint>

#include "base/snapshot_stream.h"

namespace samestory {

/// What time it is in a stream, by the times that its records claim. No one source can
/// set it forward: it stands at the second latest of the latest times of all sources.
/// Only where there are fewer than three sources, or where one has sent many records
/// while the others were silent, it is the latest. It never goes back.
///
/// Records whose source is unknown count as one source.
class StreamClock {
 public:
  /// `max_lateness`: seconds that a claimed time may lie back; 0: any.
  explicit StreamClock(std::int64_t max_lateness = 0) : max_lateness_(max_lateness) {}

  /// A record of `source` (0: unknown) claims the time `published`, Unix seconds, not 0.
  void Note(std::uint32_t source, std::uint32_t published);

  /// A record was seen at `seen`, by a clock that is ours.
  void Set(std::uint32_t seen);

  /// Unix seconds; 0: nothing is known yet.
  std::uint32_t now() const { return now_; }

  /// Whether a claimed time lies so far ahead that it is hardly true.
  bool IsAhead(std::uint32_t published) const;

  /// Whether it lies more than `max_lateness` behind.
  bool IsTooLate(std::uint32_t published) const;

  void Save(SnapshotWriter& out) const;
  void Load(SnapshotReader& in);

 private:
  struct Latest {
    std::uint32_t source = 0, time = 0;
    std::uint32_t records = 0;  // since it became the latest of all
  };
  void Advance(std::uint32_t time);

  std::int64_t max_lateness_;
  std::uint32_t now_ = 0;
  std::array<Latest, 3> latest_ = {};  // of different sources, the latest first
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_STREAM_CLOCK_H_
