#include "engine/notes.h"

#include <algorithm>

#include "base/hash.h"
#include "base/snapshot_maps.h"
#include "match/body.h"

namespace samestory {
namespace {

// Unrelated pairs of headlines from which a body counts as boilerplate: one or two may be one story
// in quite other words.
constexpr std::uint32_t kUnrelatedPairs = 3;
constexpr std::size_t kMaxBodies = 1 << 18;

// Days on which a title must have been seen before to be called a running one.
constexpr std::uint32_t kRunningDays = 3;
constexpr std::size_t kMaxTitles = 1 << 12;

constexpr std::size_t kKeptBytes = 160;

// Shingles of a body that are its key.
constexpr std::size_t kKeyShingles = 8;

}  // namespace

std::uint64_t BodyKey(std::span<const std::uint32_t> body) {
  if (body.empty()) return 0;
  // The smallest shingles tell bodies apart as well as all of them do.
  const std::span<const std::uint32_t> first =
      body.first(std::min(body.size(), BodyView::kHeaderWords + kKeyShingles));
  std::uint64_t key = body.size();
  for (const std::uint32_t word : first) key = Mix64(key, word);
  return key | 1;
}

std::string Beginning(std::string_view text) {
  if (text.size() <= kKeptBytes) return std::string(text);
  std::size_t end = kKeptBytes;
  while (end > 0 && (text[end] & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

void Boilerplate::NoteUnrelated(std::uint64_t body, std::string_view text) {
  if (bodies_.size() >= kMaxBodies && !bodies_.contains(body)) bodies_.clear();
  Body& known = bodies_[body];
  if (++known.unrelated == kUnrelatedPairs) known.text = Beginning(text);
}

bool Boilerplate::Contains(std::uint64_t body) const {
  const auto found = bodies_.find(body);
  return found != bodies_.end() && found->second.unrelated >= kUnrelatedPairs;
}

void Boilerplate::List(std::vector<LearnedNote>& notes) const {
  for (const auto& [key, body] : bodies_) {
    if (body.unrelated < kUnrelatedPairs) continue;
    notes.push_back({LearnedNote::Kind::kBoilerplate, body.text, "", body.unrelated});
  }
}

void Boilerplate::Save(SnapshotWriter& out) const {
  SaveMap(bodies_, out, [&](const Body& body) {
    out.U32(body.unrelated);
    out.String(body.text);
  });
}

void Boilerplate::Load(SnapshotReader& in) {
  LoadMap(bodies_, in, [&](Body& body) {
    body.unrelated = in.U32();
    body.text = in.String();
  });
}

std::size_t Boilerplate::MemoryBytes() const {
  return bodies_.capacity() * (sizeof(std::uint64_t) + sizeof(Body) + 1);
}

void RunningTitles::Note(std::uint64_t skeleton, std::uint32_t days, std::string_view title) {
  if (days < kRunningDays) return;
  Title& known = titles_[skeleton];
  known.days = std::max(known.days, days);
  known.text = Beginning(title);
  for (std::uint32_t least = kRunningDays; titles_.size() > kMaxTitles; ++least) {
    absl::erase_if(titles_, [&](const auto& entry) { return entry.second.days <= least; });
  }
}

void RunningTitles::List(std::vector<LearnedNote>& notes) const {
  for (const auto& [skeleton, title] : titles_) {
    notes.push_back({LearnedNote::Kind::kRunningTitle, title.text, "", title.days});
  }
}

void RunningTitles::Save(SnapshotWriter& out) const {
  SaveMap(titles_, out, [&](const Title& title) {
    out.U32(title.days);
    out.String(title.text);
  });
}

void RunningTitles::Load(SnapshotReader& in) {
  LoadMap(titles_, in, [&](Title& title) {
    title.days = in.U32();
    title.text = in.String();
  });
}

std::size_t RunningTitles::MemoryBytes() const {
  return titles_.capacity() * (sizeof(std::uint64_t) + sizeof(Title) + 1);
}

}  // namespace samestory
