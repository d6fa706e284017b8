#include "engine/learned.h"

#include <algorithm>
#include <utility>

#include "engine/snapshot_parts.h"

namespace samestory {
namespace {

// New keys of an item are 7 or 8, measured on feeds: room for those of two windows, and
// for some 35,000 items where a window holds fewer.
constexpr std::size_t kKeysPerItem = 16;
constexpr std::size_t kLeastKeys = std::size_t{1} << 18;

void SaveLesson(const Lesson& lesson, SnapshotWriter& out) {
  out.String(lesson.title);
  out.String(lesson.source);
  out.String(lesson.url);
  out.Words(lesson.words);
  out.U64(lesson.recurrences.size());
  for (const std::uint64_t key : lesson.recurrences) out.U64(key);
  out.U64(static_cast<std::uint64_t>(lesson.day));
}

void LoadLesson(SnapshotReader& in, Lesson& lesson) {
  lesson.title = in.String();
  lesson.source = in.String();
  lesson.url = in.String();
  SourceDirt::Read(lesson.title, lesson.source, lesson.url, lesson.reading);
  lesson.words = in.Words();
  for (std::uint64_t left = in.U64(); left > 0 && in.ok(); --left) {
    lesson.recurrences.push_back(in.U64());
  }
  lesson.day = static_cast<std::int64_t>(in.U64());
}

}  // namespace

void Learned::Note(Lesson& lesson) {
  if (num_pending_ == pending_.size()) pending_.emplace_back();
  std::swap(pending_[num_pending_++], lesson);
}

void Learned::LearnHeadline(const Lesson& lesson) {
  if (!lesson.words.empty()) words_.Learn(lesson.words);
  if (lesson.day > 0) recurrence_.Learn(lesson.recurrences, lesson.day);
  last_day_ = std::max(last_day_, lesson.day);
}

void Learned::LearnTitle(const TitleReading& reading, std::string_view title,
                         std::string_view source) {
  if (!title.empty()) dirt_.Learn(reading, title, source);
}

void Learned::Flush() {
  for (std::size_t i = 0; i < num_pending_; ++i) {
    // The next lesson's words are on their way meanwhile.
    if (i + 1 < num_pending_) words_.Prefetch(pending_[i + 1].words);
    for (const std::uint64_t key : pending_[i].recurrences) recurrence_.Prefetch(key);
    LearnTitle(pending_[i].reading, pending_[i].title, pending_[i].source);
    LearnHeadline(pending_[i]);
  }
  num_pending_ = 0;
}

void Learned::BoundGrowth(std::size_t items) {
  recurrence_.BoundGrowth(std::max(kLeastKeys, kKeysPerItem * items));
}

absl::Status Learned::Save(SnapshotSink& sink) const {
  SnapshotWriter pending(sink, "learned");
  pending.U64(static_cast<std::uint64_t>(last_day_));
  pending.U64(num_pending_);
  for (std::size_t i = 0; i < num_pending_; ++i) SaveLesson(pending_[i], pending);
  if (absl::Status status = pending.Finish(); !status.ok()) return status;
  if (absl::Status status = SavePart(words_, sink, "learned/words"); !status.ok()) return status;
  if (absl::Status status = SavePart(recurrence_, sink, "learned/recurrence"); !status.ok()) {
    return status;
  }
  return SavePart(dirt_, sink, "learned/titles");
}

absl::Status Learned::Load(SnapshotSource& source) {
  SnapshotReader pending(source, "learned");
  last_day_ = static_cast<std::int64_t>(pending.U64());
  for (std::uint64_t left = pending.U64(); left > 0 && pending.ok(); --left) {
    LoadLesson(pending, pending_.emplace_back());
  }
  num_pending_ = pending_.size();
  if (absl::Status status = pending.Finish(); !status.ok()) return status;
  if (absl::Status status = LoadPart(source, "learned/words", words_); !status.ok()) return status;
  if (absl::Status status = LoadPart(source, "learned/recurrence", recurrence_); !status.ok()) {
    return status;
  }
  return LoadPart(source, "learned/titles", dirt_);
}

std::size_t Learned::MemoryBytes() const {
  return words_.MemoryBytes() + recurrence_.MemoryBytes() + dirt_.MemoryBytes();
}

}  // namespace samestory
