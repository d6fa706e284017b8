#include "store/state_file.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "store/journal.h"
#include "store/note.h"

namespace samestory::store {
namespace {

// Rows of the log deleted in one transaction.
constexpr int kPrunedRows = 256;

// Free pages are given back to the file system where they are more than this share of the file;
// fewer are used again soon.
constexpr std::int64_t kFreeShare = 4;
constexpr std::int64_t kLeastFreeBytes = 4 << 20;

// Does `write` in a transaction of its own.
template <typename Write>
absl::Status InTransaction(Database& database, const Write& write) {
  absl::StatusOr<Transaction> transaction = Transaction::Begin(database, "IMMEDIATE");
  if (!transaction.ok()) return transaction.status();
  if (absl::Status status = write(); !status.ok()) return status;
  return transaction->Commit();
}

}  // namespace

absl::StatusOr<std::unique_ptr<StateFile>> StateFile::Create(std::unique_ptr<Database> database,
                                                             Meta meta, bool continues,
                                                             std::uint64_t max_replay) {
  std::unique_ptr<StateFile> file(new StateFile(std::move(database)));
  file->meta_ = std::move(meta);
  file->run_open_ = file->meta_.Text(fact::kRun) != kClean;
  file->continues_ = continues;
  file->max_replay_ = max_replay;
  if (continues) {
    const absl::StatusOr<std::uint64_t> count = CountJournal(*file->database_);
    if (!count.ok()) return count.status();
    file->journal_records_ = *count;
  }
  absl::StatusOr<Statement> log = file->database_->Prepare(
      "INSERT INTO log(first, count, events, records) VALUES (?, ?, ?, ?)");
  if (!log.ok()) return log.status();
  absl::StatusOr<Statement> journal = file->database_->Prepare(
      "INSERT INTO journal(first, count, decisions) VALUES (?, ?, ?)");
  if (!journal.ok()) return journal.status();
  file->statements_.emplace(Statements{*std::move(log), *std::move(journal)});
  return file;
}

absl::Status StateFile::WriteBatch(const BatchRows& rows) {
  return InTransaction(*database_, [&] {
    absl::Status status = BeginRun();
    if (status.ok()) status = InsertBatch(rows);
    if (status.ok()) status = WriteSources(rows.sources, *database_);
    return status.ok() ? PruneJournal(rows.log_begin) : status;
  });
}

absl::Status StateFile::InsertBatch(const BatchRows& rows) {
  const auto first = static_cast<std::int64_t>(rows.first);
  const auto count = static_cast<std::int64_t>(rows.count);
  statements_->log.Bind(1, first).Bind(2, count).Bind(3, static_cast<std::int64_t>(rows.events));
  absl::Status status = statements_->log.BindBlob(4, rows.records).Run();
  if (!status.ok()) return status;
  journal_records_ += rows.count;
  return statements_->journal.Bind(1, first).Bind(2, count).BindBlob(3, rows.decisions).Run();
}

// The first decision of a run: the journal of the run before goes, unless it is continued.
absl::Status StateFile::BeginRun() {
  if (!continues_) {
    if (absl::Status s = database_->Run("DELETE FROM journal"); !s.ok()) return s;
    continues_ = true;
    journal_records_ = 0;
  }
  if (run_open_) return absl::OkStatus();
  run_open_ = true;
  return meta_.Set(*database_, fact::kRun, kOpen);
}

absl::Status StateFile::PruneJournal(std::uint64_t log_begin) {
  while (journal_records_ > max_replay_) {
    absl::StatusOr<Statement> oldest =
        database_->Prepare("SELECT first, count FROM journal ORDER BY first LIMIT 1");
    if (!oldest.ok()) return oldest.status();
    const absl::StatusOr<bool> row = oldest->Step();
    if (!row.ok()) return row.status();
    // What is not in the snapshot yet is compared when it is redone.
    if (!*row || static_cast<std::uint64_t>(oldest->Int(0)) >= log_begin) return absl::OkStatus();
    const std::int64_t first = oldest->Int(0), count = oldest->Int(1);
    oldest->Reset();
    absl::Status status = database_->Run(absl::StrCat("DELETE FROM journal WHERE first = ", first));
    if (!status.ok()) return status;
    journal_records_ -= std::min(journal_records_, static_cast<std::uint64_t>(count));
  }
  return absl::OkStatus();
}

absl::Status StateFile::WriteSection(std::string_view section, std::uint64_t number,
                                     std::string_view bytes) {
  return sections_.Put(section, number, bytes);
}

absl::Status StateFile::EndSections(const Manifest& manifest) { return sections_.End(manifest); }

absl::Status StateFile::CountSnapshot(const SnapshotFacts& facts) {
  absl::Status status = InTransaction(*database_, [&] { return Flip(facts); });
  return status.ok() ? Prune(facts) : status;
}

absl::Status StateFile::CountSnapshotWithout(const SnapshotFacts& facts, std::uint64_t item_key,
                                             std::string_view id) {
  absl::Status status = InTransaction(*database_, [&] {
    absl::Status flipped = Flip(facts);
    if (flipped.ok()) flipped = EraseFromJournal(*database_, item_key, id);
    return flipped.ok() ? database_->Run("DELETE FROM log") : flipped;
  });
  return status.ok() ? Prune(facts) : status;
}

absl::StatusOr<bool> StateFile::Mentions(std::uint64_t item_key, std::string_view id) const {
  return JournalMentions(*database_, item_key, id);
}

absl::Status StateFile::Flip(const SnapshotFacts& facts) {
  absl::Status status = meta_.Set(*database_, fact::kSnapshot, facts.manifest.number);
  if (status.ok()) status = meta_.Set(*database_, fact::kRecords, facts.records);
  if (status.ok()) status = meta_.Set(*database_, fact::kEvents, facts.events);
  return status;
}

// Deletes the log before the snapshot, and what is of other snapshots.
absl::Status StateFile::Prune(const SnapshotFacts& facts) {
  const std::string dead = absl::StrCat("SELECT first FROM log WHERE first < ", facts.records,
                                        " LIMIT ", kPrunedRows);
  while (true) {
    const absl::StatusOr<std::int64_t> some = database_->QueryInt(dead);
    if (absl::IsNotFound(some.status())) break;
    if (!some.ok()) return some.status();
    absl::Status status = database_->Run("DELETE FROM log WHERE first IN (" + dead + ")");
    if (!status.ok()) return status;
  }
  if (absl::Status s = DeleteOtherSections(*database_, facts.manifest); !s.ok()) return s;
  return GiveBackPages();
}

absl::Status StateFile::GiveBackPages() {
  const absl::StatusOr<std::int64_t> pages = database_->QueryInt("PRAGMA page_count"),
                                     page_size = database_->QueryInt("PRAGMA page_size"),
                                     free = database_->QueryInt("PRAGMA freelist_count");
  for (const auto* value : {&pages, &page_size, &free}) {
    if (!value->ok()) return value->status();
  }
  if (*free * *page_size < kLeastFreeBytes || *free < *pages / kFreeShare) {
    return absl::OkStatus();
  }
  return database_->Run(
      absl::StrCat("PRAGMA incremental_vacuum(", *free - *pages / kFreeShare / 2, ")"));
}

absl::Status StateFile::Compact(const SnapshotFacts& facts) {
  absl::Status status = Prune(facts);
  return status.ok() ? database_->Run("VACUUM") : status;
}

absl::Status StateFile::NoteEventLog() {
  return meta_.Set(*database_, fact::kEventLog, std::uint64_t{1});
}

absl::StatusOr<std::string> StateFile::Note(std::string_view name) const {
  return ReadNote(name, *database_);
}

absl::Status StateFile::SetNote(std::string_view name, std::string_view bytes) {
  return InTransaction(*database_, [&] { return WriteNote(name, bytes, *database_); });
}

absl::Status StateFile::Checkpoint() { return database_->Run("PRAGMA wal_checkpoint(TRUNCATE)"); }

absl::Status StateFile::EndRun(const std::map<std::string, std::string>& notes) {
  if (!run_open_) return absl::OkStatus();
  return InTransaction(*database_, [&] {
    for (const auto& [name, bytes] : notes) {
      if (absl::Status status = WriteNote(name, bytes, *database_); !status.ok()) return status;
    }
    return meta_.Set(*database_, fact::kRun, kClean);
  });
}

}  // namespace samestory::store
