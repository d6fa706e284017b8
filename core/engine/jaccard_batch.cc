#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/batch_run.h"
#include "engine/batch_stories.h"
#include "engine/chunked_vector.h"
#include "engine/decision_order.h"
#include "engine/first_equal.h"
#include "engine/jaccard_join.h"
#include "engine/link_decider.h"
#include "engine/parallel.h"
#include "engine/recent_contents.h"
#include "engine/shingle_record.h"
#include "engine/shingle_store.h"

namespace samestory {
namespace {

// Records shingled side by side, and those a worker takes at a time.
constexpr std::size_t kStep = 1024;
constexpr std::size_t kPart = 64;

// What comes so much later is fetched from memory meanwhile.
constexpr std::size_t kAhead = 24;

// Records after which bulk memory may rest.
constexpr std::size_t kRest = std::size_t{1} << 18;

class JaccardBatch final : public BatchRun {
 public:
  JaccardBatch(const Options& options, BulkMemory* bulk)
      : options_(options),
        bulk_(bulk),
        workers_(options.threads),
        sets_(bulk, &pages_),
        contents_(&pages_),
        recent_(contents_),
        order_(options.seed, &pages_),
        stories_(&pages_),
        decisions_(&pages_) {}

  // While the records of a step are shingled, the sets of the step before are kept.
  absl::Status Add(std::span<const Record> records) override {
    std::span<const Record> before;
    while (!records.empty()) {
      const std::span<const Record> step = records.first(std::min(kStep, records.size()));
      absl::Status kept;
      shingled_.MakeRoom(step.size());
      workers_.Share(
          step.size(), kPart,
          [&](int, std::size_t begin, std::size_t end) { ShingleSome(step, begin, end, shingled_); },
          [&] { kept = Keep(before, shingled_before_); });
      if (!kept.ok()) return kept;
      std::swap(shingled_, shingled_before_);
      before = step;
      records = records.subspan(step.size());
    }
    return Keep(before, shingled_before_);
  }

  void Prepare(std::span<const Record> records,
               std::unique_ptr<PreparedWork>& work) const override {
    if (work == nullptr) work = std::make_unique<ShingledRecords>();
    auto& shingled = static_cast<ShingledRecords&>(*work);
    shingled.MakeRoom(records.size());
    ShingleSome(records, 0, records.size(), shingled);
  }

  absl::Status AddPrepared(std::span<const Record> records, const PreparedWork* work) override {
    return Keep(records, static_cast<const ShingledRecords&>(*work));
  }

  absl::Status Finish(const std::function<void(std::size_t)>& progress) override {
    shingled_ = shingled_before_ = {};
    recent_.Free();
    record_of_rank_ = order_.Sort();
    rank_of_record_.resize(record_of_rank_.size());
    for (std::size_t rank = 0; rank < record_of_rank_.size(); ++rank) {
      rank_of_record_[record_of_rank_[rank]] = static_cast<std::uint32_t>(rank);
    }
    const std::vector<std::uint32_t> first_equal =
        FindFirstEqual({&contents_, record_of_rank_}, workers_);
    contents_.Free();
    const RankedSets sets{&sets_, record_of_rank_, first_equal};
    JoinOptions join{.threshold = options_.threshold, .bulk = bulk_, .pages = &pages_};
    if (options_.exact) join.max_hits = 0;
    LinkDecider decider(sets, options_, stories_);
    absl::Status status = JoinSets(sets, join, workers_, stats_.candidates,
                                   [&](std::size_t end, std::span<JaccardLink> links) {
                                     DecideUpTo(end, decider, links, first_equal);
                                     if (progress) progress(end);
                                   });
    if (!status.ok()) return status;
    pages_.Clear();
    CountMembers();
    return CheckMemory(options_, MemoryBytes(), size());
  }

  std::size_t size() const override { return sets_.size(); }

  Record record(std::size_t i) const override { return {.id = order_.id(i)}; }

  ClusterRow row(std::size_t i) const override {
    const std::uint32_t rank =
        rank_of_record_.empty() ? static_cast<std::uint32_t>(i) : rank_of_record_[i];
    const LinkDecision& decision = decisions_[rank];
    const StoryNumber story = stories_.StoryOf(rank);
    ClusterRow row;
    row.relation = decision.relation;
    row.story = StoryId{story} + 1;
    if (decision.relation != Relation::kNew) row.of = RecordOf(decision.of);
    row.similarity = decision.similarity;
    row.size = sizes_[story];
    return row;
  }

  EngineStats stats() const override {
    EngineStats stats = stats_;
    stats.records = size();
    stats.stories = stories_.num_stories();
    stats.memory_bytes = MemoryBytes();
    return stats;
  }

 private:
  struct Shingled {
    ShingleSet set;
    std::uint64_t content = 0;
    DecisionOrder::Mark mark{};
  };

  // Of each of some records in turn; more room than that costs nothing.
  struct ShingledRecords final : PreparedWork {
    std::vector<Shingled> of;
    void MakeRoom(std::size_t n) {
      if (of.size() < n) of.resize(n);
    }
  };

  void ShingleSome(std::span<const Record> records, std::size_t begin, std::size_t end,
                   ShingledRecords& shingled) const {
    for (std::size_t i = begin; i < end; ++i) {
      shingled.of[i].content = ShingleRecordOnly(records[i], options_, shingled.of[i].set);
      shingled.of[i].mark = order_.MarkOf(records[i]);
    }
  }

  absl::Status Keep(std::span<const Record> records, const ShingledRecords& shingled) {
    const std::span<const Shingled> texts(shingled.of.data(), records.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      PrefetchRecent(texts, i);
      if (size() == 0xffffffffU || !AddSet(texts[i])) {
        return absl::ResourceExhaustedError("no room for the shingles of so many texts");
      }
      order_.Add(records[i].id, texts[i].mark);
    }
    if (bulk_ != nullptr && size() / kRest != (size() - records.size()) / kRest) bulk_->Rest();
    return CheckMemory(options_, MemoryBytes(), size());
  }

  // The set of a content that came before stands in the store already.
  bool AddSet(const Shingled& shingled) {
    if (const std::optional<std::size_t> same = recent_.Exchange(shingled.content)) {
      sets_.AppendSame(*same, shingled.set.size());
    } else if (!sets_.Append(shingled.set)) {
      return false;
    }
    contents_.push_back(shingled.content);
    return true;
  }

  void PrefetchRecent(std::span<const Shingled> texts, std::size_t i) const {
    if (i + 2 * kAhead < texts.size()) recent_.PrefetchPlace(texts[i + 2 * kAhead].content);
    if (i + kAhead < texts.size()) recent_.PrefetchContent(texts[i + kAhead].content);
  }

  // Decides the ranks that are left before `rank_end`, whose links are `links`.
  void DecideUpTo(std::size_t rank_end, LinkDecider& decider, std::span<JaccardLink> links,
                  std::span<const std::uint32_t> first_equal) {
    std::size_t begin = 0;
    for (std::size_t rank = decisions_.size(); rank < rank_end; ++rank) {
      if (rank + 2 * kAhead < rank_end) decider.PrefetchItem(first_equal[rank + 2 * kAhead]);
      if (rank + kAhead < rank_end) decider.PrefetchStory(first_equal[rank + kAhead]);
      std::size_t end = begin;
      for (; end < links.size() && links[end].newer == rank; ++end) {
        PrefetchLinked(links.subspan(end), decider);
      }
      decisions_.push_back(decider.Decide(links.subspan(begin, end - begin)));
      ++stats_.by_relation[static_cast<int>(decisions_.back().relation)];
      begin = end;
    }
  }

  // What the links behind the first lead to.
  static void PrefetchLinked(std::span<const JaccardLink> links, const LinkDecider& decider) {
    if (links.size() > 3 * kAhead) decider.PrefetchItem(links[3 * kAhead].older);
    if (links.size() > 2 * kAhead) decider.PrefetchStory(links[2 * kAhead].older);
    if (links.size() > kAhead) decider.PrefetchAnchor(links[kAhead].older);
  }

  void CountMembers() {
    sizes_.resize(size());
    for (std::size_t rank = 0; rank < size(); ++rank) {
      ++sizes_[stories_.StoryOf(static_cast<ItemNumber>(rank))];
    }
  }

  std::size_t RecordOf(std::size_t rank) const {
    return record_of_rank_.empty() ? rank : record_of_rank_[rank];
  }

  std::size_t MemoryBytes() const {
    return sets_.MemoryBytes() + contents_.MemoryBytes() + recent_.MemoryBytes() +
           order_.MemoryBytes() + stories_.MemoryBytes() + decisions_.MemoryBytes() +
           (record_of_rank_.size() + rank_of_record_.size() + sizes_.size()) *
               sizeof(std::uint32_t);
  }

  Options options_;
  BulkMemory* bulk_;
  WorkerPool workers_;
  internal::PageStock pages_;  // from what is done with to what comes
  ShingledRecords shingled_, shingled_before_;  // a step's
  ShingleStore sets_;
  ChunkedVector<std::uint64_t> contents_;
  RecentContents recent_;
  DecisionOrder order_;
  std::vector<std::uint32_t> record_of_rank_, rank_of_record_;  // empty: the same
  BatchStories stories_;
  ChunkedVector<LinkDecision> decisions_;  // by rank
  std::vector<std::uint32_t> sizes_;       // of a story
  EngineStats stats_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<BatchRun>> MakeJaccardBatch(const Options& options,
                                                           BulkMemory* bulk) {
  return std::make_unique<JaccardBatch>(options, bulk);
}

}  // namespace samestory
