# Flags of every target of this project; nothing here reaches a user of the installed package.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

add_library(samestory_flags INTERFACE)
target_compile_options(samestory_flags INTERFACE
  -Wall -Wextra -Werror
  # The same bytes on every machine: no fused multiply-add where the source has two operations.
  -ffp-contract=off
  # GCC 12 reports a false -Wrestrict on std::string concatenation.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

if(SAMESTORY_SANITIZE)
  add_compile_options(-fsanitize=${SAMESTORY_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SAMESTORY_SANITIZE})
endif()

# What libFuzzer goes by.
if(SAMESTORY_BUILD_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
