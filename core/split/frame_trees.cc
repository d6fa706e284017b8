#include "split/frame_trees.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "split/frame_trees.cc"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace samestory {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// The leaf's value in each lane: every node of a level chooses between what stands below it.
template <class D, class V = hn::Vec<D>>
V ValueOf(D d, const FrameTree& tree, const float* HWY_RESTRICT columns) {
  const auto right = [&](std::size_t node) HWY_ATTR {
    const V value = hn::LoadU(d, columns + tree.feature[node] * FrameTreeBlock::kLines);
    return hn::Gt(value, hn::Set(d, tree.border[node]));
  };
  const auto leaves = [&](std::size_t node) HWY_ATTR {
    const std::size_t leaf = 2 * node + 1 - kFrameTreeNodes;
    return hn::IfThenElse(right(node), hn::Set(d, tree.log_odds[leaf + 1]),
                          hn::Set(d, tree.log_odds[leaf]));
  };
  const auto above_leaves = [&](std::size_t node) HWY_ATTR {
    return hn::IfThenElse(right(node), leaves(2 * node + 2), leaves(2 * node + 1));
  };
  const auto below_root = [&](std::size_t node) HWY_ATTR {
    return hn::IfThenElse(right(node), above_leaves(2 * node + 2), above_leaves(2 * node + 1));
  };
  return hn::IfThenElse(right(0), below_root(2), below_root(1));
}

void SumColumns(const FrameTree* HWY_RESTRICT trees, std::size_t count,
                const float* HWY_RESTRICT columns, float* HWY_RESTRICT sums) {
  const HWY_CAPPED(float, FrameTreeBlock::kLines) d;
  for (std::size_t line = 0; line < FrameTreeBlock::kLines; line += hn::Lanes(d)) {
    auto sum = hn::Zero(d);
    for (std::size_t tree = 0; tree < count; ++tree) {
      sum = hn::Add(sum, ValueOf(d, trees[tree], columns + line));
    }
    hn::StoreU(sum, d, sums + line);
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace samestory
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace samestory {
namespace {

HWY_EXPORT(SumColumns);

static_assert(kFrameTreeDepth == 4);  // the levels of ValueOf

}  // namespace

std::size_t LeafOf(const FrameTree& tree, std::span<const float> row) {
  std::size_t node = 0;
  for (int level = 0; level < kFrameTreeDepth; ++level) {
    node = 2 * node + 1 + (row[tree.feature[node]] > tree.border[node]);
  }
  return node - kFrameTreeNodes;
}

float SumOf(std::span<const FrameTree> trees, std::span<const float> row) {
  float sum = 0;
  for (const FrameTree& tree : trees) sum += tree.log_odds[LeafOf(tree, row)];
  return sum;
}

void FrameTreeBlock::Set(std::size_t line, std::span<const float> row) {
  for (std::size_t f = 0; f < row.size(); ++f) columns_[f * kLines + line] = row[f];
}

std::array<float, FrameTreeBlock::kLines> FrameTreeBlock::Sums(
    std::span<const FrameTree> trees) const {
  std::array<float, kLines> sums;
  HWY_DYNAMIC_DISPATCH(SumColumns)(trees.data(), trees.size(), columns_.data(), sums.data());
  return sums;
}

}  // namespace samestory
#endif  // HWY_ONCE
