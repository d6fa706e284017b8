#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/endian.h"
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

// Whether all of `text` is ASCII without a digit. All bytes are looked at, as vectors do.
bool IsPlain(std::string_view text) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::uint8_t any = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto from_zero = static_cast<std::uint8_t>(bytes[i] - '0');
    any |= bytes[i] & 0x80;
    any |= from_zero < 10 ? std::uint8_t{0xff} : std::uint8_t{0};
  }
  return any == 0;
}

// The bytes of a stem of at most kStemLetters bytes that begins at `begin` in `text`, as a number.
std::uint64_t PlainStem(std::string_view text, std::size_t begin, std::size_t length) {
  const std::size_t size = std::min<std::size_t>(length, kStemLetters);
  if (begin + 8 <= text.size()) {
    return LoadLittle64(reinterpret_cast<const std::uint8_t*>(text.data()) + begin) &
           ((std::uint64_t{1} << (8 * size)) - 1);
  }
  std::uint64_t stem = 0;
  for (std::size_t i = 0; i < size; ++i) {
    stem |= std::uint64_t{static_cast<std::uint8_t>(text[begin + i])} << (8 * i);
  }
  return stem;
}

struct RareStem {
  std::uint64_t stem;
  std::uint8_t weight;

  // The rarer first; of equals the one of the smaller hash.
  bool operator<(const RareStem& other) const {
    return weight != other.weight ? weight > other.weight : stem < other.stem;
  }
};

// The distinct stems of a text, each told by a number: its hash, or what it is hashed from. Two
// forms of one word count once, as the commoner of them.
class Stems {
 public:
  struct Place {
    std::uint16_t begin;
    std::uint8_t length;
  };

  void Add(std::uint64_t stem, std::uint8_t weight, Place place) {
    // Most stems are new, which a bit of 64 says most of the time.
    const std::uint64_t bit = std::uint64_t{1} << (stem * 0x9e3779b97f4a7c15 >> 58);
    if ((seen_ & bit) != 0) {
      for (std::size_t i = 0; i < count_; ++i) {
        if (stems_[i].stem != stem) continue;
        stems_[i].weight = std::min(stems_[i].weight, weight);
        return;
      }
    }
    seen_ |= bit;
    stems_[count_] = {stem, weight};
    places_[count_++] = place;
  }

  // Leaves those that may be among the kRareWords rarest, and replaces each by `hash(place)`.
  template <typename Hash>
  void HashRarest(const Hash& hash) {
    std::array<std::uint8_t, kRareWords> heaviest{};  // ascending
    for (std::size_t i = 0; i < count_; ++i) {
      std::uint8_t weight = stems_[i].weight;
      if (weight <= heaviest[0]) continue;
      heaviest[0] = weight;
      for (std::size_t k = 1; k < kRareWords && heaviest[k] < heaviest[k - 1]; ++k) {
        std::swap(heaviest[k], heaviest[k - 1]);
      }
    }
    const std::size_t all = std::exchange(count_, 0);
    for (std::size_t i = 0; i < all; ++i) {
      if (stems_[i].weight < heaviest[0]) continue;
      stems_[count_++] = {hash(places_[i]), stems_[i].weight};
    }
  }

  // Fills `rarest` in order and returns how many there are.
  std::size_t SelectRarest(std::array<RareStem, kRareWords + 1>& rarest) const {
    std::size_t rare = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      std::size_t at = rare;
      for (; at > 0 && stems_[i] < rarest[at - 1]; --at) rarest[at] = rarest[at - 1];
      if (at < kRareWords) rarest[at] = stems_[i];
      rare = std::min(rare + 1, kRareWords);
    }
    return rare;
  }

 private:
  std::array<RareStem, ProfileView::kMaxWords> stems_;
  std::array<Place, ProfileView::kMaxWords> places_;
  std::size_t count_ = 0;
  std::uint64_t seen_ = 0;
};

}  // namespace

void RareWordKeys(const ProfileView& profile, const WordStats& words, std::uint64_t seed,
                  std::vector<std::uint64_t>& keys) {
  keys.clear();
  Stems stems;
  const std::string_view text = profile.text();
  const std::size_t size = profile.num_words();
  const bool stamped = profile.Has(ProfileView::kStamped), plain = IsPlain(text);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t length = profile.lengths()[i];
    if ((profile.kinds()[i] >> ProfileView::kRepeatedBit & 1) == 0) {
      stems.Add(
          plain ? PlainStem(text, begin, length) : Hash64(Stem(text.substr(begin, length)), seed),
          stamped ? profile.weights()[i]
                  : ProfileView::QuantisedWeight(words.Idf(profile.word_hashes()[i])),
          {static_cast<std::uint16_t>(begin), static_cast<std::uint8_t>(length)});
    }
    begin += length + 1;
  }
  if (plain) {
    stems.HashRarest([&](Stems::Place at) {
      return Hash64(text.substr(at.begin, std::min<std::size_t>(at.length, kStemLetters)), seed);
    });
  }
  std::array<RareStem, kRareWords + 1> rarest;
  const std::size_t rare = stems.SelectRarest(rarest);
  if (rare == 1) keys.push_back(Mix64(rarest[0].stem, 0));
  for (std::size_t i = 0; i < rare; ++i) {
    for (std::size_t j = i + 1; j < rare; ++j) {
      keys.push_back(Mix64(std::min(rarest[i].stem, rarest[j].stem),
                           std::max(rarest[i].stem, rarest[j].stem)));
    }
  }
}

}  // namespace samestory
