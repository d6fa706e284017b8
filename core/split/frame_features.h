#ifndef SAMESTORY_SPLIT_FRAME_FEATURES_H_
#define SAMESTORY_SPLIT_FRAME_FEATURES_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "split/frame_view.h"

namespace samestory {

/// What the frame knows of a line comes in four groups, in this order: the line and the text
/// around it; products of two of those; what markup says; and, in the second pass only, what the
/// first pass made of the lines around it.
struct FrameWidths {
  std::size_t text = 0, markup = 0, context = 0;  ///< features of each group, products under text
  std::size_t products = 0;                       ///< the last ones of the text
  std::size_t First() const { return text + markup; }
  std::size_t All() const { return text + markup + context; }
};
FrameWidths FrameFeatureWidths();

/// Names in the order of the values: what reasons print and weights are named by.
const std::vector<std::string_view>& FrameFeatureNames();

/// Writes the features of line i of the first pass to `values`, First() of them; without markup
/// those of its group are left as they are.
void ReadFrameFeatures(const FrameView& view, std::size_t i, bool markup, std::span<float> values);

/// Writes the features of line i that the second pass adds.
void ReadContextFeatures(const FrameContext& context, std::size_t i, std::span<float> values);

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_FRAME_FEATURES_H_
