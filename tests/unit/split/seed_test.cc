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
  for (const auto& entry : std::filesystem::directory_iterator(SAMESTORY_DATA_DIR "/seed", error)) {
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

// How many lines of the story, and of the headlines, have the right role.
struct Right {
  std::size_t story = 0, headlines = 0;
};

Right LinesRight(const std::string& page) {
  const auto split = SplitPage(page);
  EXPECT_TRUE(split.ok());
  EXPECT_EQ(split->lines.size(), kLines);
  Right right;
  for (std::size_t i = 0; i < split->lines.size(); ++i) {
    const bool main = split->lines[i].role == LineRole::kMain;
    right.story += i < kStoryLines && main;
    right.headlines += i >= kStoryLines && !main;
  }
  return right;
}

TEST(SeedPage, IsRightLineByLine) {
  const std::string page = SeedPage();
  if (page.empty()) GTEST_SKIP() << "no data in " SAMESTORY_DATA_DIR;
  const Right right = LinesRight(page);
  EXPECT_EQ(right.story, kStoryLines);
  EXPECT_EQ(right.headlines, kLines - kStoryLines);
}

// Nothing but the words tells the headlines now: some may stay, none of the story may go.
TEST(SeedPage, LosesNoStoryWhereEveryHeadlineEndsInAStop) {
  const std::string page = SeedPage();
  if (page.empty()) GTEST_SKIP() << "no data in " SAMESTORY_DATA_DIR;
  const Right right = LinesRight(WithStops(page));
  EXPECT_EQ(right.story, kStoryLines);
  EXPECT_GE(right.headlines, 5u);
}

}  // namespace
}  // namespace samestory
