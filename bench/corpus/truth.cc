#include "corpus/truth.h"

#include "absl/container/flat_hash_map.h"
#include "samestory/match.h"
#include "samestory/text.h"

namespace samestory::bench {
namespace {

ShingleSet ShinglesOf(const Record& record, const Options& options) {
  CanonicalText canonical;
  ShingleSet set, more;
  for (const std::string_view field : {record.title, record.summary, record.text}) {
    Canonicalize(field, canonical, options.max_words);
    Shingle(canonical, options.ngram_size, options.seed, more);
    set.insert(set.end(), more.begin(), more.end());
  }
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

// Every earlier record that shares a shingle, with the number shared: exact, and quadratic only in
// what really overlaps.
class Overlaps {
 public:
  template <typename Visitor>
  void ForEachThenAdd(const ShingleSet& set, Visitor visit) {
    absl::flat_hash_map<std::size_t, std::size_t> shared;
    for (const std::uint32_t shingle : set) {
      for (const std::size_t earlier : postings_[shingle]) ++shared[earlier];
      postings_[shingle].push_back(next_);
    }
    for (const auto& [earlier, count] : shared) visit(earlier, count);
    ++next_;
  }

 private:
  absl::flat_hash_map<std::uint32_t, std::vector<std::size_t>> postings_;
  std::size_t next_ = 0;
};

}  // namespace

Agreement CompareWithExact(std::span<const Record> records, const std::vector<ClusterRow>& rows,
                           const Options& options) {
  Agreement result;
  std::vector<ShingleSet> sets;
  for (const Record& record : records) sets.push_back(ShinglesOf(record, options));
  Overlaps overlaps;
  for (std::size_t i = 0; i < records.size(); ++i) {
    bool has_earlier = false;
    overlaps.ForEachThenAdd(sets[i], [&](std::size_t j, std::size_t shared) {
      const double unite = static_cast<double>(sets[i].size() + sets[j].size() - shared);
      if (static_cast<double>(shared) < options.threshold * unite) return;
      has_earlier = true;
      ++result.pairs;
      result.pairs_together += rows[i].story == rows[j].story;
    });
    const bool linked = IsSameStory(rows[i].relation);
    result.duplicates += has_earlier;
    result.flagged += has_earlier && linked;
    result.links += linked;
    result.right_links +=
        linked && rows[i].of && Jaccard(sets[i], sets[*rows[i].of]) >= options.threshold;
  }
  return result;
}

}  // namespace samestory::bench
