#include "store/repair.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/option_list.h"
#include "store/decision_codec.h"
#include "store/file_error.h"
#include "store/file_lock.h"
#include "store/journal.h"
#include "store/loaded_engine.h"
#include "store/note.h"
#include "store/record_codec.h"
#include "store/schema.h"
#include "store/state.h"
#include "store/state_options.h"

namespace samestory::store {
namespace {

class Repairer {
 public:
  Repairer(Database& damaged, Database& fresh, const Options& options, RepairReport& report)
      : damaged_(damaged), fresh_(fresh), options_(options), report_(report) {}

  absl::Status Run() {
    ReadFacts();
    for (const NamedOption& option : ListOptions(options_)) {
      if (facts_.Has("option." + option.name)) continue;
      return absl::DataLossError(absl::StrCat(damaged_.path(), ": cannot be repaired: its option ",
                                              option.name, " is lost"));
    }
    absl::Status status = AdoptOptions(facts_, {}, options_);
    if (status.ok()) status = CreateSchema(fresh_);
    if (!status.ok()) return status;
    absl::StatusOr<Transaction> transaction = Transaction::Begin(fresh_, "IMMEDIATE");
    if (!transaction.ok()) return transaction.status();
    ReadLog();
    status = SnapshotIsWhole() ? KeepSnapshot() : BeginAnew();
    if (status.ok()) status = CopyJournal();
    if (status.ok()) status = CopyFacts();
    if (status.ok()) status = CopySources();
    if (status.ok()) status = CopyNotes();
    return status.ok() ? transaction->Commit() : status;
  }

 private:
  struct LogRow {
    std::uint64_t first = 0, events = 0;
    std::string blob;
    std::size_t count = 0;
  };

  void Lost(std::string what) { report_.lost.push_back(std::move(what)); }

  // Calls visit(row) for rows until one cannot be read.
  template <typename Visitor>
  void ForEachRow(std::string_view sql, Visitor visit) {
    absl::StatusOr<Statement> rows = damaged_.Prepare(sql);
    if (!rows.ok()) return Lost(std::string(rows.status().message()));
    while (true) {
      const absl::StatusOr<bool> row = rows->Step();
      if (!row.ok()) return Lost(std::string(row.status().message()));
      if (!*row) return;
      visit(*rows);
    }
  }

  void ReadFacts() {
    ForEachRow("SELECT name, value, sum FROM meta", [&](const Statement& row) {
      facts_.Restore(row.Text(0), row.Text(1), static_cast<std::uint64_t>(row.Int(2)));
    });
  }

  void ReadLog() {
    ForEachRow("SELECT first, events, records FROM log ORDER BY first", [&](const Statement& row) {
      const absl::StatusOr<RecordBatch> batch = DecodeRecords(row.Blob(2));
      if (!batch.ok() || batch->first != static_cast<std::uint64_t>(row.Int(0))) {
        return Lost(absl::StrCat("row ", row.Int(0), " of the log"));
      }
      log_.push_back({batch->first, static_cast<std::uint64_t>(row.Int(1)),
                      std::string(row.Blob(2)), batch->records.size()});
    });
    std::ranges::sort(log_, {}, &LogRow::first);
  }

  bool SnapshotIsWhole() {
    const absl::StatusOr<std::uint64_t> number = facts_.Number(fact::kSnapshot);
    if (!number.ok() || !facts_.Number(fact::kRecords).ok() || !facts_.Number(fact::kEvents).ok()) {
      return false;
    }
    absl::StatusOr<Manifest> manifest = ReadManifest(damaged_, *number);
    if (!manifest.ok()) return false;
    manifest_ = *std::move(manifest);
    SectionReader reader(damaged_, manifest_);
    for (const auto& [name, entry] : manifest_.sections) {
      if (!reader.Get(name).ok()) return false;
    }
    return true;
  }

  // The snapshot, and the log up to its first gap.
  absl::Status KeepSnapshot() {
    SectionReader reader(damaged_, manifest_);
    if (manifest_.number > 0) {
      absl::StatusOr<Statement> insert =
          fresh_.Prepare("INSERT INTO section(name, snapshot, bytes) VALUES (?, ?, ?)");
      if (!insert.ok()) return insert.status();
      for (auto& [name, entry] : manifest_.sections) {
        const absl::StatusOr<std::string> bytes = reader.Get(name);
        if (!bytes.ok()) return bytes.status();
        insert->BindText(1, name).Bind(2, static_cast<std::int64_t>(entry.snapshot));
        if (absl::Status status = insert->BindBlob(3, *bytes).Run(); !status.ok()) return status;
      }
      if (absl::Status status = WriteManifest(fresh_, manifest_); !status.ok()) return status;
    }
    end_ = *facts_.Number(fact::kRecords);
    for (const LogRow& row : log_) {
      if (row.first < end_) continue;
      if (row.first > end_) break;
      if (absl::Status status = AppendLog(row); !status.ok()) return status;
      end_ += row.count;
    }
    if (!log_.empty() && log_.back().first >= end_) {
      Lost(absl::StrCat("records ", end_, " to ", log_.back().first + log_.back().count,
                        ": they are decided anew when they are given again"));
    }
    return absl::OkStatus();
  }

  // Without a snapshot: what the log still holds goes through an empty engine.
  absl::Status BeginAnew() {
    Lost(
        "the snapshot: items that were decided before the records of the log are forgotten, and "
        "an event log has to be begun anew");
    absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::Create(options_);
    if (!engine.ok()) return engine.status();
    EventCounter counter({});
    counter.Attach(**engine);
    std::uint64_t next = facts_.Number(fact::kRecords).value_or(0);
    for (const LogRow& row : log_) next = std::max(next, row.first + row.count);
    base_ = next;
    std::vector<Decision> decisions;
    for (const LogRow& row : log_) {
      absl::StatusOr<RecordBatch> batch = DecodeRecords(row.blob);
      if (!batch.ok()) return batch.status();
      const std::uint64_t events = counter.events;
      absl::Status status = (*engine)->AddBatch(batch->records, decisions);
      if (!status.ok()) return status;
      LogRow moved = {next, counter.events - events, {}, row.count};
      EncodeRecords(next, batch->records, moved.blob);
      if (status = AppendLog(moved); !status.ok()) return status;
      next += row.count;
    }
    end_ = *base_;
    return absl::OkStatus();
  }

  absl::Status AppendLog(const LogRow& row) {
    absl::StatusOr<Statement> insert =
        fresh_.Prepare("INSERT INTO log(first, count, events, records) VALUES (?, ?, ?, ?)");
    if (!insert.ok()) return insert.status();
    insert->Bind(1, static_cast<std::int64_t>(row.first));
    insert->Bind(2, static_cast<std::int64_t>(row.count));
    return insert->Bind(3, static_cast<std::int64_t>(row.events)).BindBlob(4, row.blob).Run();
  }

  // Answers to records that the engine knows no more are not given again.
  absl::Status CopyJournal() {
    absl::Status status;
    ForEachRow("SELECT first, decisions FROM journal ORDER BY first", [&](const Statement& row) {
      const absl::StatusOr<DecisionBatch> batch = DecodeDecisions(row.Blob(1));
      if (!batch.ok() || batch->first != static_cast<std::uint64_t>(row.Int(0))) {
        return Lost(absl::StrCat("row ", row.Int(0), " of the journal"));
      }
      if (!status.ok() || batch->first >= end_) return;
      status = AppendJournal(fresh_, batch->first, batch->filed);
    });
    return status;
  }

  absl::Status CopyFacts() {
    Meta copied;
    for (const auto& [name, value] : facts_.values()) {
      if (base_ && name == fact::kEventLog) continue;
      if (absl::Status status = copied.Set(fresh_, name, value); !status.ok()) return status;
    }
    absl::Status status;
    if (!copied.Has(fact::kRun)) status = copied.Set(fresh_, fact::kRun, kOpen);
    if (status.ok() && !copied.Has(fact::kStoryBase)) {
      status = copied.Set(fresh_, fact::kStoryBase, std::uint64_t{0});
    }
    if (!base_ || !status.ok()) return status;
    const std::pair<std::string_view, std::uint64_t> anew[] = {{fact::kSnapshot, 0},
                                                               {fact::kRecords, *base_},
                                                               {fact::kEvents, 0},
                                                               {fact::kStoryBase, *base_}};
    for (const auto& [name, value] : anew) {
      if (status = copied.Set(fresh_, name, value); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status CopySources() {
    std::vector<std::string> names;
    ForEachRow("SELECT key, name FROM source", [&](const Statement& row) {
      if (Sources::Key(row.Text(1), options_.seed) == row.Int(0)) names.emplace_back(row.Text(1));
    });
    std::vector<Record> records(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) records[i].source = names[i];
    return WriteSources(Sources().Add(records, options_.seed), fresh_);
  }

  // What is noted of items that are forgotten is of no use.
  absl::Status CopyNotes() {
    if (base_) return absl::OkStatus();
    std::vector<std::string> names;
    ForEachRow("SELECT DISTINCT name FROM note",
               [&](const Statement& row) { names.emplace_back(row.Text(0)); });
    for (const std::string& name : names) {
      const absl::StatusOr<std::string> bytes = ReadNote(name, damaged_);
      if (!bytes.ok()) {
        Lost("the note '" + name + "'");
        continue;
      }
      if (absl::Status status = WriteNote(name, *bytes, fresh_); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  Database& damaged_;
  Database& fresh_;
  Options options_;
  RepairReport& report_;
  Meta facts_;
  Manifest manifest_;
  std::vector<LogRow> log_;
  std::uint64_t end_ = 0;              // decisions below it are kept
  std::optional<std::uint64_t> base_;  // story.base where the state begins anew
};

absl::Status RemoveFiles(const std::string& path) {
  for (const char* ending : {"", "-wal", "-shm"}) {
    if (::unlink((path + ending).c_str()) != 0 && errno != ENOENT) {
      return FileError(errno, path + ending + ": cannot be removed");
    }
  }
  return absl::OkStatus();
}

absl::Status MoveFiles(const std::string& from, const std::string& to) {
  for (const char* ending : {"-wal", "-shm", ""}) {
    if (std::rename((from + ending).c_str(), (to + ending).c_str()) != 0 && errno != ENOENT) {
      return FileError(errno, from + ending + ": cannot be renamed");
    }
  }
  return absl::OkStatus();
}

absl::Status Build(const std::string& path, const std::string& fresh_path, const Options& options,
                   RepairReport& report) {
  absl::StatusOr<std::unique_ptr<Database>> damaged =
      Database::Open(path, Database::Mode::kReadOnly);
  if (!damaged.ok()) return damaged.status();
  absl::StatusOr<std::unique_ptr<Database>> fresh =
      Database::Open(fresh_path, Database::Mode::kReadWrite);
  if (!fresh.ok()) return fresh.status();
  absl::Status status = (*fresh)->Run("PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL");
  if (status.ok()) status = Repairer(**damaged, **fresh, options, report).Run();
  if (!status.ok()) return status;
  // What was put together must be a state that opens.
  const absl::StatusOr<Meta> meta = Meta::Read(**fresh);
  if (!meta.ok()) return meta.status();
  Options adopted = options;
  if (status = AdoptOptions(*meta, {}, adopted); !status.ok()) return status;
  if (status = LoadEngine(**fresh, *meta, adopted, {}).status(); !status.ok()) return status;
  return (*fresh)->Run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace

absl::StatusOr<RepairReport> Repair(const std::string& directory, const Options& options) {
  const absl::StatusOr<FileLock> lock = FileLock::Take(directory + "/lock");
  if (!lock.ok()) return lock.status();
  const std::string path = DatabasePath(directory), fresh = path + ".repair";
  RepairReport report;
  absl::Status status = RemoveFiles(fresh);
  if (status.ok()) status = Build(path, fresh, options, report);
  if (!status.ok()) {
    RemoveFiles(fresh).IgnoreError();
    return status;
  }
  report.damaged_file = absl::StrCat(path, ".damaged-", std::time(nullptr));
  if (status = MoveFiles(path, report.damaged_file); !status.ok()) return status;
  if (status = MoveFiles(fresh, path); !status.ok()) return status;
  return report;
}

}  // namespace samestory::store
