#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_SEEN_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_SEEN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace samestory::quality {

/// How often `PageLine::seen` names the item whose headline a line is.
struct SeenRow {
  std::string set;
  std::uint64_t items = 0;     ///< headlines remembered
  std::uint64_t lines = 0;     ///< lines that are the headline of one of them
  std::uint64_t named = 0;     ///< of them, those with a name
  std::uint64_t right = 0;     ///< of those, the names of an item with this headline
  std::uint64_t by_mistake = 0;  ///< names on lines of stories, which are no item's headline
};

/// On pages made for it: the stories of synthetic_tails, each with five headlines of
/// newsapi_title_versions behind it. The headlines are remembered without text; behind the stories
/// they stand as they are remembered, or in the last of their versions.
absl::StatusOr<std::vector<SeenRow>> MeasureSeen(const std::string& data_dir);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_SEEN_H_
