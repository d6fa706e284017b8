#ifndef SAMESTORY_BENCH_CORPUS_GENERATOR_H_
#define SAMESTORY_BENCH_CORPUS_GENERATOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "support/random.h"

namespace samestory::bench {

/// What a record of a corpus is made of.
enum class CorpusKind {
  kHeadlines,  ///< titles
  kSnippets,   ///< titles and descriptions, about 250 bytes
  kArticles,   ///< several descriptions, about 2,000 bytes
};

/// A text of a corpus.
struct CorpusText {
  std::string text;
  std::size_t copy_of = 0;  ///< number, from 1, of the text that it is a variant of; 0: none
};

/// An endless corpus of news text, made from real texts by a seeded recipe, so that
/// any size can be had again: first the real texts in a shuffled order, then splices
/// of pieces of them with a made-up name and a number. Of all records, `variants`
/// are copies of an earlier one with a source suffix, one or two words replaced or
/// dropped, an end cut off, other case, other punctuation, an "UPDATE 1-" before it,
/// or no change. Memory is bounded: variants are of the 100,000 originals that a random
/// draw has left.
class CorpusGenerator {
 public:
  /// `base` must not be empty.
  CorpusGenerator(std::vector<std::string> base, CorpusKind kind, std::uint64_t seed,
                  double variants = 0.3);

  /// The next text; the first is number 1.
  CorpusText Next();

 private:
  struct Past {
    std::string text;
    std::size_t number;
  };
  std::string Original();
  std::string Variant(const std::string& text);
  std::string Splice(std::size_t pieces);

  std::vector<std::string> base_;
  CorpusKind kind_;
  Random random_;
  double variants_;
  std::size_t used_ = 0;    // of base_
  std::size_t given_ = 0;   // texts
  std::vector<Past> past_;  // originals that variants are made of; bounded
};

/// The texts of the news files in `data_dir`/dev that fit `kind`. kNotFound where they
/// are absent.
absl::StatusOr<std::vector<std::string>> LoadBase(const std::string& data_dir, CorpusKind kind);

}  // namespace samestory::bench

#endif  // SAMESTORY_BENCH_CORPUS_GENERATOR_H_
