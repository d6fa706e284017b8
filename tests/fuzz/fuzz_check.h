#ifndef SAMESTORY_TESTS_FUZZ_FUZZ_CHECK_H_
#define SAMESTORY_TESTS_FUZZ_FUZZ_CHECK_H_

#include <cstdio>
#include <cstdlib>

// Stops the program where an invariant does not hold, in every build type.
#define FUZZ_CHECK(condition)                                                            \
  do {                                                                                   \
    if (!(condition)) {                                                                  \
      std::fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)

#endif  // SAMESTORY_TESTS_FUZZ_FUZZ_CHECK_H_
