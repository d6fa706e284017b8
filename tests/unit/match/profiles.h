#ifndef SAMESTORY_TESTS_UNIT_MATCH_PROFILES_H_
#define SAMESTORY_TESTS_UNIT_MATCH_PROFILES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "match/profile.h"
#include "match/recurrence.h"
#include "samestory/text.h"
#include "text/word_stats.h"

namespace samestory::testing {

/// What a small stream has taught, and profiles made by it.
class Newsroom {
 public:
  static constexpr std::int64_t kToday = 20'000;

  /// The profile of `title`, not stamped.
  static std::vector<std::uint32_t> Raw(std::string_view title, std::string_view lang = "en") {
    CanonicalText text;
    Canonicalize(title, text);
    std::vector<std::uint32_t> block;
    BuildProfile(text, title, lang, block);
    return block;
  }

  std::vector<std::uint32_t> Stamped(std::string_view title, std::int64_t day = kToday) const {
    std::vector<std::uint32_t> block = Raw(title);
    StampProfile(words, recurrence, day, block);
    return block;
  }

  void Learn(std::string_view title, std::int64_t day) {
    const std::vector<std::uint32_t> block = Raw(title);
    const ProfileView view(block);
    words.Learn(view.word_hashes());
    std::vector<std::uint64_t> keys;
    RecurrenceKeys(view, keys);
    recurrence.Learn(keys, day);
  }

  /// So many days of a stream that had nothing to do with anything.
  void PassDays(int days) {
    for (int i = days; i > 0; --i) {
      Learn(i % 2 != 0 ? "quiet harbour morning" : "calm village evening", kToday - i);
    }
  }

  WordStats words;
  Recurrence recurrence;
};

}  // namespace samestory::testing

#endif  // SAMESTORY_TESTS_UNIT_MATCH_PROFILES_H_
