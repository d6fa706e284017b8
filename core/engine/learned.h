#ifndef SAMESTORY_ENGINE_LEARNED_H_
#define SAMESTORY_ENGINE_LEARNED_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "base/snapshot_stream.h"
#include "match/recurrence.h"
#include "text/source_dirt.h"
#include "text/word_stats.h"

namespace samestory {

/// What one record teaches.
struct Lesson {
  std::string title, source, url;           ///< empty title: learned already
  TitleReading reading;                     ///< of the title
  std::vector<std::uint32_t> words;         ///< WordHash of the headline's; empty: learned already
  std::vector<std::uint64_t> recurrences;   ///< RecurrenceKeys of the headline
  std::int64_t day = 0;                     ///< days since 1970; 0: unknown
};

/// Everything the engine learns from the texts of the stream. Lessons take effect
/// together, when they are flushed, so that all records of an epoch are prepared
/// against the same knowledge.
class Learned {
 public:
  /// Takes the next lesson, for whose buffers it gives others back.
  void Note(Lesson& lesson);

  /// Learns of a lesson, but for its title, at once.
  void LearnHeadline(const Lesson& lesson);

  /// Learns a title's source dirt at once.
  void LearnTitle(const TitleReading& reading, std::string_view title, std::string_view source);

  /// Applies what is pending.
  void Flush();

  /// What is learned of single word pairs need not outgrow a window of `items` items: most of
  /// them never come again.
  void BoundGrowth(std::size_t items);

  /// Latest day of any lesson that has taken effect; 0: none had one.
  std::int64_t last_day() const { return last_day_; }

  const WordStats& words() const { return words_; }
  const Recurrence& recurrence() const { return recurrence_; }
  const SourceDirt& dirt() const { return dirt_; }
  /// Writes everything to sections "learned..." of a snapshot, pending lessons too.
  absl::Status Save(SnapshotSink& sink) const;
  absl::Status Load(SnapshotSource& source);

  std::size_t MemoryBytes() const;

 private:
  WordStats words_;
  Recurrence recurrence_;
  SourceDirt dirt_;
  std::int64_t last_day_ = 0;
  std::vector<Lesson> pending_;
  std::size_t num_pending_ = 0;  // of pending_, whose buffers are used again
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_LEARNED_H_
