#ifndef SAMESTORY_SPLIT_EVIDENCE_H_
#define SAMESTORY_SPLIT_EVIDENCE_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "samestory/lsh.h"
#include "samestory/split.h"
#include "split/line_signer.h"
#include "split/page.h"
#include "text/background.h"
#include "text/word_stats.h"

namespace samestory {

/// What other pages say of one line of a page.
struct LineEvidence {
  std::uint32_t repeated = 0;   ///< pages of other stories that hold the line below their lead
  std::uint32_t headlines = 0;  ///< pages of other stories whose title or lead the line is
  std::uint32_t copies = 0;     ///< copies of this very story that hold the line
  std::string seen;             ///< id of the page whose headline the line is; empty: none
};

/// Counts of words over the shipped table and what a corpus has learned.
class StatsWordModel : public WordModel {
 public:
  /// `own`: how often the page that is read was itself counted; it is taken out again, or rare
  /// words of the page would pass for known ones.
  explicit StatsWordModel(const WordStats& stats, double own = 0) : stats_(stats), own_(own) {}

  double Idf(std::uint32_t word) const override;
  double MaxIdf() const override;
  double Frequency(std::uint32_t word) const override { return stats_.Frequency(word); }
  double Opening(std::uint32_t word) const override { return HabitsOf(word).opening; }
  double Title(std::uint32_t word) const override { return HabitsOf(word).title; }
  void Prefetch(std::span<const std::uint32_t> words) const override { stats_.PrefetchAll(words); }

 private:
  struct Habits {
    std::uint32_t word = 0;
    float opening = 0, title = 0;
  };
  // Of the shipped table, which never changes: the commoner words of a thread's pages are at hand.
  static const Habits& HabitsOf(std::uint32_t word);

  const WordStats& stats_;
  double own_;
};

/// The lines of the pages seen, by signature.
class PageCorpus::Impl {
 public:
  Impl(std::uint64_t seed, std::size_t max_lines);

  void Add(std::string_view id, std::string_view title, std::string_view text,
           std::string_view lang);

  /// A remembered line that one of a page is the same as.
  struct Hit {
    std::uint32_t page, position;
  };
  using Hits = std::vector<std::vector<Hit>>;  ///< of each unit

  /// The remembered lines of each unit of `page`, which was read with signer(). Pages whose id is
  /// `page_id` are left out.
  Hits LookUp(const Page& page, std::string_view page_id) const;

  /// What `hits` say of each unit of `page`. Its first two units get no evidence: what stands there
  /// is its story.
  std::vector<LineEvidence> Judge(const Hits& hits, const Page& page) const;

  std::vector<LineEvidence> Find(const Page& page, std::string_view page_id) const {
    return Judge(LookUp(page, page_id), page);
  }

  const LineSigner& signer() const { return signer_; }
  /// What words are worth to the page `page_id`.
  StatsWordModel WordsFor(std::string_view page_id) const;
  std::size_t num_pages() const { return pages_.size(); }
  std::uint64_t num_added() const { return added_before_ + first_page_ + pages_.size(); }
  void ForgetBefore(std::uint64_t added);
  absl::Status Save(SnapshotSink& sink, std::string_view section) const;
  absl::Status Load(SnapshotSource& source, std::string_view section);
  std::size_t MemoryBytes() const;

 private:
  // One byte of each value of a signature: enough to estimate Jaccard (b-bit minwise hashing, Li
  // and König, 2010) at a quarter of the memory.
  using Sketch = std::array<std::uint8_t, kLinePermutations>;
  struct Line {
    Sketch sketch;
    std::uint32_t page;      // number of the page since the beginning
    std::uint32_t position;  // unit of the page's story, or what is not: kTitle, kFurniture
  };
  struct KnownPage {
    std::string id;
    std::uint32_t first_line = 0;  // number since the beginning
    std::uint32_t units = 0;       // of its story
  };
  void RememberUnits(const Page& page, std::string_view text);
  void Remember(const LineSignature& signature, std::uint32_t position);
  void RememberTitle(std::string_view title);
  std::uint32_t NextLine() const { return static_cast<std::uint32_t>(first_line_ + lines_.size()); }
  void BeginAnewIfFull(std::size_t lines);
  void ForgetOldestPage();
  std::vector<Hit> Look(const LineSignature& signature, std::string_view page_id) const;
  // Pages that hold the core of the same story, ascending.
  std::vector<std::uint32_t> CopiesOfStory(const Hits& hits, const Page& page) const;
  // Of them, those that end otherwise than `page`: what they share with it is the story. (The same
  // page fetched twice shares its tail, too.)
  std::vector<std::uint32_t> OtherEndings(const Hits& hits, const Page& page,
                                          const std::vector<std::uint32_t>& copies) const;
  const KnownPage& PageOf(std::uint32_t number) const { return pages_[number - first_page_]; }

  std::size_t max_lines_;
  WordStats stats_;
  LineSigner signer_;
  LshIndex index_;
  std::uint64_t seed_;
  std::deque<KnownPage> pages_;
  absl::flat_hash_map<std::uint64_t, std::uint32_t> pages_of_id_;  // by hash of the id
  std::deque<Line> lines_;
  std::uint32_t first_page_ = 0, first_line_ = 0;
  std::uint64_t added_before_ = 0;  // pages added before line numbers began anew
};

/// Access of the split to the inside of a corpus.
class PageEvidence {
 public:
  using Hits = PageCorpus::Impl::Hits;
  static const PageCorpus::Impl& Of(const PageCorpus& corpus) { return *corpus.impl_; }
};

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_EVIDENCE_H_
