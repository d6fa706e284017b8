#include "match/fuzzy.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace samestory {
namespace {

constexpr int kMinLetters = 4;
constexpr int kMaxLetters = 32;
constexpr double kMinDice = 0.6;

// Code points of a word; size is -1 where there are too many.
struct Letters {
  char32_t at[kMaxLetters];
  int size = 0;

  explicit Letters(std::string_view word) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.data());
    for (std::size_t i = 0; i < word.size();) {
      UChar32 c = bytes[i];
      if (c < 0x80 && size < kMaxLetters) {
        at[size++] = static_cast<char32_t>(c);
        ++i;
        continue;
      }
      U8_NEXT_OR_FFFD(bytes, i, word.size(), c);
      if (size == kMaxLetters) {
        size = -1;
        return;
      }
      at[size++] = static_cast<char32_t>(c);
    }
  }
};

// No more pairs can be shared than neighbours of `a` whose letters both stand in `b`.
int SharedPairsAtMost(const Letters& a, const Letters& b) {
  std::uint64_t in_b = 0;
  for (int j = 0; j < b.size; ++j) in_b |= std::uint64_t{1} << (b.at[j] & 63);
  int most = 0;
  bool last = false;
  for (int i = 0; i < a.size; ++i) {
    const bool shared = (in_b >> (a.at[i] & 63) & 1) != 0;
    most += shared && last;
    last = shared;
  }
  return most;
}

// Letter pairs that both words have, as multisets.
int SharedPairs(const Letters& a, const Letters& b) {
  std::uint32_t used = 0;
  int shared = 0;
  for (int i = 0; i + 1 < a.size; ++i) {
    for (int j = 0; j + 1 < b.size; ++j) {
      if (a.at[i] == b.at[j] && a.at[i + 1] == b.at[j + 1] && !(used >> j & 1)) {
        used |= 1u << j;
        ++shared;
        break;
      }
    }
  }
  return shared;
}

}  // namespace

LetterSet LettersOf(std::string_view word) {
  LetterSet letters;
  unsigned char any = 0;
  for (const char c : word) {
    letters.classes |= 1u << (c & 31);
    any |= static_cast<unsigned char>(c);
  }
  if (any >= 0x80) return {~0u, LetterSet::kAny};
  letters.repeats = static_cast<std::uint32_t>(word.size()) -
                    static_cast<std::uint32_t>(CountWords(letters.classes));
  return letters;
}

bool IsWordVariant(std::string_view a, std::string_view b) {
  if (a.size() < kMinLetters || b.size() < kMinLetters || a[0] != b[0]) return false;
  const Letters in_a(a), in_b(b);
  if (in_a.size < kMinLetters || in_b.size < kMinLetters) return false;
  const int shorter = std::min(in_a.size, in_b.size), longer = std::max(in_a.size, in_b.size);
  int prefix = 0;
  while (prefix < shorter && in_a.at[prefix] == in_b.at[prefix]) ++prefix;
  if (prefix == 0) return false;
  if (prefix >= kMinLetters && 2 * prefix >= longer) return true;
  const int pairs = in_a.size + in_b.size - 2;
  // Cheap bounds first.
  if (2 * (shorter - 1) < kMinDice * pairs) return false;
  if (2 * SharedPairsAtMost(in_a, in_b) < kMinDice * pairs) return false;
  return 2 * SharedPairs(in_a, in_b) >= kMinDice * pairs;
}

}  // namespace samestory
