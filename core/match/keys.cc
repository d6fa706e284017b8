#include <algorithm>
#include <array>

#include "base/hash.h"
#include "match/profile.h"

namespace samestory {
namespace {

constexpr std::size_t kRareWords = 6;
constexpr int kStemLetters = 5;

// The first five letters. Words with digits are told apart whole.
std::string_view Stem(std::string_view word) {
  int letters = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] >= '0' && word[i] <= '9') return word;
  }
  for (std::size_t i = 0; i < word.size(); ++i) {
    if ((word[i] & 0xc0) != 0x80 && ++letters > kStemLetters) return word.substr(0, i);
  }
  return word;
}

struct RareStem {
  std::uint32_t weight;
  std::uint64_t stem;
  bool operator<(const RareStem& other) const {
    return weight != other.weight ? weight > other.weight : stem < other.stem;
  }
};

}  // namespace

void RareWordKeys(const ProfileView& profile, const WordStats& words, std::uint64_t seed,
                  std::vector<std::uint64_t>& keys) {
  keys.clear();
  std::array<RareStem, ProfileView::kMaxWords> stems;
  std::size_t count = 0;
  const std::string_view text = profile.text();
  const bool stamped = profile.Has(ProfileView::kStamped);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < profile.num_words(); ++i) {
    const ProfileWord word = profile.word(i);
    if (!word.repeated) {
      const std::uint32_t weight =
          stamped ? word.weight : ProfileView::QuantisedWeight(words.Idf(profile.word_hashes()[i]));
      stems[count++] = {weight, Hash64(Stem(text.substr(begin, word.length)), seed)};
    }
    begin += word.length + 1u;
  }
  // Two forms of one word count once, as the commoner of them.
  const auto end = stems.begin() + static_cast<std::ptrdiff_t>(count);
  std::sort(stems.begin(), end, [](const RareStem& a, const RareStem& b) {
    return a.stem != b.stem ? a.stem < b.stem : a.weight < b.weight;
  });
  const auto distinct = std::unique(
      stems.begin(), end, [](const RareStem& a, const RareStem& b) { return a.stem == b.stem; });
  const std::size_t rare =
      std::min(kRareWords, static_cast<std::size_t>(distinct - stems.begin()));
  std::partial_sort(stems.begin(), stems.begin() + static_cast<std::ptrdiff_t>(rare), distinct);
  if (rare == 1) keys.push_back(Mix64(stems[0].stem, 0));
  for (std::size_t i = 0; i < rare; ++i) {
    for (std::size_t j = i + 1; j < rare; ++j) {
      const auto [low, high] = std::minmax(stems[i].stem, stems[j].stem);
      keys.push_back(Mix64(low, high));
    }
  }
}

}  // namespace samestory
