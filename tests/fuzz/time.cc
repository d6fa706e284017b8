// Times: a time that is read lies in range, is the same with white space around it, and is read
// back from what FormatTime writes.
#include "io/time.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz_check.h"
#include "io/reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto time = samestory::io::ParseTime(text);
  if (!time) return 0;
  FUZZ_CHECK(*time >= 0 && *time <= 253402300799);
  FUZZ_CHECK(samestory::io::ParseTime(" \t" + std::string(text) + "\n") == time);
  FUZZ_CHECK(samestory::io::ParseTime(samestory::io::FormatTime(*time)) == time);
  return 0;
}
