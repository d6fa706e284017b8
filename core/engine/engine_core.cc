#include "engine/engine_core.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/hash.h"
#include "match/profile.h"

namespace samestory {
namespace {

// Records of a batch run that are read at once, of them those that a thread takes at a time, and
// the places that they and those before them stand in.
constexpr std::size_t kWholeStep = 256, kWholePart = 16, kWholePlaces = 2 * kWholeStep;

// Items with one headline and of one day of whose words is learned.
constexpr std::size_t kTaughtByOne = 4;

// Keys of an item under the judge, if its headline has enough words.
constexpr std::size_t kKeysOfItem = 17;

// Records by which the fetching of what is looked up is ahead: a fetch takes longer than the
// look-ups of one record.
constexpr std::size_t kAhead = 3;

// Fewer records than this are not worth waking a thread for.
constexpr std::size_t kLeastPart = 8;

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
template <typename Decided>
absl::Status EngineCore::Decide(std::size_t n, const Decided& decided) {
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

absl::Status EngineCore::ReadWhole(std::size_t n, const RecordAt& record) {
  learning_ = false;
  whole_.emplace();
  whole_->says_little.reserve(n);
  items_.Reserve(n);
  LearnTitles(n, record);
  absl::flat_hash_map<std::uint64_t, std::uint8_t> headlines;
  std::size_t bodies = 0;
  const bool judged = options_.match == Match::kJudge;
  const Teaches teaches = judged ? Teaches::kHeadline : Teaches::kNothing;
  work_.resize(kWholePlaces);
  ReadInSteps(
      n,
      [&](std::size_t place, std::size_t i) {
        preparer_->Read(record(i), work_[place].item, teaches);
      },
      [&](std::size_t place, std::size_t i) {
        Prepared& item = work_[place].item;
        if (judged) {
          const std::uint64_t text = ProfileView(item.headline.block).text_hash();
          std::uint8_t& taught = headlines[Mix64(text, item.facts.day())];
          if (taught < kTaughtByOne) {
            ++taught;
          } else {
            item.lesson.words.clear();
          }
          learned_.LearnHeadline(item.lesson);
        }
        bodies += !item.body.empty();
        whole_->says_little.push_back(item.says_little);
        if (!item.other.empty()) {
          whole_->other[static_cast<ItemNumber>(i)] = std::move(item.other);
        }
        items_.Append(item.facts, {{}, item.id_key, item.url_key, item.headline.block, item.body});
      });
  if (!judged || n == 0) return candidates_->Reserve(n, 0);
  CountKeys();
  return candidates_->Reserve(whole_->keys->num_shared(), bodies);
}

// Of every record `read(place, i)`, side by side, and then, in order, `keep(place, i)`, by one
// thread while the others read on. A record has its place until it is kept.
template <typename Read, typename Keep>
void EngineCore::ReadInSteps(std::size_t n, const Read& read, const Keep& keep) {
  for (std::size_t first = 0; first < n + kWholeStep; first += kWholeStep) {
    const std::size_t begin = std::min(n, first), end = std::min(n, first + kWholeStep);
    workers_.Share(
        end - begin, kWholePart,
        [&](int, std::size_t from, std::size_t to) {
          for (std::size_t i = begin + from; i < begin + to; ++i) read(i % kWholePlaces, i);
        },
        [&] {
          const std::size_t before = first - std::min(first, kWholeStep);
          for (std::size_t i = before; i < begin; ++i) keep(i % kWholePlaces, i);
        });
  }
}

// Stamps all items where they are, and finds out which keys lead from one to another.
void EngineCore::CountKeys() {
  const std::size_t n = items_.size();
  whole_->keys.emplace(n * kKeysOfItem);
  workers_.ForEach(n, kWholeStep, [&](int, std::size_t begin, std::size_t end) {
    Prepared item, next;  // of which the next is on its way
    const auto fetch = [&](std::size_t i) {
      Fetch(static_cast<ItemNumber>(i), next);
      next.body.clear();
      preparer_->PrefetchStamp(next);
    };
    fetch(begin);
    for (std::size_t i = begin; i < end; ++i) {
      std::swap(item, next);
      if (i + 1 < end) fetch(i + 1);
      preparer_->Stamp(item);
      items_.SetHeadline(static_cast<ItemNumber>(i), item.headline.block);
      preparer_->MakeKeys(item);
      for (const std::uint64_t key : {item.id_key, item.url_key}) {
        if (key != 0) item.headline.rare_keys.push_back(key);
      }
      whole_->keys->Add(item.headline.rare_keys);
    }
  });
}

// Titles and pages first: what is stripped from them decides what the rest is learned from.
void EngineCore::LearnTitles(std::size_t n, const RecordAt& record) {
  if (options_.match == Match::kJaccard) return;
  std::vector<TitleReading> readings(std::min(n, kWholePlaces));
  ReadInSteps(
      n,
      [&](std::size_t place, std::size_t i) {
        const Record next = record(i);
        SourceDirt::Read(next.title, next.source, next.url, readings[place]);
      },
      [&](std::size_t place, std::size_t i) {
        const Record next = record(i);
        learned_.LearnTitle(readings[place], next.title, next.source);
        has_pages_ = has_pages_ || !next.text.empty();
      });
  if (!has_pages_ || !options_.split_pages) return;
  for (std::size_t i = 0; i < n; ++i) {
    const Record next = record(i);
    corpus_.Add(next.id, next.title, next.text, next.lang);
  }
}

// An item as ReadWhole kept it.
void EngineCore::Fetch(ItemNumber number, Prepared& item) const {
  const ItemParts parts = items_.parts(number);
  item.facts = items_.facts(number);
  item.id_key = parts.id_key;
  item.url_key = parts.url_key;
  item.headline.block.assign(parts.headline.begin(), parts.headline.end());
  item.body.assign(parts.body.begin(), parts.body.end());
  item.says_little = whole_->says_little[number];
  item.other.clear();
  if (const auto found = whole_->other.find(number); found != whole_->other.end()) {
    item.other = found->second;
  }
}

// Makes an item of a batch run ready to be looked up; needs nothing that a decision changes.
void EngineCore::PrepareWhole(ItemNumber number, Prepared& item) const {
  Fetch(number, item);
  if (!item.other.empty()) preparer_->Stamp(item);
  preparer_->MakeKeys(item);
  if (!whole_->keys) return;
  whole_->keys->KeepShared(item.headline.rare_keys);
  item.is_alone = (item.id_key == 0 || !whole_->keys->IsShared(item.id_key)) &&
                  (item.url_key == 0 || !whole_->keys->IsShared(item.url_key));
}

absl::Status EngineCore::DecideWhole(const std::function<void(const NumberedDecision&)>& take) {
  const auto decided = [&](std::size_t i, const NumberedDecision& decision) {
    for (std::size_t k = 0; k < work_[i].lookup.same_body.size(); ++k) {
      pending_bodies_.push_back({BodyKey(work_[i].item.body), {}});
    }
    take(decision);
  };
  // An epoch is decided while the items of the next are made ready.
  std::vector<Work> next(kEpoch);
  work_.resize(kEpoch);
  const std::size_t n = items_.size();
  std::size_t in_work = 0;
  for (std::size_t first = 0; first < n || in_work > 0; first += kEpoch) {
    const std::size_t in_next = std::min(kEpoch, n - std::min(n, first));
    absl::Status status;
    workers_.Share(
        in_next, kLeastPart,
        [&](int, std::size_t begin, std::size_t end) {
          for (std::size_t i = begin; i < end; ++i) {
            PrepareWhole(static_cast<ItemNumber>(first + i), next[i].item);
          }
        },
        [&] { status = Decide(in_work, decided); });
    if (!status.ok()) return status;
    work_.swap(next);
    in_work = in_next;
    workers_.ForEach(in_work, kLeastPart,
                     [&](int, std::size_t begin, std::size_t end) { LookUp(begin, end); });
  }
  return absl::OkStatus();
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
