#include "samestory/engine.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/engine_core.h"

namespace samestory {
namespace {

// Stories are numbered from 0 within and named from 1 without, so that 0 can mean none.
StoryId PublicId(StoryNumber story) { return StoryId{story} + 1; }

Decision Publish(const EngineCore& core, const NumberedDecision& numbered) {
  Decision decision;
  decision.relation = numbered.relation;
  decision.story = PublicId(numbered.story);
  if (numbered.of) decision.of = core.IdOf(*numbered.of);
  decision.similarity = numbered.similarity;
  decision.probability = numbered.probability;
  decision.agreed = numbered.agreed;
  for (const NumberedDecision::Other& other : numbered.other) {
    OtherHeadline& headline = decision.other.emplace_back();
    headline.begin = other.begin;
    headline.end = other.end;
    headline.of = other.seen;
    if (!other.of) continue;
    headline.story = PublicId(core.StoryOf(*other.of));
    headline.of = core.IdOf(*other.of);
  }
  return decision;
}

}  // namespace

std::string StoryName(StoryId story) { return absl::StrCat("s", story); }

Engine::Engine(std::unique_ptr<EngineCore> core) : core_(std::move(core)) {}
Engine::~Engine() = default;

absl::StatusOr<std::unique_ptr<Engine>> Engine::Create(const Options& options) {
  absl::StatusOr<std::unique_ptr<EngineCore>> core = EngineCore::Create(options);
  if (!core.ok()) return core.status();
  return std::unique_ptr<Engine>(new Engine(*std::move(core)));
}

absl::StatusOr<Decision> Engine::Add(const Record& record) {
  Decision decision;
  absl::Status status = core_->Add({&record, 1}, [&](const NumberedDecision& numbered) {
    decision = Publish(*core_, numbered);
  });
  if (!status.ok()) return status;
  return decision;
}

absl::Status Engine::AddBatch(std::span<const Record> records, std::vector<Decision>& decisions) {
  decisions.clear();
  decisions.reserve(records.size());
  return core_->Add(records, [&](const NumberedDecision& numbered) {
    decisions.push_back(Publish(*core_, numbered));
  });
}

absl::StatusOr<Decision> Engine::Query(const Record& record) const {
  absl::StatusOr<NumberedDecision> numbered = core_->Query(record);
  if (!numbered.ok()) return numbered.status();
  Decision decision = Publish(*core_, *numbered);
  if (!numbered->of || !IsSameStory(numbered->relation)) decision.story = 0;
  if (numbered->came_back) decision.of = record.id;
  return decision;
}

absl::Status Engine::Forget(std::string_view source, std::string_view id) {
  return core_->Forget(source, id);
}

absl::Status Engine::Save(SnapshotSink& sink) const { return core_->Save(sink); }

absl::StatusOr<std::unique_ptr<Engine>> Engine::Load(const Options& options,
                                                     SnapshotSource& source) {
  absl::StatusOr<std::unique_ptr<EngineCore>> core = EngineCore::Load(options, source);
  if (!core.ok()) return core.status();
  return std::unique_ptr<Engine>(new Engine(*std::move(core)));
}

void Engine::SetListener(std::function<void(const StoryEvent&)> listener) {
  core_->SetListener(std::move(listener));
}

StoryId Engine::Resolve(StoryId story) const {
  if (story == 0) return 0;
  return PublicId(core_->Resolve(static_cast<StoryNumber>(story - 1)));
}

absl::StatusOr<Explanation> Engine::ExplainItems(const ItemName& a, const ItemName& b) const {
  return core_->ExplainItems(a, b);
}

std::vector<LearnedNote> Engine::Learned() const { return core_->LearnedNotes(); }
EngineStats Engine::stats() const { return core_->stats(); }
const Options& Engine::options() const { return core_->options(); }

}  // namespace samestory
