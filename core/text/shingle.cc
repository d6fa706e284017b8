#include <algorithm>

#include "base/hash.h"
#include "samestory/text.h"

namespace samestory {

void Shingle(const CanonicalText& text, int ngram_size, std::uint64_t seed, ShingleSet& out) {
  out.clear();
  const std::size_t num_words = text.words().size();
  const auto n_max = static_cast<std::size_t>(std::max(ngram_size, 1));
  thread_local std::vector<std::uint64_t> grams;  // of the present n, one for every first word
  thread_local std::vector<std::uint64_t> hashes;
  hashes.clear();
  for (std::size_t i = 0; i < num_words; ++i) hashes.push_back(Hash64(text.word(i), seed));
  grams.assign(hashes.begin(), hashes.end());
  for (std::size_t n = 1; n <= std::min(n_max, num_words); ++n) {
    for (std::size_t i = 0; i + n <= num_words; ++i) {
      if (n > 1) grams[i] = Mix64(grams[i], hashes[i + n - 1]);
      out.push_back(static_cast<std::uint32_t>(grams[i] >> 32));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

}  // namespace samestory
