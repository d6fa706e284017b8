// The trees that correct the frame's second pass.
#include "split/frame_trees.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <random>
#include <vector>

#include "split/frame.h"
#include "split/frame_features.h"
#include "split/frame_trees_table.h"

namespace samestory {
namespace {

using testing::Each;
using testing::Lt;
using testing::SizeIs;

// Goes down level by level, by the rule of the header.
std::size_t SlowLeaf(const FrameTree& tree, const std::vector<float>& row) {
  std::size_t first = 0, width = 1, at = 0;
  for (int level = 0; level < kFrameTreeDepth; ++level) {
    const std::size_t node = first + at;
    at = 2 * at + (row[tree.feature[node]] > tree.border[node] ? 1 : 0);
    first += width;
    width *= 2;
  }
  return at;
}

TEST(FrameTrees, ComeToTheLeafThatTheLevelsLeadTo) {
  std::mt19937 random(1);
  const auto value = [&] { return static_cast<float>(random() % 9); };
  for (int round = 0; round < 2'000; ++round) {
    FrameTree tree;
    for (auto& feature : tree.feature) feature = static_cast<std::uint8_t>(random() % 5);
    for (auto& border : tree.border) border = value();
    std::vector<float> row(5);
    for (float& of : row) of = value();
    ASSERT_EQ(LeafOf(tree, row), SlowLeaf(tree, row));
  }
}

TEST(FrameTrees, ValueAtItsBorderGoesLeft) {
  FrameTree tree;
  tree.border.fill(kNever);
  tree.border[0] = 2;
  EXPECT_EQ(LeafOf(tree, std::vector<float>{2}), 0u);
  EXPECT_EQ(LeafOf(tree, std::vector<float>{2.5}), kFrameTreeLeaves / 2);
}

// Random rows, and rows of values that are borders.
TEST(FrameTrees, SumsOfABlockAreThoseOfItsRowsOnEveryTarget) {
  constexpr std::size_t kWidth = 7;
  std::mt19937 random(2);
  const auto value = [&] { return static_cast<float>(random() % 9) / 8; };
  std::vector<FrameTree> trees(40);
  for (FrameTree& tree : trees) {
    for (auto& feature : tree.feature) feature = static_cast<std::uint8_t>(random() % kWidth);
    for (auto& border : tree.border) border = value();
    for (auto& odds : tree.log_odds) odds = value() - 0.3F;
  }
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    for (int round = 0; round < 50; ++round) {
      FrameTreeBlock block(kWidth);
      std::vector<std::vector<float>> rows(FrameTreeBlock::kLines, std::vector<float>(kWidth));
      for (std::size_t line = 0; line < rows.size(); ++line) {
        for (float& of : rows[line]) of = value();
        block.Set(line, rows[line]);
      }
      const auto sums = block.Sums(trees);
      for (std::size_t line = 0; line < rows.size(); ++line) {
        ASSERT_EQ(sums[line], SumOf(trees, rows[line])) << hwy::TargetName(target);
      }
    }
  }
  hwy::SetSupportedTargetsForTest(0);
}

TEST(FrameTrees, AddUp) {
  FrameTree tree;
  tree.log_odds.fill(0.25F);
  EXPECT_EQ(SumOf(std::vector<FrameTree>{tree, tree, tree}, std::vector<float>{0}), 0.75F);
  EXPECT_EQ(SumOf({}, std::vector<float>{0}), 0);
}

// The shipped ones read only features of the first pass; over text alone none of markup.
TEST(FrameTrees, ReadFeaturesThatThereAre) {
  const FrameWidths widths = FrameFeatureWidths();
  for (const bool markup : {false, true}) {
    EXPECT_THAT(ShippedFrame(markup).trees, SizeIs(250));
    for (const FrameTree& tree : ShippedFrame(markup).trees) {
      EXPECT_THAT(tree.feature, Each(Lt(markup ? widths.First() : widths.text)));
    }
  }
}

}  // namespace
}  // namespace samestory
