#ifndef SAMESTORY_TEXT_WORD_STATS_H_
#define SAMESTORY_TEXT_WORD_STATS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "samestory/text.h"

namespace samestory {

/// Hash by which a canonical word is counted. Not keyed by the engine's seed: the
/// shipped table of background counts uses it too.
std::uint32_t WordHash(std::string_view canonical_word);

/// In how many texts each word was seen: a background table shipped with the
/// engine plus what the stream has shown. Bounded: past `max_words` learned words
/// all learned counts are halved and what falls to nothing is forgotten.
/// Deterministic in the sequence of Learn calls. Const calls may run side by side.
class WordStats {
 public:
  explicit WordStats(std::size_t max_words = 500'000);

  /// Counts every distinct hash of `words` once and the text itself once.
  void Learn(std::span<const std::uint32_t> words);

  /// ln((N + 1) / (df + 0.5)), N and df over background and stream. At least 0.
  double Idf(std::uint32_t word) const;

  /// Idf of a word never seen: the largest value Idf gives.
  double MaxIdf() const;

  /// Share of all running words that are this word (the background model of the
  /// split's log-likelihood ratio), smoothed; never 0.
  double Frequency(std::uint32_t word) const;

  std::size_t MemoryBytes() const;

 private:
  std::size_t max_words_;
  double texts_ = 0;
  absl::flat_hash_map<std::uint32_t, float> learned_;
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_WORD_STATS_H_
