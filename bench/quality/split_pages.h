#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_PAGES_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_PAGES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace samestory::quality {

/// A page whose every line is known to be story or other.
struct LabelledPage {
  std::string id;
  std::string set;      ///< "synthetic", "pages"
  std::string variant;  ///< "headline", "sentence", "none"; "newsy", "other"; of made pages too
  std::string group;    ///< pages of one group are trained on together or not at all
  std::string source;
  std::string title;
  std::vector<std::string> lines;
  std::vector<bool> other;     ///< of each line
  std::vector<bool> counted;   ///< of each line: false where the label says nothing
  std::vector<int> paragraph;  ///< of each line, where known; else empty
  std::size_t cut = 0;         ///< first line behind the last line of the story

  std::string Text() const;  ///< a line a line
};

/// The labelled sets of `data_dir`/dev.
absl::StatusOr<std::vector<LabelledPage>> LoadSyntheticTails(const std::string& data_dir);
absl::StatusOr<std::vector<LabelledPage>> LoadPageTails(const std::string& data_dir);
absl::StatusOr<std::vector<LabelledPage>> LoadPageLines(const std::string& data_dir);

/// Every line of the tail gets a final stop where it has no mark: `variant` is "stops".
LabelledPage WithStops(const LabelledPage& page);

/// The story alone: `variant` is "story".
LabelledPage StoryAlone(const LabelledPage& page);

/// The story cropped to `lines` lines of its beginning and end: `variant` is "cropped".
LabelledPage Cropped(const LabelledPage& page, std::size_t lines);

/// The story and the first line of the tail: `variant` is "one".
LabelledPage OneOther(const LabelledPage& page);

/// Sentences of one paragraph joined to one line: `variant` is "paragraphs".
LabelledPage InParagraphs(const LabelledPage& page);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_PAGES_H_
