#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_BACKGROUND_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_BACKGROUND_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace samestory::quality {

/// What a background table was made from, for the log.
struct BackgroundReport {
  std::uint64_t texts = 0, running_words = 0;
  std::uint64_t words_of_news = 0;      ///< distinct words counted in texts
  std::uint64_t words_added = 0;        ///< distinct words that only a frequency list had
  std::uint64_t articles_left_out = 0;  ///< because a labelled page holds lines of them
  std::string bytes;                    ///< the table, as Background::Parse reads it
};

/// Makes the shipped table of word counts: from the news text in `data_dir`/dev, but for what the
/// labelled pages of the split hold, and from the word frequencies of many languages in
/// `frequency_dir` (the `data` folder of the Python package wordfreq; empty: none). The same
/// input gives the same bytes.
absl::StatusOr<BackgroundReport> FitBackground(const std::string& data_dir,
                                               const std::string& frequency_dir);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_BACKGROUND_H_
