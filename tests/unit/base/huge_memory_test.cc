#include "base/huge_memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/page_stock.h"

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

TEST(PageStock, APageGoesFromHandToHand) {
  PageStock stock;
  PageStock::Page first = stock.Take(), second = stock.Take();
  ASSERT_NE(first, nullptr);
  ASSERT_NE(first, second);
  std::fill_n(second.get(), kHugePage, std::byte{1});
  std::byte* const given_back = first.get();
  first.reset();
  const PageStock::Page third = stock.Take();
  EXPECT_EQ(third.get(), given_back);
  stock.Clear();
  std::fill_n(third.get(), kHugePage, std::byte{2});
  EXPECT_EQ(std::count(second.get(), second.get() + kHugePage, std::byte{1}), kHugePage);
}

TEST(PageStock, KeepsAsManyPagesAsItIsTold) {
  PageStock stock;
  std::vector<PageStock::Page> pages;
  for (int i = 0; i < 3; ++i) pages.push_back(stock.Take());
  std::byte* const first = pages.front().get();
  for (PageStock::Page& page : pages) page.reset();  // the first one is at the bottom
  stock.Keep(1);
  EXPECT_EQ(stock.Take().get(), first);
}

}  // namespace
}  // namespace samestory::internal
