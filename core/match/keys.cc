#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "match/profile.h"

namespace samestory {
namespace {

constexpr std::size_t kRareWords = 6;
constexpr int kStemLetters = 5;

// The first five letters; a word with a digit is its own stem.
std::string_view Stem(std::string_view word) {
  int letters = 0;
  std::size_t end = word.size();
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] >= '0' && word[i] <= '9') return word;
    if ((word[i] & 0xc0) != 0x80 && ++letters == kStemLetters + 1) end = i;
  }
  return word.substr(0, end);
}

struct RareStem {
  std::uint64_t stem;
  std::uint8_t weight;

  // The rarer first; of equals the one of the smaller hash.
  bool operator<(const RareStem& other) const {
    return weight != other.weight ? weight > other.weight : stem < other.stem;
  }
};

// The distinct stems of a text. Two forms of one word count once, as the commoner of them.
class Stems {
 public:
  void Add(std::uint64_t stem, std::uint8_t weight) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (stems_[i].stem != stem) continue;
      stems_[i].weight = std::min(stems_[i].weight, weight);
      return;
    }
    stems_[count_++] = {stem, weight};
  }

  // Moves the rarest to the front and returns how many there are, at most kRareWords.
  std::size_t SelectRarest() {
    const std::size_t rare = std::min(kRareWords, count_);
    for (std::size_t i = 0; i < rare; ++i) {
      const auto from = stems_.begin() + static_cast<std::ptrdiff_t>(i);
      std::iter_swap(from,
                     std::min_element(from, stems_.begin() + static_cast<std::ptrdiff_t>(count_)));
    }
    return rare;
  }

  std::uint64_t operator[](std::size_t i) const { return stems_[i].stem; }

 private:
  std::array<RareStem, ProfileView::kMaxWords> stems_;
  std::size_t count_ = 0;
};

}  // namespace

void RareWordKeys(const ProfileView& profile, const WordStats& words, std::uint64_t seed,
                  std::vector<std::uint64_t>& keys) {
  keys.clear();
  Stems stems;
  const std::string_view text = profile.text();
  const bool stamped = profile.Has(ProfileView::kStamped);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < profile.num_words(); ++i) {
    const ProfileWord word = profile.word(i);
    if (!word.repeated) {
      stems.Add(Hash64(Stem(text.substr(begin, word.length)), seed),
                stamped ? word.weight
                        : ProfileView::QuantisedWeight(words.Idf(profile.word_hashes()[i])));
    }
    begin += word.length + 1u;
  }
  const std::size_t rare = stems.SelectRarest();
  if (rare == 1) keys.push_back(Mix64(stems[0], 0));
  for (std::size_t i = 0; i < rare; ++i) {
    for (std::size_t j = i + 1; j < rare; ++j) {
      keys.push_back(Mix64(std::min(stems[i], stems[j]), std::max(stems[i], stems[j])));
    }
  }
}

}  // namespace samestory
