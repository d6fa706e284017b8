#ifndef SAMESTORY_ENGINE_ENGINE_CORE_H_
#define SAMESTORY_ENGINE_ENGINE_CORE_H_

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/candidates.h"
#include "engine/compare.h"
#include "engine/decide.h"
#include "engine/item_store.h"
#include "engine/learned.h"
#include "engine/parallel.h"
#include "engine/prepare.h"
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
  double similarity = 0;
  double probability = 0;
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

  /// Makes ready for exactly `records`: reserves memory, and learns from all of them
  /// without deciding any; from then on nothing more is learned. For the batch run,
  /// whose statistics are those of the whole input.
  absl::Status Expect(std::span<const Record> records);

  void SetListener(std::function<void(const StoryEvent&)> listener) {
    listener_ = std::move(listener);
  }

  StoryNumber Resolve(StoryNumber story) const { return stories_.Resolve(story); }
  StoryNumber StoryOf(ItemNumber item) const { return stories_.StoryOf(item); }
  std::string_view IdOf(ItemNumber item) const { return items_.parts(item).id; }
  EngineStats stats() const;
  const Options& options() const { return options_; }

 private:
  explicit EngineCore(const Options& options)
      : options_(options), corpus_(options.seed), workers_(options.threads) {}

  struct PageLesson {
    std::string id, title, text, lang;
  };

  struct Work {
    Prepared item;
    Lookup lookup;
  };

  absl::Status DecideOne(const Record& record, Work& work, NumberedDecision& decision);
  absl::Status EndEpoch();
  void Stamp(Prepared& item);
  void ExpireOld(std::uint32_t now);
  absl::Status Remember(const Prepared& item, const Outcome& outcome, NumberedDecision& decision);
  void DecideOther(const Prepared& item, std::optional<StoryNumber> own,
                   NumberedDecision& decision, std::uint64_t& compared) const;
  void Learn(const Record& record, Prepared& item);
  void LearnWhole(std::span<const Record> records);
  void Emit(StoryEvent::Kind kind, StoryNumber story, StoryNumber into, std::string_view id,
            Relation relation) const;
  std::size_t MemoryBytes() const;

  Options options_;
  Learned learned_;
  PageCorpus corpus_;
  std::vector<PageLesson> pending_pages_;
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
  std::vector<std::uint64_t> pending_bodies_;  // for boilerplate_
  std::size_t in_epoch_ = 0;                   // records decided in the running epoch
  std::function<void(const StoryEvent&)> listener_;
  std::uint32_t clock_ = 0;  // latest published so far
  EngineStats stats_;
};

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_ENGINE_CORE_H_
