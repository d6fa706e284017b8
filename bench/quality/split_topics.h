#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_TOPICS_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_TOPICS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace samestory::quality {

/// A word and where it lies among the topics of the texts.
struct TopicWord {
  std::uint32_t hash = 0;
  std::vector<double> place;
};

/// Latent semantic analysis (Deerwester and others, 1990): the words of `texts` (hashes, with
/// repetitions) in the space of the `dimensions` directions that explain most of the texts, by
/// subspace iteration on the matrix of texts and words weighted by tf-idf. Directions are scaled
/// by the root of their singular values; the first, which all texts share, is left out. Words
/// that stand in less than `least_texts` texts or in more than a tenth are left out; of the others
/// the `most_words` in most texts are kept. Deterministic.
std::vector<TopicWord> FitTopics(const std::vector<std::vector<std::uint32_t>>& texts,
                                 std::size_t dimensions, std::size_t least_texts,
                                 std::size_t most_words);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_TOPICS_H_
