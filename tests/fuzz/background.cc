// Any bytes as a table of word counts: refused, or readable at every hash.
#include "text/background.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  FUZZ_CHECK(!samestory::Background::Parse(bytes).ok() || size > 65536);

  // The same bytes as words, through a round trip.
  std::vector<samestory::BackgroundWord> words;
  for (std::size_t i = 0; i + 8 <= size && words.size() < 1000; i += 8) {
    samestory::BackgroundWord word;
    for (std::size_t b = 0; b < 4; ++b) word.hash = word.hash << 8 | data[i + b];
    word.documents = data[i + 4];
    word.occurrences = std::uint64_t{data[i + 5]} << data[i + 6] % 40;
    word.opening = data[i + 7] - 128.0;
    words.push_back(word);
  }
  const auto encoded = samestory::EncodeBackground(words, size, size);
  if (!encoded.ok()) return 0;
  const auto table = samestory::Background::Parse(*encoded);
  FUZZ_CHECK(table.ok());
  for (const samestory::BackgroundWord& word : words) {
    FUZZ_CHECK(table->DocumentFrequency(word.hash) * 16 >=
               static_cast<double>(word.documents) * 15);
  }
  std::string damaged = *encoded;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  FUZZ_CHECK(!samestory::Background::Parse(damaged).ok());
  return 0;
}
