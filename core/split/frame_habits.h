#ifndef SAMESTORY_SPLIT_FRAME_HABITS_H_
#define SAMESTORY_SPLIT_FRAME_HABITS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace samestory {

/// One word of a table to be made.
struct FrameHabit {
  std::uint32_t hash = 0;  ///< WordHash
  double habit = 0;        ///< as FrameHabits::Of
};

/// How much rather a word stands in the frame of a page ("subscribe", "share", "copyright") than in
/// its story ("said"). A table of hashes, no text; docs/split.md says what the shipped one was
/// counted on and specifies the format. Const calls may run side by side.
class FrameHabits {
 public:
  /// The table of no words.
  FrameHabits() = default;

  /// Words need no order; of two with one hash the first counts.
  explicit FrameHabits(std::vector<FrameHabit> words);

  /// Reads what Encode() wrote. kDataLoss where magic, length, order or checksum are wrong.
  static absl::StatusOr<FrameHabits> Parse(std::string_view bytes);
  std::string Encode() const;

  /// ln of how much likelier the word is in a frame than in a story; 0 where too little is known.
  /// Within +-4, in steps of 1/32. Cost: two cache lines.
  double Of(std::uint32_t word_hash) const;

  std::size_t words() const { return hashes_.size(); }

 private:
  void Index();

  std::vector<std::uint32_t> hashes_;  // ascending
  std::vector<signed char> codes_;     // 32 times the habit
  std::vector<std::uint32_t> starts_;  // first entry of each value of the upper kBucketBits
};

/// The table that the library carries. Lives as long as the process; safe from any thread.
const FrameHabits& ShippedFrameHabits();

/// The bytes of the shipped table.
std::string_view ShippedFrameHabitsBytes();

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_FRAME_HABITS_H_
