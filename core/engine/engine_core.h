#ifndef SAMESTORY_ENGINE_ENGINE_CORE_H_
#define SAMESTORY_ENGINE_ENGINE_CORE_H_

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/candidates.h"
#include "engine/compare.h"
#include "engine/decide.h"
#include "engine/item_store.h"
#include "engine/learned.h"
#include "engine/notes.h"
#include "engine/parallel.h"
#include "engine/prepare.h"
#include "engine/shared_keys.h"
#include "engine/stream_clock.h"
#include "samestory/engine.h"
#include "samestory/split.h"
#include "story/story_book.h"

namespace samestory {

/// A decision in numbers, before ids are looked up.
struct NumberedDecision {
  Relation relation = Relation::kNew;
  StoryNumber story = 0;
  std::optional<ItemNumber> item;  ///< number the record was remembered under, if it was
  std::optional<ItemNumber> of;
  bool came_back = false;           ///< of Query: an item that left the window, of which none is left
  double similarity = 0;
  double probability = 0;
  FieldsAgreed agreed;
  struct Other {
    std::size_t begin, end;
    std::optional<ItemNumber> of;
    std::string seen;
  };
  std::vector<Other> other;
};

/// The streaming run behind Engine and Cluster.
class SAMESTORY_HIDDEN EngineCore {
 public:
  static absl::StatusOr<std::unique_ptr<EngineCore>> Create(const Options& options);

  /// Decides and remembers records in order; see Engine::AddBatch.
  absl::Status Add(std::span<const Record> records,
                   const std::function<void(const NumberedDecision&)>& take);

  absl::StatusOr<NumberedDecision> Query(const Record& record) const;

  /// The i-th record of a batch run.
  using RecordAt = std::function<Record(std::size_t)>;

  /// The batch run over exactly these `n` records, in two steps, for an engine without a
  /// window that has seen nothing. The first learns from all of them, and keeps what is to be
  /// compared of each: the records may go then. The second decides them in order, with what
  /// was learned standing still; records are numbered as items, repetitions too.
  absl::Status ReadWhole(std::size_t n, const RecordAt& record);
  absl::Status DecideWhole(const std::function<void(const NumberedDecision&)>& take);

  /// Whether a record had text, which headlines that were found in it refer to.
  bool has_pages() const { return has_pages_; }

  /// See Engine.
  absl::Status Forget(std::string_view source, std::string_view id);
  absl::Status Save(SnapshotSink& sink) const;
  static absl::StatusOr<std::unique_ptr<EngineCore>> Load(const Options& options,
                                                          SnapshotSource& source);

  absl::StatusOr<Explanation> ExplainItems(const ItemName& a, const ItemName& b) const;

  std::vector<LearnedNote> LearnedNotes() const;

  void SetListener(std::function<void(const StoryEvent&)> listener) {
    listener_ = std::move(listener);
  }

  StoryNumber Resolve(StoryNumber story) const { return stories_.Resolve(story); }
  StoryNumber StoryOf(ItemNumber item) const { return stories_.StoryOf(item); }
  std::string_view IdOf(ItemNumber item) const { return items_.parts(item).id; }
  bool Lives(ItemNumber item) const { return items_.Lives(item); }
  LivingItem Living(ItemNumber item) const;
  void ForEachItem(const std::function<void(const LivingItem&)>& visit) const;
  EngineStats stats() const;
  const Options& options() const { return options_; }

 private:
  explicit EngineCore(const Options& options)
      : options_(options),
        corpus_(options.seed),
        workers_(options.threads),
        clock_(options.max_lateness_seconds) {}

  // Records an epoch: within one, everything looked up is frozen but for the items of the epoch
  // itself, so that its records can be worked on side by side. Small, so that what is learned soon
  // counts.
  static constexpr std::size_t kEpoch = 64;

  // Fewer records than this are not worth waking a thread for.
  static constexpr std::size_t kLeastPart = 8;

  // Items with one headline and of one day of whose words is learned.
  static constexpr std::size_t kTaughtByOne = 4;

  struct PageLesson {
    std::string id, title, text, lang;
    ItemNumber item = 0;
  };

  struct Work {
    Prepared item;
    Lookup lookup;
  };

  void LookUp(std::size_t begin, std::size_t end);
  absl::Status Decide(std::size_t n,
                      absl::FunctionRef<void(std::size_t, const NumberedDecision&)> decided);
  absl::Status DecideOne(Work& work, NumberedDecision& decision);
  absl::Status EndEpoch();
  void Stamp(Prepared& item);
  void ExpireOld(std::uint32_t now);
  bool MayMerge(std::uint32_t source);
  bool IsAging(ItemNumber item) const;
  std::optional<ItemNumber> FindNamed(const ItemName& name) const;
  ItemNumber Renew(const Prepared& item, ItemNumber old);
  absl::Status Remember(const Prepared& item, const Outcome& outcome, NumberedDecision& decision);
  void DecideOther(const Prepared& item, std::optional<StoryNumber> own,
                   NumberedDecision& decision, std::uint64_t& compared) const;
  void Learn(const Record& record, const NumberedDecision& decision, Work& work);

  // Of a batch run; in engine_whole.cc.
  template <typename Read, typename Keep>
  void ReadInSteps(std::size_t n, const Read& read, const Keep& keep);
  void LearnTitles(std::size_t n, const RecordAt& record);
  void CountKeys();
  void Fetch(ItemNumber number, Prepared& item) const;
  void PrepareWhole(ItemNumber number, Prepared& item) const;

  absl::Status LoadParts(SnapshotSource& source);
  absl::Status CheckItems() const;
  void Emit(StoryEvent::Kind kind, StoryNumber story, StoryNumber into, std::string_view id,
            Relation relation) const;
  std::size_t MemoryBytes() const;

  Options options_;
  Learned learned_;
  PageCorpus corpus_;
  std::vector<PageLesson> pending_pages_;
  std::deque<ItemNumber> page_items_;  // the item of every page of corpus_, in order
  bool has_pages_ = false;             // a record had page text
  bool learning_ = true;
  WorkerPool workers_;
  std::optional<Preparer> preparer_;
  std::optional<Candidates> candidates_;
  ItemStore items_;
  StoryBook stories_;
  Boilerplate boilerplate_;
  std::optional<Comparer> comparer_;
  std::optional<Decider> decider_;
  std::vector<Work> work_;
  struct Whole {                    // of a batch run
    std::vector<bool> says_little;  // of each item
    absl::flat_hash_map<ItemNumber, std::vector<PreparedOther>> other;
    std::optional<SharedKeys> keys;  // judge only
  };
  std::optional<Whole> whole_;
  struct UnrelatedBody {
    std::uint64_t key;
    std::string text;
  };
  std::vector<UnrelatedBody> pending_bodies_;  // for boilerplate_, one a pair
  RunningTitles running_titles_;
  std::size_t in_epoch_ = 0;                   // records decided in the running epoch
  std::function<void(const StoryEvent&)> listener_;
  StreamClock clock_;
  std::uint32_t merge_day_ = 0;
  absl::flat_hash_map<std::uint32_t, std::uint32_t> merges_today_;  // by source
  EngineStats stats_;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_ENGINE_CORE_H_
