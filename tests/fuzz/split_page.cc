// Pages of any bytes, alone and against a corpus that has seen the page before them: nothing of the
// text is lost, lines are in order, probabilities never rise.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "fuzz_check.h"
#include "samestory/split.h"

namespace {

constexpr std::string_view kSpace = " \t\n\v\f\r";

bool IsBlank(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kSpace.find(text[i]) != std::string_view::npos) continue;
    // U+0085, U+2028 and U+2029 end lines; other Unicode spaces may stand between segments, too.
    if (static_cast<unsigned char>(text[i]) < 0x80) return false;
  }
  return true;
}

void Check(std::string_view text, const samestory::PageSplit& split) {
  std::size_t at = 0;
  for (const samestory::PageLine& line : split.lines) {
    FUZZ_CHECK(at <= line.begin && line.begin < line.end && line.end <= text.size());
    FUZZ_CHECK(IsBlank(text.substr(at, line.begin - at)));
    FUZZ_CHECK(line.score >= 0 && line.score <= 1);
    at = line.end;
  }
  FUZZ_CHECK(IsBlank(text.substr(at)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 20'000) return 0;
  samestory::SplitOptions options;
  options.stance = static_cast<samestory::SplitStance>(data[0] % 3);
  if (data[0] & 4) options.title = "Ferry to stop in October";
  if (data[0] & 8) options.lang = "de";
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto alone = samestory::SplitPage(text, options);
  FUZZ_CHECK(alone.ok());
  Check(text, *alone);

  samestory::PageCorpus corpus(1, 40);
  corpus.Add("half", options.title, text.substr(text.size() / 2));
  corpus.Add("whole", "", text);
  const auto together = samestory::SplitPage(text, options, &corpus, "other");
  FUZZ_CHECK(together.ok());
  Check(text, *together);
  return 0;
}
