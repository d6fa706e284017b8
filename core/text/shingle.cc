#include <algorithm>
#include <string>

#include "base/hash.h"
#include "samestory/text.h"
#include "text/sort_unique.h"

namespace samestory {

// The definition, with test vectors, is in docs/formats.md, "Shingles".
void Shingle(const CanonicalText& text, int ngram_size, std::uint64_t seed, ShingleSet& out) {
  const std::size_t num_words = text.words().size();
  const std::size_t longest =
      std::min(static_cast<std::size_t>(std::max(ngram_size, 1)), num_words);
  thread_local std::vector<std::uint64_t> scratch;  // words, then their grams of the present length
  std::vector<std::uint64_t>& hashes = scratch;
  hashes.resize(2 * num_words);
  std::uint64_t* const words = hashes.data();
  std::uint64_t* const grams = words + num_words;
  thread_local std::string padded_scratch;  // the text, and what ShortHasher may read behind it
  std::string& padded = padded_scratch;
  padded.assign(text.text()).append(16, '\0');
  const ShortHasher hash(seed);
  for (std::size_t i = 0; i < num_words; ++i) {
    const Word& word = text.words()[i];
    words[i] = hash({padded.data() + word.begin, word.end - word.begin});
  }
  std::copy_n(words, num_words, grams);
  // Of n words, n - 1 are the second of a 2-gram, n - 2 the third of a 3-gram.
  out.resize(longest * num_words - longest * (longest - (longest > 0)) / 2);
  std::uint32_t* shingle = out.data();
  for (std::size_t n = 1; n <= longest; ++n) {
    for (std::size_t i = 0; i + n <= num_words; ++i) {
      if (n > 1) grams[i] = Mix64(grams[i], words[i + n - 1]);
      *shingle++ = static_cast<std::uint32_t>(grams[i] >> 32);
    }
  }
  SortUnique(out);
}

}  // namespace samestory
