// The page that the project started from: nine lines of story, then six headlines of other stories.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "samestory/split.h"

namespace samestory {
namespace {

constexpr std::size_t kStoryLines = 9, kLines = 15;

std::string SeedPage() {
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(SAMESTORY_DATA_DIR "/seed", error)) {
    std::ifstream in(entry.path(), std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  }
  return {};
}

// Every line behind the story gets a final stop.
std::string WithStops(const std::string& page) {
  std::string out;
  std::size_t lines = 0;
  for (const char c : page) {
    if (c == '\n' && ++lines > kStoryLines && out.back() != '.') out += '.';
    out += c;
  }
  if (out.back() != '\n' && out.back() != '.') out += '.';
  return out;
}

std::size_t LinesRight(const std::string& page) {
  const auto split = SplitPage(page);
  EXPECT_TRUE(split.ok());
  EXPECT_EQ(split->lines.size(), kLines);
  std::size_t right = 0;
  for (std::size_t i = 0; i < split->lines.size(); ++i) {
    right += split->lines[i].role == (i < kStoryLines ? LineRole::kMain : LineRole::kOther);
  }
  return right;
}

TEST(SeedPage, IsRightLineByLine) {
  const std::string page = SeedPage();
  if (page.empty()) GTEST_SKIP() << "no data in " SAMESTORY_DATA_DIR;
  EXPECT_EQ(LinesRight(page), kLines);
}

TEST(SeedPage, StaysRightWhereEveryHeadlineEndsInAStop) {
  const std::string page = SeedPage();
  if (page.empty()) GTEST_SKIP() << "no data in " SAMESTORY_DATA_DIR;
  EXPECT_GE(LinesRight(WithStops(page)), kLines - 1);
}

}  // namespace
}  // namespace samestory
