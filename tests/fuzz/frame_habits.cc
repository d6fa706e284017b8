// Any bytes as a table of the frame's words: refused, or equal to what is read back of it.
#include "split/frame_habits.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto parsed = samestory::FrameHabits::Parse(bytes);
  FUZZ_CHECK(!parsed.ok() || parsed->Encode() == bytes);

  // The same bytes as words, through a round trip.
  std::vector<samestory::FrameHabit> words;
  for (std::size_t i = 0; i + 5 <= size && words.size() < 1000; i += 5) {
    samestory::FrameHabit word{.hash = 0, .habit = (data[i + 4] - 128.0) / 16};
    for (std::size_t b = 0; b < 4; ++b) word.hash = word.hash << 8 | data[i + b];
    words.push_back(word);
  }
  const samestory::FrameHabits habits(words);
  const auto again = samestory::FrameHabits::Parse(habits.Encode());
  FUZZ_CHECK(again.ok() && again->words() == habits.words());
  for (const samestory::FrameHabit& word : words) {
    FUZZ_CHECK(again->Of(word.hash) == habits.Of(word.hash));
  }
  return 0;
}
