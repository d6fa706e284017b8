#ifndef SAMESTORY_BENCH_QUALITY_FRAME_COUNTS_H_
#define SAMESTORY_BENCH_QUALITY_FRAME_COUNTS_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "split/frame_habits.h"

namespace samestory::quality {

/// Counts in how many lines of frames and of stories each word stands, site by site: the root of a
/// site's lines counts, so that no site speaks for all.
class FrameCounts {
 public:
  /// The distinct words of one line of a page of `site`.
  void Add(const std::string& site, int fold, std::span<const std::uint32_t> words, bool frame);

  /// Of the sites in neither fold (-1: none), the words that stand on kFewestSites of them or more.
  FrameHabits Without(int fold, int other) const;

 private:
  struct Lines {
    std::uint32_t frame = 0, story = 0;
  };
  struct Site {
    int fold = 0;
    absl::flat_hash_map<std::uint32_t, Lines> words;
  };
  std::map<std::string, Site> sites_;
};

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_FRAME_COUNTS_H_
