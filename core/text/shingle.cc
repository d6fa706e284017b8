#include <algorithm>
#include <string>

#include "base/hash.h"
#include "samestory/text.h"
#include "text/sort_unique.h"
#include "text/word_hashes.h"

namespace samestory {

// The definition, with test vectors, is in docs/formats.md, "Shingles".
void HashWords(const CanonicalText& text, std::uint64_t seed, WordHashes& out) {
  thread_local std::string padded_scratch;  // the text, and what ShortHasher may read behind it
  std::string& padded = padded_scratch;
  padded.assign(text.text()).append(ShortHasher::kReads, '\0');
  const ShortHasher hash(seed);
  out.clear();
  for (const Word& word : text.words()) {
    out.push_back(hash({padded.data() + word.begin, word.end - word.begin}));
  }
}

void ShingleWords(std::span<const std::uint64_t> words, int ngram_size, ShingleSet& out) {
  const std::size_t num_words = words.size();
  const std::size_t longest =
      std::min(static_cast<std::size_t>(std::max(ngram_size, 1)), num_words);
  // Of n words, n - 1 are the second of a 2-gram, n - 2 the third of a 3-gram.
  out.resize(longest * num_words - longest * (longest - (longest > 0)) / 2);
  std::uint32_t* shingle = out.data();
  for (const std::uint64_t word : words) *shingle++ = static_cast<std::uint32_t>(word >> 32);
  thread_local WordHashes scratch;  // grams of the present length
  WordHashes& grams = scratch;
  if (longest > 2) grams.assign(words.begin(), words.end());
  for (std::size_t n = 2; n <= longest; ++n) {
    const std::uint64_t* const shorter = n == 2 ? words.data() : grams.data();
    for (std::size_t i = 0; i + n <= num_words; ++i) {
      const std::uint64_t gram = Mix64(shorter[i], words[i + n - 1]);
      if (longest > 2) grams[i] = gram;
      *shingle++ = static_cast<std::uint32_t>(gram >> 32);
    }
  }
  SortUnique(out);
}

void Shingle(const CanonicalText& text, int ngram_size, std::uint64_t seed, ShingleSet& out) {
  thread_local WordHashes words;
  HashWords(text, seed, words);
  ShingleWords(words, ngram_size, out);
}

}  // namespace samestory
