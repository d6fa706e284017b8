#ifndef SAMESTORY_ENGINE_FIRST_EQUAL_H_
#define SAMESTORY_ENGINE_FIRST_EQUAL_H_

#include <cstdint>
#include <span>
#include <vector>

#include "engine/parallel.h"

namespace samestory {

/// For each i the smallest j with contents[j] == contents[i]; i itself where contents[i] is
/// 0. The contents are 64-bit hashes. In linear time and 12 bytes a value.
std::vector<std::uint32_t> FindFirstEqual(std::span<const std::uint64_t> contents,
                                          WorkerPool& workers);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_FIRST_EQUAL_H_
