#include "engine/engine_core.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/hash.h"
#include "match/profile.h"

namespace samestory {
namespace {

// Records by which the fetching of what is looked up is ahead: a fetch takes longer than the
// look-ups of one record.
constexpr std::size_t kAhead = 3;

// The outcome for an item that was there before, in these words.
void MakeExact(const Prepared& item, Outcome& outcome) {
  outcome.relation = Relation::kExact;
  outcome.similarity = outcome.probability = 1;
  outcome.agreed = AllAgree(item);
}

}  // namespace

absl::StatusOr<std::unique_ptr<EngineCore>> EngineCore::Create(const Options& options) {
  if (absl::Status status = Validate(options); !status.ok()) return status;
  std::unique_ptr<EngineCore> core(new EngineCore(options));
  absl::StatusOr<Preparer> preparer =
      Preparer::Create(core->options_, core->learned_, &core->corpus_);
  if (!preparer.ok()) return preparer.status();
  absl::StatusOr<Candidates> candidates = Candidates::Create(options, preparer->bandings());
  if (!candidates.ok()) return candidates.status();
  core->preparer_ = *std::move(preparer);
  core->candidates_ = *std::move(candidates);
  core->learning_ = options.match == Match::kJudge;
  core->comparer_.emplace(core->options_, &core->boilerplate_);
  core->decider_.emplace(options.window_seconds > 0, *core->candidates_, core->items_, core->stories_,
                         *core->comparer_);
  return core;
}

absl::Status EngineCore::Add(std::span<const Record> records,
                             const std::function<void(const NumberedDecision&)>& take) {
  const Teaches teaches = learning_ ? Teaches::kAll : Teaches::kNothing;
  while (!records.empty()) {
    const std::size_t n = std::min(records.size(), kEpoch - in_epoch_);
    if (work_.size() < n) work_.resize(n);
    workers_.ForEach(n, kLeastPart, [&](int, std::size_t begin, std::size_t end) {
      // Each step leaves time to fetch what the next one reads.
      for (std::size_t i = begin; i < end; ++i) {
        preparer_->Read(records[i], work_[i].item, teaches);
        preparer_->PrefetchStamp(work_[i].item);
      }
      for (std::size_t i = begin; i < end; ++i) {
        preparer_->Stamp(work_[i].item);
        preparer_->MakeKeys(work_[i].item);
      }
      LookUp(begin, end);
    });
    absl::Status status = Decide(n, [&](std::size_t i, const NumberedDecision& decision) {
      for (std::size_t k = 0; k < work_[i].lookup.same_body.size(); ++k) {
        const Record& record = records[i];
        pending_bodies_.push_back(
            {BodyKey(work_[i].item.body),
             Beginning(record.summary.empty() ? record.text : record.summary)});
      }
      if (learning_) Learn(records[i], decision, work_[i]);
      take(decision);
    });
    if (!status.ok()) return status;
    records = records.subspan(n);
  }
  return absl::OkStatus();
}

// Compares the items of work_[begin, end), which are ready, with those of earlier epochs.
void EngineCore::LookUp(std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end + 2 * kAhead; ++i) {
    if (i < end) candidates_->Prefetch(work_[i].item);
    if (i >= begin + kAhead && i - kAhead < end) {
      candidates_->PrefetchSpilled(work_[i - kAhead].item);
    }
    if (i >= begin + 2 * kAhead) {
      decider_->Find(work_[i - 2 * kAhead].item, work_[i - 2 * kAhead].lookup);
    }
  }
  for (std::size_t i = begin; i < end; ++i) {
    if (i == begin) decider_->PrefetchFound(work_[i].item, work_[i].lookup);
    if (i + 1 < end) decider_->PrefetchFound(work_[i + 1].item, work_[i + 1].lookup);
    decider_->CompareFound(work_[i].item, work_[i].lookup);
  }
}

// Decides the first `n` of work_, and hands each to `decided(i, decision)`, in order.
absl::Status EngineCore::Decide(
    std::size_t n, absl::FunctionRef<void(std::size_t, const NumberedDecision&)> decided) {
  NumberedDecision decision;
  for (std::size_t i = 0; i < n; ++i) {
    if (absl::Status status = DecideOne(work_[i], decision); !status.ok()) return status;
    decided(i, decision);
  }
  return in_epoch_ == kEpoch ? EndEpoch() : absl::OkStatus();
}

absl::Status EngineCore::DecideOne(Work& work, NumberedDecision& decision) {
  if (options_.max_memory_bytes > 0 && MemoryBytes() > options_.max_memory_bytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the engine holds ", MemoryBytes(), " bytes after ", stats_.records,
                     " records, above max_memory_bytes, ", options_.max_memory_bytes));
  }
  Prepared& item = work.item;
  Stamp(item);
  Outcome outcome = decider_->Decide(item, work.lookup);
  const bool came_back =
      !outcome.repeat && candidates_->identities().HasLeft(item.identity());
  if (came_back) MakeExact(item, outcome);
  decision = {};
  decision.relation = outcome.relation;
  decision.of = outcome.of;
  decision.similarity = outcome.similarity;
  decision.probability = outcome.probability;
  decision.agreed = outcome.agreed;
  if (outcome.repeat) {
    decision.story = *outcome.story;
    if (IsAging(*outcome.of)) decision.of = Renew(item, *outcome.of);
    if (whole_) stories_.Skip();
  } else if (absl::Status status = Remember(item, outcome, decision); !status.ok()) {
    return status;
  }
  if (came_back) decision.of = decision.item;
  stats_.candidates += work.lookup.compared;
  DecideOther(item, decision.story, decision, stats_.candidates);
  ++in_epoch_;
  ++stats_.records;
  ++stats_.by_relation[static_cast<int>(outcome.relation)];
  return absl::OkStatus();
}

absl::Status EngineCore::EndEpoch() {
  if (absl::Status status = candidates_->Commit(); !status.ok()) return status;
  in_epoch_ = 0;
  for (const UnrelatedBody& body : pending_bodies_) boilerplate_.NoteUnrelated(body.key, body.text);
  pending_bodies_.clear();
  for (const PageLesson& page : pending_pages_) {
    corpus_.Add(page.id, page.title, page.text, page.lang);
    page_items_.push_back(page.item);
  }
  pending_pages_.clear();
  // Lines are evidence for as long as their items live.
  while (!page_items_.empty() && page_items_.front() < items_.first()) page_items_.pop_front();
  corpus_.ForgetBefore(corpus_.num_added() - page_items_.size());
  if (options_.window_seconds > 0) learned_.BoundGrowth(items_.size());
  learned_.Flush();
  return absl::OkStatus();
}

void EngineCore::DecideOther(const Prepared& item, std::optional<StoryNumber> own,
                               NumberedDecision& decision, std::uint64_t& compared) const {
  for (const PreparedOther& other : item.other) {
    decision.other.push_back({other.begin, other.end,
                              decider_->FindHeadline(other.headline, item.facts, own, compared),
                              other.seen});
  }
}

void EngineCore::Learn(const Record& record, const NumberedDecision& decision, Work& work) {
  Prepared& item = work.item;
  has_pages_ = has_pages_ || !record.text.empty();
  // Once pages come, headlines alone are evidence too: a line may be one of theirs.
  if (has_pages_ && options_.split_pages) {
    pending_pages_.push_back({std::string(record.id), std::string(record.title),
                              std::string(record.text), std::string(record.lang),
                              stories_.next() - 1});
  }
  // What is repeated often enough would else look like what everyone says.
  if (!decision.item || work.lookup.same_text >= kTaughtByOne) item.lesson.words.clear();
  if (item.lesson.day > 0 && !item.headline.block.empty()) {
    const ProfileView profile(item.headline.block);
    running_titles_.Note(profile.skeleton(), profile.skeleton_days(), record.title);
  }
  learned_.Note(item.lesson);
}

std::vector<LearnedNote> EngineCore::LearnedNotes() const {
  std::vector<LearnedNote> notes;
  for (LearnedPhrase& phrase : learned_.dirt().Learned()) {
    notes.push_back({phrase.opening ? LearnedNote::Kind::kOpening : LearnedNote::Kind::kEnding,
                     std::move(phrase.text), std::move(phrase.source), phrase.titles});
  }
  boilerplate_.List(notes);
  running_titles_.List(notes);
  std::sort(notes.begin(), notes.end(), [](const LearnedNote& a, const LearnedNote& b) {
    return std::tie(a.kind, b.seen, a.text, a.source) < std::tie(b.kind, a.seen, b.text, b.source);
  });
  return notes;
}

absl::StatusOr<NumberedDecision> EngineCore::Query(const Record& record) const {
  Prepared item;
  preparer_->Prepare(record, item);
  if (item.facts.seen == 0) item.facts.seen = std::max(clock_.now(), item.facts.published);
  Lookup lookup;
  decider_->LookUp(item, lookup);
  Outcome outcome = decider_->Decide(item, lookup);
  NumberedDecision decision;
  decision.came_back = !outcome.repeat && candidates_->identities().HasLeft(item.identity());
  if (decision.came_back) MakeExact(item, outcome);
  decision.relation = outcome.relation;
  decision.of = outcome.of;
  decision.similarity = outcome.similarity;
  decision.probability = outcome.probability;
  decision.agreed = outcome.agreed;
  if (outcome.of) decision.story = stories_.StoryOf(*outcome.of);
  DecideOther(item, outcome.story, decision, lookup.compared);
  return decision;
}

std::size_t EngineCore::MemoryBytes() const {
  return candidates_->MemoryBytes() + items_.MemoryBytes() + stories_.MemoryBytes() +
         boilerplate_.MemoryBytes() +
         running_titles_.MemoryBytes() + learned_.MemoryBytes() + corpus_.MemoryBytes() +
         page_items_.size() * sizeof(ItemNumber);
}

EngineStats EngineCore::stats() const {
  EngineStats stats = stats_;
  stats.stories = stories_.num_stories();
  stats.memory_bytes = MemoryBytes();
  return stats;
}

}  // namespace samestory
