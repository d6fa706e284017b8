#include "text/title_reading.h"

#include "base/hash.h"

namespace samestory {
namespace {

using Side = PhraseFacts::Side;

void ReadEndings(const TitleCuts& cuts, LazySourceName& source, TitleReading& reading) {
  for (int i = 0; i < kMaxTitleCuts; ++i) {
    const std::size_t end = reading.end;
    const auto cut = cuts.Ending(end);
    if (!cut || cut->word < kLeastHeadlineWords) return;
    reading.phrases.push_back({{.phrase = reading.PhraseHash(cut->word, end),
                                .source = source->key(),
                                .side = Side::kEnding,
                                .number = cuts.HasNumber(cut->word, end),
                                .single = end == cut->word + 1},
                               cut->word,
                               end,
                               reading.PhraseHash(0, cut->word)});
    reading.end = cut->word;
  }
}

void ReadOpenings(const TitleCuts& cuts, LazySourceName& source, TitleReading& reading) {
  for (int i = 0; i < kMaxTitleCuts; ++i) {
    const std::size_t begin = reading.begin;
    const auto cut = cuts.Opening(begin);
    if (!cut || cut->word + kLeastHeadlineWords > reading.end) return;
    const std::size_t end = OpeningEnd(*cut);
    reading.phrases.push_back({{.phrase = reading.PhraseHash(begin, end),
                                .source = source->key(),
                                .side = Side::kOpening,
                                .wire = cut->wire,
                                .number = cuts.HasNumber(begin, end),
                                .single = end == begin + 1},
                               begin,
                               end,
                               reading.PhraseHash(cut->word, reading.end)});
    reading.begin = cut->word;
  }
}

}  // namespace

std::uint64_t TitleReading::PhraseHash(std::size_t first, std::size_t last) const {
  std::uint64_t hash = 0;
  for (std::size_t i = first; i < last; ++i) hash = Mix64(hash, words[i]);
  return hash;
}

void ReadWholeTitle(const CanonicalText& words, TitleReading& reading) {
  const std::size_t size = words.words().size();
  reading.phrases.clear();
  reading.words.resize(size);
  for (std::size_t i = 0; i < size; ++i) reading.words[i] = Hash64(words.word(i), 0);
  reading.begin = 0;
  reading.end = size;
}

void ReadTitle(const TitleCuts& cuts, LazySourceName& source, TitleReading& reading) {
  ReadWholeTitle(cuts.words(), reading);
  if (reading.end <= kLeastHeadlineWords) return;
  ReadEndings(cuts, source, reading);
  ReadOpenings(cuts, source, reading);
}

}  // namespace samestory
