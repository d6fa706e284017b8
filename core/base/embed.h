#ifndef SAMESTORY_BASE_EMBED_H_
#define SAMESTORY_BASE_EMBED_H_

#include <cstddef>
#include <string_view>

/// Makes the bytes of `file` (a string literal) a part of the library, so that nothing is opened at
/// run time, and defines `std::string_view name()` of them in the namespace samestory. At global
/// scope of one source file. An assembler directive: an array literal takes a compiler minutes.
#define SAMESTORY_EMBED(name, file)                                                   \
  __asm__(                                                                            \
      ".pushsection .rodata\n"                                                        \
      ".balign 64\n"                                                                  \
      ".globl samestory_" #name                                                       \
      "_begin\n"                                                                      \
      ".hidden samestory_" #name                                                      \
      "_begin\n"                                                                      \
      "samestory_" #name                                                              \
      "_begin:\n"                                                                     \
      ".incbin \"" file                                                               \
      "\"\n"                                                                          \
      ".globl samestory_" #name                                                       \
      "_end\n"                                                                        \
      ".hidden samestory_" #name                                                      \
      "_end\n"                                                                        \
      "samestory_" #name                                                              \
      "_end:\n"                                                                       \
      ".byte 0\n"                                                                     \
      ".popsection\n");                                                               \
  extern "C" {                                                                        \
  extern const char samestory_##name##_begin[] __attribute__((visibility("hidden"))); \
  extern const char samestory_##name##_end[] __attribute__((visibility("hidden")));   \
  }                                                                                   \
  namespace samestory {                                                               \
  std::string_view name() {                                                           \
    return std::string_view(                                                          \
        samestory_##name##_begin,                                                     \
        static_cast<std::size_t>(samestory_##name##_end - samestory_##name##_begin)); \
  }                                                                                   \
  }

#endif  // SAMESTORY_BASE_EMBED_H_
