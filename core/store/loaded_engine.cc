#include "store/loaded_engine.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "store/decision_codec.h"
#include "store/record_codec.h"

namespace samestory::store {
namespace {

// Redoes the rows of the table log one after another.
class Redo {
 public:
  Redo(Database& database, LoadedEngine& loaded) : database_(database), loaded_(loaded) {}

  absl::Status Run() {
    absl::StatusOr<Statement> rows = database_.Prepare(
        "SELECT log.first, log.count, log.events, log.records, journal.decisions FROM log "
        "LEFT JOIN journal ON journal.first = log.first WHERE log.first >= ? ORDER BY log.first");
    if (!rows.ok()) return rows.status();
    rows->Bind(1, static_cast<std::int64_t>(loaded_.records));
    while (true) {
      const absl::StatusOr<bool> row = rows->Step();
      if (!row.ok()) return row.status();
      if (!*row) return absl::OkStatus();
      if (absl::Status status = RedoRow(*rows); !status.ok()) {
        return absl::Status(status.code(), absl::StrCat(database_.path(), ": table log, row ",
                                                        rows->Int(0), ": ", status.message()));
      }
    }
  }

 private:
  absl::Status RedoRow(const Statement& row) {
    const absl::StatusOr<RecordBatch> batch = DecodeRecords(row.Blob(3));
    if (!batch.ok()) return batch.status();
    const std::size_t count = batch->records.size();
    if (batch->first != static_cast<std::uint64_t>(row.Int(0)) ||
        count != static_cast<std::uint64_t>(row.Int(1))) {
      return absl::DataLossError("is not the row that it was written as");
    }
    if (batch->first != loaded_.records) {
      return absl::DataLossError(
          absl::StrCat("records ", loaded_.records, " to ", batch->first, " are missing"));
    }
    const std::uint64_t events = loaded_.counter->events;
    absl::Status status = loaded_.engine->AddBatch(batch->records, decisions_);
    if (!status.ok()) return status;
    if (status = Check(row); !status.ok()) return status;
    if (loaded_.counter->events - events != static_cast<std::uint64_t>(row.Int(2))) {
      return Differs("tells of other events");
    }
    loaded_.records += count;
    loaded_.log_records += count;
    loaded_.log_bytes += row.Blob(3).size();
    return absl::OkStatus();
  }

  // Decisions that were pruned from the journal cannot be compared.
  absl::Status Check(const Statement& row) {
    if (row.Blob(4).empty()) return absl::OkStatus();
    const absl::StatusOr<DecisionBatch> logged = DecodeDecisions(row.Blob(4));
    if (!logged.ok()) {
      return absl::DataLossError(absl::StrCat("its decisions: ", logged.status().message()));
    }
    if (logged->filed.size() != decisions_.size())
      return Differs("has another number of decisions");
    for (std::size_t i = 0; i < decisions_.size(); ++i) {
      loaded_.Number(decisions_[i]);
      if (!SameDecision(decisions_[i], logged->filed[i].decision)) {
        return Differs(absl::StrCat("decides record ", logged->first + i, " in another way"));
      }
    }
    return absl::OkStatus();
  }

  static absl::Status Differs(std::string_view how) {
    return absl::DataLossError(
        absl::StrCat("what this program makes of it ", std::string(how),
                     " than what is on record: the state was made by another version, or is "
                     "damaged; open it with the version that made it and run 'samestory state "
                     "compact'"));
  }

  Database& database_;
  LoadedEngine& loaded_;
  std::vector<Decision> decisions_;
};

}  // namespace

void EventCounter::Attach(Engine& engine) {
  engine.SetListener([this](const StoryEvent& event) {
    ++events;
    if (!listener_) return;
    StoryEvent numbered = event;
    numbered.story += story_base;
    if (numbered.into != 0) numbered.into += story_base;
    listener_(events, numbered);
  });
}

void LoadedEngine::Number(Decision& decision) const {
  if (decision.story != 0) decision.story += counter->story_base;
  for (OtherHeadline& other : decision.other) {
    if (other.story) *other.story += counter->story_base;
  }
}

absl::StatusOr<LoadedEngine> LoadEngine(Database& database, const Meta& meta,
                                        const Options& options, EventListener listener) {
  const absl::StatusOr<std::uint64_t> number = meta.Number(fact::kSnapshot),
                                      records = meta.Number(fact::kRecords),
                                      events = meta.Number(fact::kEvents),
                                      base = meta.Number(fact::kStoryBase);
  for (const auto* value : {&number, &records, &events, &base}) {
    if (!value->ok()) return value->status();
  }
  LoadedEngine loaded;
  absl::StatusOr<Manifest> manifest = ReadManifest(database, *number);
  if (!manifest.ok()) return manifest.status();
  loaded.manifest = *std::move(manifest);
  SectionReader reader(database, loaded.manifest);
  absl::StatusOr<std::unique_ptr<Engine>> engine =
      *number == 0 ? Engine::Create(options) : Engine::Load(options, reader);
  if (!engine.ok()) return engine.status();
  loaded.counter = std::make_unique<EventCounter>(std::move(listener));
  loaded.engine = *std::move(engine);
  loaded.counter->story_base = *base;
  loaded.counter->Attach(*loaded.engine);
  loaded.records = *records;
  loaded.counter->events = loaded.snapshot_events = *events;
  if (absl::Status status = Redo(database, loaded).Run(); !status.ok()) return status;
  return loaded;
}

}  // namespace samestory::store
