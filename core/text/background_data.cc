// The bytes of data/background.bin as a part of the library, so that nothing is opened at run time.
// An assembler directive: an array literal of this size takes a compiler minutes.
#include <cstddef>

#include "text/background.h"

__asm__(
    ".pushsection .rodata\n"
    ".balign 64\n"
    ".globl samestory_background_begin\n"
    ".hidden samestory_background_begin\n"
    "samestory_background_begin:\n"
    ".incbin \"" SAMESTORY_BACKGROUND_FILE
    "\"\n"
    ".globl samestory_background_end\n"
    ".hidden samestory_background_end\n"
    "samestory_background_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char samestory_background_begin[] __attribute__((visibility("hidden")));
extern const char samestory_background_end[] __attribute__((visibility("hidden")));
}

namespace samestory {

std::string_view ShippedBackgroundBytes() {
  return std::string_view(
      samestory_background_begin,
      static_cast<std::size_t>(samestory_background_end - samestory_background_begin));
}

}  // namespace samestory
