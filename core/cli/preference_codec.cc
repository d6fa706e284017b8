// What Preference knows, as bytes: docs/state.md ("Copies").
#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "base/snapshot_stream.h"
#include "cli/preference.h"
#include "store/bytes.h"
#include "store/frame.h"

namespace samestory::cli {
namespace {

// The one section that a clock is saved as.
class OneSection final : public SnapshotSink, public SnapshotSource {
 public:
  bool Has(std::string_view) override { return false; }
  absl::Status Put(std::string_view, std::string_view bytes) override {
    bytes_ = bytes;
    return absl::OkStatus();
  }
  absl::StatusOr<std::string> Get(std::string_view) override { return bytes_; }

  std::string bytes_;
};

std::string ClockBytes(const StreamClock& clock) {
  OneSection section;
  SnapshotWriter out(section, "clock");
  clock.Save(out);
  out.Finish().IgnoreError();  // a string takes everything
  return section.bytes_;
}

absl::Status ReadClock(std::string_view bytes, StreamClock& clock) {
  OneSection section;
  section.bytes_ = bytes;
  SnapshotReader in(section, "clock");
  clock.Load(in);
  return in.Finish();
}

}  // namespace

std::string Preference::Save() const {
  std::unordered_map<std::uint64_t, std::uint32_t> times;  // by number
  for (const Arrival& arrival : arrivals_) times[arrival.number] = arrival.time;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> order;  // number, key
  for (const auto& [key, entry] : kept_) order.emplace_back(entry.number, key);
  std::sort(order.begin(), order.end());
  std::unordered_map<const Kept*, std::uint64_t> places;
  std::string out, entries;
  store::BeginFrame(store::FrameKind::kCopies,
                    {0, static_cast<std::uint32_t>(order.size())}, out);
  store::ByteWriter head(out), writer(entries);
  head.Bytes(rule_);
  head.Bytes(ClockBytes(clock_));
  for (const auto& [number, key] : order) {
    const Kept* kept = kept_.find(key)->second.kept.get();
    const auto [place, added] = places.try_emplace(kept, places.size());
    writer.U64(key);
    writer.U32(times[number]);
    writer.Varint(place->second);
    if (!added) continue;
    writer.U64(static_cast<std::uint64_t>(kept->score));
    writer.Varint(kept->story);
    writer.Bytes(kept->id);
  }
  out += entries;
  store::EndFrame(out);
  return out;
}

absl::StatusOr<bool> Preference::Load(std::string_view bytes) {
  const absl::StatusOr<store::Frame> frame =
      store::OpenFrame(store::FrameKind::kCopies, bytes);
  if (!frame.ok()) return frame.status();
  store::ByteReader reader(frame->payload);
  if (reader.Bytes() != rule_) return false;
  if (absl::Status status = ReadClock(reader.Bytes(), clock_); !status.ok()) return status;
  std::vector<std::shared_ptr<Kept>> places;
  for (std::uint32_t left = frame->head.count; left > 0 && reader.ok(); --left) {
    const std::uint64_t key = reader.U64();
    const std::uint32_t time = reader.U32();
    const std::uint64_t place = reader.Varint();
    if (place > places.size()) return absl::DataLossError("names a copy that there is none of");
    if (place == places.size()) {
      Kept kept;
      kept.score = static_cast<std::int64_t>(reader.U64());
      kept.story = reader.Varint();
      kept.id = reader.Bytes();
      places.push_back(std::make_shared<Kept>(std::move(kept)));
    }
    kept_[key] = {places[place], ++number_};
    if (options_.window_seconds > 0) arrivals_.push_back({key, number_, time});
  }
  if (!reader.AtEnd()) return absl::DataLossError("is cut off");
  return true;
}

absl::StatusOr<std::string> Preference::WithoutItem(std::string_view bytes, std::string_view id) {
  const absl::StatusOr<store::Frame> frame = store::OpenFrame(store::FrameKind::kCopies, bytes);
  if (!frame.ok()) return frame.status();
  PreferenceOptions options;
  options.window_seconds = 1;  // times are kept
  Preference known(options);
  known.rule_ = store::ByteReader(frame->payload).Bytes();
  if (const absl::StatusOr<bool> read = known.Load(bytes); !read.ok()) return read.status();
  std::erase_if(known.kept_, [key = Hash64(id, 0), id](const auto& entry) {
    return entry.first == key || entry.second.kept->id == id;
  });
  return known.Save();
}

}  // namespace samestory::cli
