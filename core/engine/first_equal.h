#ifndef SAMESTORY_ENGINE_FIRST_EQUAL_H_
#define SAMESTORY_ENGINE_FIRST_EQUAL_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/parallel.h"

namespace samestory {

/// For each i below `n` the smallest j with content(j) == content(i); i itself where
/// content(i) is 0. The contents are 64-bit hashes. In linear time and 8 bytes a value.
std::vector<std::uint32_t> FindFirstEqual(std::size_t n,
                                          const std::function<std::uint64_t(std::size_t)>& content,
                                          WorkerPool& workers);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_FIRST_EQUAL_H_
