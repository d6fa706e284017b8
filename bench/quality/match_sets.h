#ifndef SAMESTORY_BENCH_QUALITY_MATCH_SETS_H_
#define SAMESTORY_BENCH_QUALITY_MATCH_SETS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace samestory::quality {

/// A record of the background stream, its title stripped of source dirt.
struct StreamItem {
  std::string title, body;
  std::string source, url;
  std::string key;              ///< canonical title
  std::optional<double> hours;  ///< since 1970
  enum class Origin : std::uint8_t { kNewsApi, kRss, kBbc, kReuters } origin;
};

/// One of the two items of a labelled pair.
struct PairItem {
  std::string title, body, source;
  std::optional<double> hours;  ///< since 1970
};

/// A labelled pair of headlines.
struct LabelledPair {
  std::string set;    ///< "titlever", "template", ...
  bool same = false;  ///< one story
  PairItem older, newer;
  /// Hours between them, as the pair is to be judged; absent: unknown. For pairs
  /// that were made of items of other weeks it is drawn at random.
  std::optional<double> hours_apart;
  std::string group;  ///< pairs of one group share an item or a form
  bool numbers_differ = false;
  /// Of the STS sets: likeness as people see it, 0 to 5.
  std::optional<double> score = std::nullopt;
};

struct MatchData {
  std::vector<StreamItem> stream;  ///< in the order of time, those without one first
  std::vector<LabelledPair> pairs;
};

/// Reads the background stream and the pair sets of `data_dir`/dev (or another
/// split). Sets: titlever, samedesc, bbcver, template, reissue, reutempl, hand_same,
/// hand_related, hand_different, sts_hi, sts_mid, sts_lo, and the natural
/// look-alikes na_xwin, na_far, rss_far, na_day, rss_day, and the equal titles
/// na_equal and na_running (see match_mine.h). The
/// same files give the same data.
absl::StatusOr<MatchData> LoadMatchData(const std::string& data_dir,
                                        const std::string& split = "dev");

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_MATCH_SETS_H_
