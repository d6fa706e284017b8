#ifndef SAMESTORY_TEXT_WORD_STATS_H_
#define SAMESTORY_TEXT_WORD_STATS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/prefetch.h"
#include "base/snapshot_stream.h"
#include "samestory/text.h"
#include "text/background.h"

namespace samestory {

/// Hash by which a canonical word is counted. Not keyed by the engine's seed: the
/// shipped table of background counts uses it too. The upper half of
/// XXH3 (64 bits, seed 0) of the word's bytes.
std::uint32_t WordHash(std::string_view canonical_word);

/// What has been counted of one word, background and stream together.
struct WordCounts {
  double texts = 0;  ///< document frequency: texts that hold it
  double times = 0;  ///< times it stands in all of them
};

/// In how many texts each word was seen: a background table shipped with the
/// engine plus what the stream has shown. Bounded: past `max_words` learned words
/// all learned counts are halved and what falls to nothing is forgotten.
/// Deterministic in the sequence of Learn calls. Const calls may run side by side.
class WordStats {
 public:
  explicit WordStats(std::size_t max_words = 500'000,
                     const Background& background = ShippedBackground());

  /// Counts the words of one text: each distinct hash once for its document
  /// frequency, each as often as it stands for its frequency.
  void Learn(std::span<const std::uint32_t> words);

  /// Halves what the stream has taught, totals too; what falls to nothing is forgotten.
  void Fade();

  /// Texts that the stream has taught, less what has faded.
  std::uint64_t LearnedTexts() const { return texts_; }

  /// Texts and running words counted, background and stream together.
  double Texts() const { return background_->texts + static_cast<double>(texts_); }
  double RunningWords() const {
    return background_->running_words + static_cast<double>(running_words_);
  }

  /// What was counted of a word; zeros for one never seen.
  WordCounts Counts(std::uint32_t word) const;

  /// ln(N + 1) - ln(df + 0.5), N and df over background and stream. At least 0.
  double Idf(std::uint32_t word) const;

  /// Idf of each of `words`, all of which are fetched from memory together. `idfs` has a
  /// place for each.
  void Idfs(std::span<const std::uint32_t> words, std::span<double> idfs) const;

  /// Hints that Idfs or Learn of `words` follows soon.
  void Prefetch(std::span<const std::uint32_t> words) const {
    for (const std::uint32_t word : words) learned_.prefetch(word);
    KeepPrefetches();
  }

  /// The same for words that the stream may not have taught.
  void PrefetchAll(std::span<const std::uint32_t> words) const {
    background_->Prefetch(words);
    if (!learned_.empty()) Prefetch(words);
  }

  /// Idf of a word never seen: the largest value Idf gives.
  double MaxIdf() const;

  /// Share of all running words that are this word (the background model of the
  /// split's log-likelihood ratio): (times + 0.5) / (running words + 1); never 0.
  double Frequency(std::uint32_t word) const;

  /// Words that the stream has taught.
  std::size_t num_learned() const { return learned_.size(); }

  /// Writes and reads what the stream has taught. Load: into one made with the same bound.
  void Save(SnapshotWriter& out) const;
  void Load(SnapshotReader& in);

  std::size_t MemoryBytes() const;

 private:
  struct Learned {
    std::uint32_t texts = 0, times = 0;
    float background = 0;  // texts that the background has, so that one look-up tells both
  };
  void Touch();
  void MakeRoom();
  /// `log_texts`: ln(N + 1).
  double ComputeIdf(std::uint32_t word, double log_texts) const;
  /// Exact: a count of the background has four significant bits.
  float BackgroundTexts(std::uint32_t word) const {
    return static_cast<float>(background_->DocumentFrequency(word));
  }

  std::size_t max_words_;
  const Background* background_;
  std::uint64_t version_;  // of what is counted; no two differing states have the same
  std::uint64_t texts_ = 0, running_words_ = 0;
  absl::flat_hash_map<std::uint32_t, Learned> learned_;
  std::vector<std::uint32_t> sorted_;  // the words of the text being learned
};

}  // namespace samestory

#endif  // SAMESTORY_TEXT_WORD_STATS_H_
