#ifndef SAMESTORY_TEXT_SENTENCE_BREAKER_H_
#define SAMESTORY_TEXT_SENTENCE_BREAKER_H_

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"

namespace samestory {

/// Finds the sentences of one line: ICU's breaks (UAX #29), less those that the
/// rules in SegmentText's comment take back. For one thread.
class SentenceBreaker {
 public:
  /// The calling thread's breaker for a BCP 47 tag; only its language matters, and
  /// what is none counts as English. Valid until the thread asks for another.
  static SentenceBreaker& ForLanguage(std::string_view lang);

  explicit SentenceBreaker(std::string language);

  /// Replaces `ends` by where each sentence of `line` ends, in bytes, the last being
  /// its size.
  void Break(std::string_view line, std::vector<std::size_t>& ends);

 private:
  bool Joins(std::string_view before, std::string_view after) const;
  bool EndsInAbbreviation(std::string_view before) const;
  void LoadAbbreviations();

  struct CloseIterator {
    void operator()(UBreakIterator* i) const { ubrk_close(i); }
  };
  struct CloseText {
    void operator()(UText* t) const { utext_close(t); }
  };

  std::string language_;
  bool ordinal_stops_;
  std::unique_ptr<UBreakIterator, CloseIterator> iterator_;
  std::unique_ptr<UText, CloseText> text_;
  absl::flat_hash_set<std::string> abbreviations_;  // with their last stop
  std::size_t longest_abbreviation_ = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_SENTENCE_BREAKER_H_
