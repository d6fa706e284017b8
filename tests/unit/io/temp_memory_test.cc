#include "io/temp_memory.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace samestory::io {
namespace {

namespace fs = std::filesystem;

TEST(TempMemory, KeepsWhatWasWrittenOverARest) {
  auto memory = TempMemory::Create(testing::TempDir());
  ASSERT_TRUE(memory.ok()) << memory.status();
  constexpr std::size_t kMiB = std::size_t{1} << 20;
  std::vector<std::uint32_t*> pieces;
  for (std::size_t i = 0; i < 70; ++i) {
    auto* piece = static_cast<std::uint32_t*>((*memory)->Allocate(kMiB));
    ASSERT_NE(piece, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(piece) % 64, 0u);
    for (std::size_t k = 0; k < kMiB / 4; k += 1000) piece[k] = static_cast<std::uint32_t>(i * k);
    pieces.push_back(piece);
  }
  EXPECT_EQ(std::set(pieces.begin(), pieces.end()).size(), pieces.size());
  (*memory)->Rest();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (std::size_t k = 0; k < kMiB / 4; k += 1000) {
      ASSERT_EQ(pieces[i][k], static_cast<std::uint32_t>(i * k));
    }
  }
}

TEST(TempMemory, APieceMayBeLarge) {
  auto memory = TempMemory::Create(testing::TempDir());
  ASSERT_TRUE(memory.ok());
  constexpr std::size_t kBytes = std::size_t{80} << 20;
  auto* piece = static_cast<char*>((*memory)->Allocate(kBytes));
  ASSERT_NE(piece, nullptr);
  piece[0] = piece[kBytes - 1] = 'x';
  EXPECT_EQ(piece[kBytes - 1], 'x');
}

TEST(TempMemory, LeavesNoNameBehind) {
  const fs::path dir = fs::path(testing::TempDir()) / "temp_memory_test";
  fs::create_directory(dir);
  auto memory = TempMemory::Create(dir.string());
  ASSERT_TRUE(memory.ok());
  EXPECT_NE((*memory)->Allocate(1 << 20), nullptr);
  EXPECT_TRUE(fs::is_empty(dir));
  fs::remove_all(dir);
}

TEST(TempMemory, ADirectoryThatIsNotThereIsToldByName) {
  const auto memory = TempMemory::Create("/nonexistent/dir");
  ASSERT_FALSE(memory.ok());
  EXPECT_NE(memory.status().message().find("/nonexistent/dir"), std::string_view::npos);
}

}  // namespace
}  // namespace samestory::io
