#ifndef SAMESTORY_ENGINE_H_
#define SAMESTORY_ENGINE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/bulk_memory.h"
#include "samestory/export.h"
#include "samestory/match.h"
#include "samestory/options.h"
#include "samestory/record.h"
#include "samestory/snapshot.h"

namespace samestory {

class SAMESTORY_HIDDEN EngineCore;  // of the library's own use
class SAMESTORY_HIDDEN BatchRun;
class SAMESTORY_HIDDEN PreparedWork;

/// Names a story for good: never reused, the same for the same stream. Printed
/// as "s" and the number.
using StoryId = std::uint64_t;

/// "s17".
SAMESTORY_EXPORT std::string StoryName(StoryId story);

/// A headline found behind a page's main story.
struct OtherHeadline {
  std::size_t begin = 0, end = 0;  ///< bytes in the record's `text`
  std::optional<StoryId> story;    ///< the story that it is the headline of, where known
  std::string of;                  ///< id of the item of that story; empty: none known
};

/// What the engine says of one record.
struct Decision {
  Relation relation = Relation::kNew;
  StoryId story = 0;
  std::string of;         ///< id of the item compared with; empty for kNew
  double similarity = 0;  ///< exact Jaccard against `of`; 0 for kNew
  double probability = 0; ///< that the record and `of` are one story; 0 for kNew
  FieldsAgreed agreed;    ///< fields that agree with those of `of`; none under Match::kJaccard
  std::vector<OtherHeadline> other;  ///< of page text, in order
};

/// Something that happened to a story, in order; replaying all of them gives the
/// stories exactly.
struct StoryEvent {
  enum class Kind : std::uint8_t {
    kStory,   ///< `story` begins with the item `id`, its anchor
    kMember,  ///< the item `id` joined `story`
    kMerge,   ///< `story` was merged into `into` and will not be named again
    kExpire,  ///< the last item of `story` left the window
  };
  Kind kind = Kind::kStory;
  StoryId story = 0;
  StoryId into = 0;
  std::string_view id;  ///< valid during the call of the listener
  Relation relation = Relation::kNew;
};

/// An item that is remembered.
struct LivingItem {
  std::string_view id;             ///< valid during the call of the visitor
  std::uint32_t source_key = 0;    ///< 0: unknown; else bits of Hash64(source, seed) | 1
  std::int64_t seen = 0;           ///< Unix seconds by the stream's clock; 0: unknown
  std::int64_t published = 0;      ///< Unix seconds; 0: unknown
  StoryId story = 0;
};

/// Counts since the engine was made.
struct EngineStats {
  std::uint64_t records = 0;          ///< decided by Add
  std::uint64_t stories = 0;          ///< alive
  std::uint64_t candidates = 0;       ///< pairs verified by this object: the one count that a
                                      ///< loaded engine begins anew, and that batches change
  std::uint64_t by_relation[8] = {};  ///< indexed by Relation
  std::size_t memory_bytes = 0;       ///< of the engine's own structures
};

/// Something that the engine has learned of the stream, for people to look at.
struct LearnedNote {
  enum class Kind : std::uint8_t {
    kEnding,        ///< stripped from the end of titles
    kOpening,       ///< stripped from their beginning
    kBoilerplate,   ///< a body under unrelated headlines, left out of comparisons
    kRunningTitle,  ///< a title that comes back day after day
  };
  Kind kind = Kind::kEnding;
  std::string text;        ///< canonical words, or the first 160 bytes
  std::string source;      ///< whose titles end so; empty: whatever the source
  std::uint64_t seen = 0;  ///< titles that had it; unrelated pairs; days
};

struct Explanation;

/// A remembered item as people name it: by its id, and by its source where it is given.
struct ItemName {
  std::string_view id;
  std::optional<std::string_view> source;
};

/// The streaming run: every record is decided against what was added before, in
/// the order of the calls, and then remembered. Decisions depend on the options
/// and the sequence of records alone, never on threads or on how the sequence was
/// cut into batches. Not thread-safe; const calls may run side by side.
class SAMESTORY_EXPORT Engine {
 public:
  /// kInvalidArgument for options out of range.
  static absl::StatusOr<std::unique_ptr<Engine>> Create(const Options& options);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Decides `record` and remembers it. A record whose id (within its source) or
  /// canonical URL was added before is linked to that item whatever its text:
  /// `exact` where the content is the same (nothing is then remembered a second
  /// time, but an item older than half the window is remembered as if it came now:
  /// what a feed still offers does not expire), `update` where it changed. kResourceExhausted at the memory bound:
  /// nothing changed.
  absl::StatusOr<Decision> Add(const Record& record);

  /// As Add for each record in order; the work on single records is spread over
  /// Options::threads. `decisions` is replaced. On an error the records before the
  /// failing one are added and `decisions` holds theirs.
  absl::Status AddBatch(std::span<const Record> records, std::vector<Decision>& decisions);

  /// The decision that Add would give, without remembering the record. Its story
  /// is 0 where the record would begin one.
  absl::StatusOr<Decision> Query(const Record& record) const;

  /// Forgets the living item `id` of `source`: it is not found again, by id, address
  /// or text, and its text is erased. Its story goes on; a story without other items
  /// ends. kNotFound where there is none. O(1).
  absl::Status Forget(std::string_view source, std::string_view id);

  /// Writes the whole engine to `sink`. The same engine gives the same bytes on every
  /// machine; docs/state.md describes them. Sections neither put nor asked for with
  /// Has are no longer part of the snapshot.
  absl::Status Save(SnapshotSink& sink) const;

  /// The engine that was saved: decides what comes as the one that was saved would.
  /// kInvalidArgument where `options` differ from those it was saved with in what
  /// shapes decisions, kDataLoss for damaged sections.
  static absl::StatusOr<std::unique_ptr<Engine>> Load(const Options& options,
                                                      SnapshotSource& source);

  /// Called for every event, in order, during Add. Empty: none.
  void SetListener(std::function<void(const StoryEvent&)> listener);

  /// The story that `story` was merged into, or itself.
  StoryId Resolve(StoryId story) const;

  /// Calls `visit` for every item that is remembered, in order of arrival.
  void ForEachItem(const std::function<void(const LivingItem&)>& visit) const;

  /// Why two living items are or are not one story, by what is remembered of them: of the
  /// judge the canonical headline (its first 64 words) with the weights that its words had
  /// when it came, and of the bodies how alike they are; of jaccard hashes alone, no
  /// words. The item that came first is the older one; of several items of one name the
  /// latest is meant. kNotFound names the one that is not remembered. Linear in the items.
  absl::StatusOr<Explanation> ExplainItems(const ItemName& a, const ItemName& b) const;

  /// What was learned of titles and bodies: by kind, then the most seen first.
  std::vector<LearnedNote> Learned() const;

  EngineStats stats() const;
  const Options& options() const;

 private:
  explicit Engine(std::unique_ptr<EngineCore> core);
  std::unique_ptr<EngineCore> core_;
};

/// One row of the batch run, at the place of its record.
struct ClusterRow {
  Relation relation = Relation::kNew;
  StoryId story = 0;
  std::optional<std::size_t> of;  ///< index of the record compared with
  double similarity = 0;
  FieldsAgreed agreed;            ///< as in Decision
  std::size_t size = 1;           ///< records in the story
  std::vector<OtherHeadline> other;
};

/// Room for what Clusterer::Prepare finds out. Filling it again keeps its memory.
class SAMESTORY_EXPORT PreparedRecords {
 public:
  PreparedRecords();
  ~PreparedRecords();
  PreparedRecords(const PreparedRecords&) = delete;
  PreparedRecords& operator=(const PreparedRecords&) = delete;

 private:
  friend class Clusterer;
  std::unique_ptr<PreparedWork> work_;
  std::uint64_t run_ = 0;  // number of the Clusterer that prepared it; 0: none did
  std::size_t size_ = 0;
};

/// The batch run over records that come piece by piece: partitions all of them into
/// stories. They are decided in the order of (published, id, content), those without a
/// time last, numeric ids by value and before others; so the partition depends neither
/// on the order of the input nor on threads. Statistics are those of the whole input.
///
/// Under Match::kJaccard no pair at or above the threshold is missed, unless more than
/// 128 records share every rare shingle of both; bands, rows, num_perm, when given, put
/// the records through the index of the streaming run instead. Not thread-safe; const
/// calls may run side by side.
class SAMESTORY_EXPORT Clusterer {
 public:
  /// kInvalidArgument for options out of range. The window is not used. Under kJaccard
  /// `bulk`, when given, holds the shingle sets and the work on them, some two thirds of
  /// all memory, for which Options::max_memory_bytes then is no bound; under kJudge it
  /// is kInvalidArgument.
  static absl::StatusOr<std::unique_ptr<Clusterer>> Create(
      const Options& options, std::unique_ptr<BulkMemory> bulk = nullptr);
  ~Clusterer();
  Clusterer(const Clusterer&) = delete;
  Clusterer& operator=(const Clusterer&) = delete;

  /// Takes records; their bytes may go after the call. Memory: some 130 bytes a headline
  /// under kJaccard, the record's own bytes and 30 more under kJudge. kResourceExhausted
  /// at the memory bound.
  absl::Status Add(std::span<const Record> records);

  /// The part of Add that looks at the records by themselves: under kJaccard most of it, under
  /// kJudge none. Calls may run side by side with each other and with Add.
  void Prepare(std::span<const Record> records, PreparedRecords& prepared) const;

  /// Add of the records that were last prepared in `prepared`, which are the same still.
  /// kInvalidArgument where another number was, or by another run.
  absl::Status Add(std::span<const Record> records, const PreparedRecords& prepared);

  /// Decides them all, once. `progress`, when given, is called with the number of
  /// records done, now and then. kResourceExhausted at the memory bound.
  absl::Status Finish(const std::function<void(std::size_t)>& progress = {});

  /// Records added.
  std::size_t size() const;

  /// What is kept of the i-th record: before Finish under kJudge all of it, and after it
  /// with Options::split_pages, where any record had text; else its id alone. Views are
  /// valid until the next Add or Finish.
  Record record(std::size_t i) const;

  /// The decision about the i-th record, after Finish.
  ClusterRow row(std::size_t i) const;

  EngineStats stats() const;

 private:
  Clusterer(std::unique_ptr<BulkMemory> bulk, std::unique_ptr<BatchRun> run);
  std::unique_ptr<BulkMemory> bulk_;  // outlives the run
  std::unique_ptr<BatchRun> run_;
  std::uint64_t number_;  // no other Clusterer of the process has or had it
};

/// The batch run over records in memory: Clusterer in one call, a row for each record at
/// its place.
SAMESTORY_EXPORT absl::StatusOr<std::vector<ClusterRow>> Cluster(
    std::span<const Record> records, const Options& options,
    const std::function<void(std::size_t)>& progress = {}, EngineStats* stats = nullptr);

/// Everything that stands for and against two records being one story.
struct Explanation {
  struct Side {
    std::string stripped_before, stripped_after;  ///< source dirt taken off the title
    std::string canonical;                        ///< canonical text that was compared
  };
  Side older, newer;
  std::vector<std::string> shared_shingles, older_only_shingles, newer_only_shingles;
  double estimated_jaccard = 0;         ///< from the signatures
  std::vector<int> shared_bands;        ///< bands in which the signatures agree
  bool shared_rare_key = false;         ///< a key of the rare-word index agrees
  std::vector<SlotPair> slots;
  std::vector<VerdictTerm> terms;       ///< row by row; empty under kJaccard
  double bias = 0;                      ///< log-odds before the terms
  double hours_apart = -1;              ///< negative: unknown
  Verdict verdict;
  std::vector<WordMatch> words;         ///< with their weights; empty for equal texts
  double log_odds = 0;                  ///< bias and terms together
  double join_log_odds = 0;             ///< log-odds from which the two are one story
  std::string reason;                   ///< one sentence
  std::vector<std::string> changes;     ///< single changes that would turn the verdict
  /// Of items that are remembered: who they are. The ids live as long as the items.
  std::optional<LivingItem> older_item, newer_item;
};

/// Compares two records by themselves; the earlier by `published` is the older
/// one, `a` where that is unknown. kInvalidArgument for options out of range.
SAMESTORY_EXPORT absl::StatusOr<Explanation> Explain(const Record& a, const Record& b,
                                                     const Options& options);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_H_
