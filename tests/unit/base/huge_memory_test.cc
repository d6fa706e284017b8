#include "base/huge_memory.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace samestory::internal {
namespace {

TEST(HugeAllocator, KeepsWhatGrowsFromSmallBlocksToHugePages) {
  std::vector<std::uint32_t, HugeAllocator<std::uint32_t>> values;
  const std::size_t count = 2 * kHugePage / sizeof(std::uint32_t) + 1;
  for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<std::uint32_t>(i * 7));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(values.data()) % kHugePage, 0);
  for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(values[i], static_cast<std::uint32_t>(i * 7));
  values.assign(3, 5);
  values.shrink_to_fit();
  EXPECT_EQ(values, decltype(values)(3, 5));
}

}  // namespace
}  // namespace samestory::internal
