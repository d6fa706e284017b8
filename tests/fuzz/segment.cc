// Segments of any bytes: in order, trimmed, and together all that is not white space.
#include <cstdint>
#include <string_view>

#include "fuzz_check.h"
#include "samestory/text.h"
#include "text/white_space.h"

namespace samestory {
namespace {

void CheckSegments(std::string_view text, Segmentation segmentation, std::string_view lang) {
  std::size_t at = 0, line = 0;
  for (const Segment& segment : SegmentText(text, segmentation, lang)) {
    FUZZ_CHECK(segment.begin >= at && segment.begin < segment.end && segment.end <= text.size());
    FUZZ_CHECK(segment.line >= line);
    FUZZ_CHECK(TrimSpace(text.substr(at, segment.begin - at)).empty());
    const std::string_view inside = text.substr(segment.begin, segment.end - segment.begin);
    FUZZ_CHECK(TrimSpace(inside).size() == inside.size());
    at = segment.end;
    line = segment.line;
  }
  FUZZ_CHECK(TrimSpace(text.substr(at)).empty());
}

}  // namespace
}  // namespace samestory

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using samestory::CheckSegments;
  using samestory::Segmentation;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckSegments(text, Segmentation::kLines, "");
  for (std::string_view lang : {"en", "de", "zh-Hans", "?"}) {
    CheckSegments(text, Segmentation::kSentences, lang);
  }
  return 0;
}
