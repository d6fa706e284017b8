#ifndef SAMESTORY_SPLIT_H_
#define SAMESTORY_SPLIT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/export.h"
#include "samestory/line_markup.h"
#include "samestory/snapshot.h"

namespace samestory {

/// What a line of a page is.
enum class LineRole : std::uint8_t {
  kMain,   ///< part of the page's story
  kOther,  ///< the headline of another story, or text repeated from page to page
};

/// "main" or "other".
SAMESTORY_EXPORT std::string_view LineRoleName(LineRole role);

/// Where the price of a lost story line stands against that of a kept teaser: kSafe cuts only what
/// is all but certain, kEager whatever is more likely a tail than not.
enum class SplitStance : std::uint8_t { kBalanced, kSafe, kEager };

struct SplitOptions {
  SplitStance stance = SplitStance::kBalanced;
  std::string_view lang = {};   ///< BCP 47; empty: unknown
  std::string_view title = {};  ///< the page's own title, where known; helps, is optional
  /// One entry for each '\n'-separated line of the text, empty lines included; empty: the text
  /// alone is read.
  std::span<const LineMarkup> markup = {};
};

/// One line of the page (one sentence, where a line has several).
struct PageLine {
  std::size_t begin = 0, end = 0;  ///< bytes in the page's text
  LineRole role = LineRole::kMain;
  double score = 1;    ///< probability that the line is part of the main story, to 1e-6
  std::string seen;    ///< id of the item whose headline the line is; empty: none known
};

/// A page cut into its main story and other headlines. Lines are in order, and
/// every byte of the page that is not white space is in exactly one line.
struct PageSplit {
  std::vector<PageLine> lines;
};

/// Why a line got its role: the features of the block that starts at it.
struct LineReason {
  double cut_log_odds = 0;  ///< score of a cut before this line; 0 is "no cut"
  /// name (static), value and weight of a feature; docs/split.md explains them. Values times
  /// weights sum up to cut_log_odds.
  struct Term { std::string_view name; double value; double weight; };
  std::vector<Term> terms;  ///< empty where no cut before this line was considered
  double frame_log_odds = 0;  ///< of the line being story rather than the page's frame; large where
                              ///< the page as a whole is clean, whatever the terms say
  /// Values times weights sum up to the log-odds that the line has on a page which surely has a
  /// frame. Empty on pages of fewer than 8 lines and on clean ones, which have none.
  std::vector<Term> frame;
};

/// Lines seen on other pages: the evidence that only a dedup engine has. Holds
/// signatures of lines in an LSH table, some 300 bytes a line. Not thread-safe
/// for Add; const calls may run side by side.
class SAMESTORY_EXPORT PageCorpus {
 public:
  /// Keyed by `seed`. `max_lines`: the oldest pages are forgotten beyond so many lines or pages.
  /// After 2^32 lines in all everything is forgotten and counting begins anew.
  explicit PageCorpus(std::uint64_t seed, std::size_t max_lines = 4'000'000);
  PageCorpus(PageCorpus&&) noexcept;
  PageCorpus& operator=(PageCorpus&&) noexcept;
  ~PageCorpus();

  /// Remembers a page. `id` is what `seen` will name; `title` may be empty.
  /// Adding an id a second time is a second page. Also learns the page's words: their document
  /// frequencies then count in SplitPage beside the shipped ones. With an empty `text` only the
  /// title is remembered, as a headline of `id`, and no words are learned: cheap. Where memory runs
  /// out, lines are not remembered.
  void Add(std::string_view id, std::string_view title, std::string_view text,
           std::string_view lang = "");

  /// Pages that are remembered.
  std::size_t num_pages() const;

  /// Pages ever added, forgotten ones too: what it was before an Add is the number of that page.
  std::uint64_t num_added() const;

  /// Forgets the pages numbered below `added`; their memory is used again. What their words have
  /// taught fades: the learned counts are halved whenever they stand for more than twice the pages
  /// that are left and 1,024. Never moves back. Amortised O(1) a forgotten line and learned word.
  void ForgetBefore(std::uint64_t added);

  std::size_t MemoryBytes() const;

  /// Writes the corpus to sections of a snapshot that begin with `section`. The first
  /// error of `sink`, if any.
  absl::Status Save(SnapshotSink& sink, std::string_view section) const;

  /// Replaces the corpus, which must have the same seed, by what was saved.
  /// kDataLoss for damaged bytes, kResourceExhausted where memory runs out; the corpus
  /// may then hold anything that is sound.
  absl::Status Load(SnapshotSource& source, std::string_view section);

 private:
  friend class PageEvidence;
  class SAMESTORY_HIDDEN Impl;
  std::unique_ptr<Impl> impl_;
};

/// Separates the main story of `text` from what else the page holds: navigation and other furniture
/// before, within and behind it, and the headlines that trail it. `corpus`, when given, is the
/// memory of other pages; `page_id` is the id under which this page itself was added to it, if it
/// was, so that it is no evidence against itself. `reasons`, when given, receives one entry a line.
///
/// Method: a model of the page's frame gives each line its probability of being story; it leaves
/// pages alone that are clean as a whole, and those of fewer than 8 lines. Of what it keeps whole
/// cuts are scored by a log-linear model over features of the block behind the cut (cohesion with
/// the story by IDF-weighted words, form, evidence across pages) and softmaxed; the cut's block is
/// among the last 32 lines, or the last 256 of a longer run of lines without a final stop. A line's
/// score is the product of both probabilities; see docs/split.md. Cost: linear in the text; some
/// 4 us a line, 6 with a corpus. kInvalidArgument where the text is over 2^31 bytes, or the markup
/// has not one entry a line.
SAMESTORY_EXPORT absl::StatusOr<PageSplit> SplitPage(
    std::string_view text, const SplitOptions& options = {}, const PageCorpus* corpus = nullptr,
    std::string_view page_id = {}, std::vector<LineReason>* reasons = nullptr);

}  // namespace samestory

#endif  // SAMESTORY_SPLIT_H_
