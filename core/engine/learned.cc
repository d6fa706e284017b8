#include "engine/learned.h"

#include <algorithm>
#include <utility>

namespace samestory {

void Learned::Note(Lesson lesson) { pending_.push_back(std::move(lesson)); }

void Learned::LearnTitle(std::string_view title, std::string_view source, std::string_view url) {
  if (!title.empty()) dirt_.Learn(title, source, url);
}

void Learned::Flush() {
  for (const Lesson& lesson : pending_) {
    LearnTitle(lesson.title, lesson.source, lesson.url);
    words_.Learn(lesson.words);
    if (lesson.day > 0) recurrence_.Learn(lesson.recurrences, lesson.day);
    last_day_ = std::max(last_day_, lesson.day);
  }
  pending_.clear();
}

std::size_t Learned::MemoryBytes() const {
  return words_.MemoryBytes() + recurrence_.MemoryBytes() + dirt_.MemoryBytes();
}

}  // namespace samestory
