#include "store/verify.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "store/journal.h"
#include "store/note.h"
#include "store/read_state.h"
#include "store/record_codec.h"
#include "store/state.h"
#include "store/state_options.h"

namespace samestory::store {
namespace {

class Verifier {
 public:
  explicit Verifier(VerifyReport& report) : report_(report) {}

  void Run(const std::string& directory, const Options& options) {
    absl::StatusOr<std::unique_ptr<Database>> database = OpenForReading(directory);
    if (!database.ok()) return Add(database.status());
    database_ = std::move(*database);
    const absl::StatusOr<Transaction> moment = Transaction::Begin(*database_, "DEFERRED");
    if (!moment.ok()) return Add(moment.status());
    Add(CheckIntegrity());
    const absl::StatusOr<Meta> meta = Meta::Read(*database_);
    if (!meta.ok()) return Add(meta.status());
    const std::string run = meta->Text(fact::kRun);
    report_.run_open = run == kOpen;
    if (run != kOpen && run != kClean) Problem("table meta, 'run': is '" + run + "'");
    Add(CheckSections(*meta));
    Add(CheckLog());
    Add(CheckJournal());
    Add(CheckNotes(*database_));
    Load(*meta, options);
  }

 private:
  void Problem(std::string problem) {
    if (std::ranges::find(report_.problems, problem) == report_.problems.end()) {
      report_.problems.push_back(std::move(problem));
    }
  }

  void Add(const absl::Status& status) {
    if (!status.ok()) Problem(std::string(status.message()));
  }

  absl::Status CheckIntegrity() {
    absl::StatusOr<Statement> check = database_->Prepare("PRAGMA integrity_check(20)");
    if (!check.ok()) return check.status();
    while (true) {
      const absl::StatusOr<bool> row = check->Step();
      if (!row.ok()) return row.status();
      if (!*row) return absl::OkStatus();
      const std::string text(check->Text(0));
      if (text != "ok") Problem(database_->path() + ": " + text);
    }
  }

  absl::Status CheckSections(const Meta& meta) {
    const absl::StatusOr<std::uint64_t> number = meta.Number(fact::kSnapshot);
    if (!number.ok()) return number.status();
    const absl::StatusOr<Manifest> manifest = ReadManifest(*database_, *number);
    if (!manifest.ok()) return manifest.status();
    SectionReader reader(*database_, *manifest);
    for (const auto& [name, entry] : manifest->sections) Add(reader.Get(name).status());
    return absl::OkStatus();
  }

  absl::Status CheckLog() {
    absl::StatusOr<Statement> rows =
        database_->Prepare("SELECT first, count, records FROM log ORDER BY first");
    if (!rows.ok()) return rows.status();
    while (true) {
      const absl::StatusOr<bool> row = rows->Step();
      if (!row.ok()) return row.status();
      if (!*row) return absl::OkStatus();
      const absl::StatusOr<RecordBatch> batch = DecodeRecords(rows->Blob(2));
      const std::string where =
          absl::StrCat(database_->path(), ": table log, row ", rows->Int(0), ": ");
      if (!batch.ok()) {
        Problem(absl::StrCat(where, batch.status().message()));
      } else if (batch->first != static_cast<std::uint64_t>(rows->Int(0)) ||
                 batch->records.size() != static_cast<std::uint64_t>(rows->Int(1))) {
        Problem(where + "is not the row that it was written as");
      }
    }
  }

  absl::Status CheckJournal() {
    std::uint64_t next = 0;
    return ForEachJournalRow(*database_, 0, [&](const DecisionBatch& batch) {
      if (next != 0 && batch.first != next) {
        Problem(absl::StrCat(database_->path(), ": table journal: decisions ", next, " to ",
                             batch.first, " are missing"));
      }
      next = batch.first + batch.filed.size();
      return absl::OkStatus();
    });
  }

  void Load(const Meta& meta, Options options) {
    if (absl::Status status = AdoptOptions(meta, {}, options); !status.ok()) return Add(status);
    Add(Sources::Read(*database_, options.seed).status());
    absl::StatusOr<LoadedEngine> loaded = LoadEngine(*database_, meta, options, {});
    if (!loaded.ok()) return Add(loaded.status());
    report_.loaded = *std::move(loaded);
    CheckStories(*report_.loaded->engine);
  }

  void CheckStories(const Engine& engine) {
    absl::flat_hash_set<StoryId> stories;
    engine.ForEachItem([&](const LivingItem& item) {
      stories.insert(item.story);
      if (engine.Resolve(item.story) != item.story) {
        Problem(absl::StrCat("an item stands in the story ", StoryName(item.story),
                             ", which was merged into another"));
      }
    });
    if (stories.size() != engine.stats().stories) {
      Problem(absl::StrCat("the items stand in ", stories.size(), " stories, but ",
                           engine.stats().stories, " live"));
    }
  }

  VerifyReport& report_;
  std::unique_ptr<Database> database_;
};

}  // namespace

VerifyReport Verify(const std::string& directory, const Options& options) {
  VerifyReport report;
  Verifier(report).Run(directory, options);
  return report;
}

}  // namespace samestory::store
