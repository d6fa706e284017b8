// URLs and UTF-8 repair: both are idempotent, and repaired text is valid.
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz_check.h"
#include "samestory/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string url = samestory::CanonicalUrl(bytes);
  FUZZ_CHECK(samestory::CanonicalUrl(url) == url);

  std::size_t repaired = 0;
  const std::string text = samestory::RepairUtf8(bytes, &repaired);
  FUZZ_CHECK(repaired > 0 || text == bytes);
  FUZZ_CHECK(samestory::RepairUtf8(text, &repaired) == text);
  FUZZ_CHECK(repaired == 0);
  return 0;
}
