#ifndef SAMESTORY_TESTS_SUPPORT_HEADLINES_H_
#define SAMESTORY_TESTS_SUPPORT_HEADLINES_H_

#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include "samestory/record.h"

namespace samestory::test {

/// Records that own their text.
class Headlines {
 public:
  Record& Add(std::string title, std::int64_t published = 0) {
    Row& row = rows_.emplace_back();
    row.title = std::move(title);
    row.id = "r" + std::to_string(rows_.size());
    Record& record = records_.emplace_back();
    record.title = row.title;
    record.id = row.id;
    if (published > 0) record.published = published;
    return record;
  }
  const std::vector<Record>& records() const { return records_; }
  std::vector<Record>& records() { return records_; }

 private:
  struct Row {
    std::string title, id;
  };
  std::deque<Row> rows_;
  std::vector<Record> records_;
};

/// A made-up word of two or three syllables; `n` tells words apart.
inline std::string MadeWord(std::uint32_t n) {
  static constexpr const char* kSyllables[] = {"ka", "lo", "mi", "ren", "tus", "vel", "dor", "an",
                                               "pe", "shi", "gra", "bo", "nul", "fe", "qui", "zar"};
  std::string word;
  for (int i = 0; i < 3; ++i, n /= 16) word += kSyllables[n % 16];
  return word;
}

/// `n` headlines of made-up words, of which some third are variants of an earlier original:
/// a word replaced, dropped or added, or an end cut off.
inline Headlines MadeHeadlines(std::size_t n, std::uint32_t seed) {
  std::mt19937 random(seed);
  Headlines headlines;
  std::vector<std::vector<std::string>> originals;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<std::string> words;
    const bool variant = i > 10 && random() % 3 == 0;
    if (variant) {
      words = originals[random() % originals.size()];
      const std::size_t at = random() % words.size();
      switch (random() % 4) {
        case 0: words[at] = MadeWord(random() % 4096); break;
        case 1: words.erase(words.begin() + static_cast<std::ptrdiff_t>(at)); break;
        case 2: words.insert(words.begin() + static_cast<std::ptrdiff_t>(at),
                             MadeWord(random() % 4096)); break;
        default: words.resize(words.size() * 3 / 4 + 1); break;
      }
    } else {
      const std::size_t length = 5 + random() % 10;
      while (words.size() < length) words.push_back(MadeWord(random() % 4096));
    }
    if (words.empty()) words.push_back(MadeWord(random() % 4096));
    std::string title;
    for (const std::string& word : words) title += (title.empty() ? "" : " ") + word;
    headlines.Add(title, 1'700'000'000 + static_cast<std::int64_t>(i) * 60);
    if (!variant) originals.push_back(std::move(words));
  }
  return headlines;
}

}  // namespace samestory::test

#endif  // SAMESTORY_TESTS_SUPPORT_HEADLINES_H_
