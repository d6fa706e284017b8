#include "engine/stream_clock.h"

#include <algorithm>

namespace samestory {
namespace {

// Longer than a stream pauses.
constexpr std::int64_t kMaxAhead = std::int64_t{30} * 24 * 3600;

// Records of one source, without any of another between them, from which its time is believed.
// More than a feed holds.
constexpr std::uint32_t kAlone = 1024;

}  // namespace

void StreamClock::Advance(std::uint32_t time) { now_ = std::max(now_, time); }

void StreamClock::Set(std::uint32_t seen) { Advance(seen); }

void StreamClock::Note(std::uint32_t source, std::uint32_t published) {
  Latest& leader = latest_.front();
  leader.records = leader.time != 0 && leader.source == source ? leader.records + 1 : 0;
  auto place = std::find_if(latest_.begin(), latest_.end(), [&](const Latest& latest) {
    return latest.time != 0 && latest.source == source;
  });
  if (place == latest_.end()) {
    if (published <= latest_.back().time) return;
    place = latest_.end() - 1;
    *place = {source, 0, 0};
  }
  place->time = std::max(place->time, published);
  for (; place != latest_.begin() && place->time > (place - 1)->time; --place) {
    std::swap(*place, *(place - 1));
    place->records = 0;
  }
  const bool few = latest_.back().time == 0;
  const Latest& first = latest_.front();
  Advance(few || first.records >= kAlone ? first.time : latest_[1].time);
}

bool StreamClock::IsAhead(std::uint32_t published) const {
  return now_ != 0 && std::int64_t{published} - now_ > kMaxAhead;
}

bool StreamClock::IsTooLate(std::uint32_t published) const {
  return max_lateness_ != 0 && std::int64_t{now_} - published > max_lateness_;
}

void StreamClock::Save(SnapshotWriter& out) const {
  out.U32(now_);
  for (const Latest& latest : latest_) {
    out.U32(latest.source);
    out.U32(latest.time);
    out.U32(latest.records);
  }
}

void StreamClock::Load(SnapshotReader& in) {
  now_ = in.U32();
  for (Latest& latest : latest_) {
    latest.source = in.U32();
    latest.time = in.U32();
    latest.records = in.U32();
  }
}

}  // namespace samestory
