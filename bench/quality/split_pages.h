#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_PAGES_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_PAGES_H_

#include <cstdint>
#include <string>
#include <string_view>
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

/// Lines [first, first + lines) of the story alone: `variant` is "window".
LabelledPage Window(const LabelledPage& page, std::size_t first, std::size_t lines);

/// The story and the first line of the tail: `variant` is "one".
LabelledPage OneOther(const LabelledPage& page);

/// The first `lines` lines of the story and the tail: `variant` is "short".
LabelledPage Short(const LabelledPage& page, std::size_t lines);

/// Without capitals: `variant` begins with kUnknownLanguage, and words are to be read without their
/// habits. So a page looks in a script without capitals and a language whose headlines nobody has
/// counted.
inline constexpr std::string_view kUnknownLanguage = "unknown";
LabelledPage AsUnknownLanguage(const LabelledPage& page);

/// Sentences of one paragraph joined to one line: `variant` is "paragraphs".
LabelledPage InParagraphs(const LabelledPage& page);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_PAGES_H_
