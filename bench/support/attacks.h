#ifndef SAMESTORY_BENCH_SUPPORT_ATTACKS_H_
#define SAMESTORY_BENCH_SUPPORT_ATTACKS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "samestory/minhash.h"
#include "samestory/options.h"
#include "samestory/text.h"
#include "support/random.h"

/// Headlines that are hard on an index, made up word by word.
namespace samestory::bench {

/// A made-up word of four or more syllables; `n` tells words apart.
inline std::string AttackWord(std::uint64_t n) {
  static constexpr const char* kSyllables[] = {"ba", "cor", "dil", "en",  "fu", "gar",
                                               "hi", "jo",  "kel", "lum", "ma", "nor",
                                               "pi", "ros", "tu",  "vey"};
  std::string word;
  for (int i = 0; i < 4 || n > 0; ++i, n /= 16) word += kSyllables[n % 16];
  return word;
}

/// The i-th headline of a form that never changes but for one number.
inline std::string NumberedHeadline(std::uint64_t i) {
  return "Harbour office of Lornmouth counts " + std::to_string(1000 + i) +
         " crates of late apples on the northern quay this week";
}

/// Headlines of an attacker who knows the code and its defaults, and believes that the engine is
/// keyed by `seed`: all share the minima of the first band of their signatures, and are
/// otherwise unlike.
class BandAttack {
 public:
  /// `rows` of the banding under attack.
  BandAttack(int rows, std::uint64_t seed) : random_(seed) {
    auto hasher = MinHasher::Create(rows, seed);
    if (!hasher.ok()) return;
    std::vector<std::uint32_t> least(static_cast<std::size_t>(rows), 0xffffffff), values = least;
    words_.resize(least.size());
    CanonicalText canonical;
    ShingleSet shingles;
    for (std::uint64_t n = 0; n < kTried; ++n) {
      const std::string word = AttackWord(n);
      Canonicalize(word, canonical);
      Shingle(canonical, 1, seed, shingles);
      hasher->Sign(shingles, values);
      for (std::size_t row = 0; row < values.size(); ++row) {
        if (values[row] >= least[row]) continue;
        least[row] = values[row];
        words_[row] = word;
      }
    }
  }

  /// The next headline: the words that hold the minima of the band, and fillers.
  std::string Next() {
    std::string text;
    for (const std::string& word : words_) text += word + " ";
    for (int i = 0; i < kFillers; ++i) {
      text += AttackWord(kTried + random_.Below(1 << 24)) + (i + 1 < kFillers ? " " : "");
    }
    return text;
  }

 private:
  static constexpr std::uint64_t kTried = 1 << 18;  // words among which minima are sought
  static constexpr int kFillers = 12;
  std::vector<std::string> words_;  // one a row
  Random random_;
};

}  // namespace samestory::bench

#endif  // SAMESTORY_BENCH_SUPPORT_ATTACKS_H_
