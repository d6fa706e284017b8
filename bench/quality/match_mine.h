#ifndef SAMESTORY_BENCH_QUALITY_MATCH_MINE_H_
#define SAMESTORY_BENCH_QUALITY_MATCH_MINE_H_

#include <string>
#include <vector>

#include "match_sets.h"

namespace samestory::quality {

/// Finds look-alikes that cannot be one story: for a headline, the one most like it
/// by idf-weighted word Jaccard among those of another time.
class LookAlikeMiner {
 public:
  /// `stream` must outlive the miner; its items with a time are searched.
  explicit LookAlikeMiner(const std::vector<StreamItem>& stream);

  /// `count` pairs of a headline and its best match in a 72-hour window at least
  /// 20 days away, 40 windows spread at random.
  void MineWindows(StreamItem::Origin origin, std::size_t count, const std::string& set,
                   std::vector<LabelledPair>& pairs) const;

  /// `count` pairs of a headline and its best match of all that is more than 20 days
  /// away.
  void MineFar(StreamItem::Origin origin, std::size_t count, const std::string& set,
               std::vector<LabelledPair>& pairs) const;

  /// `count` pairs of one source less than a day apart whose descriptions share less
  /// than a quarter of their words and whose titles are not much alike. A third of
  /// the closest are one story all the same: for training at low weight.
  void MineDay(StreamItem::Origin origin, std::size_t count, const std::string& set,
               std::vector<LabelledPair>& pairs) const;

  /// Pairs of neighbours in time that have one title and two URLs: `same_set` of two
  /// sources within 72 hours, or of one within 30 (by reading, one story in some 93%),
  /// `running_set` of one source more than 72 hours apart over bodies that share less than a
  /// quarter of their words (a running title: "your Thursday briefing").
  void MineEqual(StreamItem::Origin origin, const std::string& same_set,
                 const std::string& running_set, std::vector<LabelledPair>& pairs) const;

 private:
  struct Indexed;
  Indexed Index(StreamItem::Origin origin) const;

  const std::vector<StreamItem>& stream_;
};

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_MATCH_MINE_H_
