// Snapshots, and what ends with one: forgetting, compacting, closing.
#include <utility>

#include "absl/strings/str_cat.h"
#include "store/note.h"
#include "store/sections.h"
#include "store/state.h"

namespace samestory::store {
namespace {

// Rows of the log deleted in one transaction.
constexpr int kPrunedRows = 256;

// Free pages are given back to the file system where they are more than this share of the file;
// fewer are used again soon.
constexpr std::int64_t kFreeShare = 4;
constexpr std::int64_t kLeastFreePages = 1024;

// A log of fewer records than this is redone sooner than a snapshot is written.
constexpr std::uint64_t kShortLog = 1000;
constexpr std::uint64_t kShortShare = 20;

}  // namespace

// Nothing of it counts yet.
absl::StatusOr<Manifest> State::WriteSnapshot() {
  SectionWriter writer(*database_, loaded_.manifest);
  if (absl::Status status = loaded_.engine->Save(writer); !status.ok()) return status;
  return writer.Finish();
}

absl::Status State::SaveSnapshot() {
  if (!broken_.ok()) return broken_;
  if (loaded_.log_records == 0) return absl::OkStatus();
  absl::StatusOr<Manifest> manifest = WriteSnapshot();
  if (!manifest.ok()) return manifest.status();
  absl::StatusOr<Transaction> transaction = Transaction::Begin(*database_, "IMMEDIATE");
  if (!transaction.ok()) return transaction.status();
  if (absl::Status status = Flip(*manifest); !status.ok()) return status;
  if (absl::Status status = transaction->Commit(); !status.ok()) return status;
  loaded_.manifest = *std::move(manifest);
  loaded_.snapshot_events = loaded_.counter->events;
  loaded_.log_records = loaded_.log_bytes = 0;
  return PruneLog();
}

// From here on the snapshot counts, and the log before it does not.
absl::Status State::Flip(const Manifest& manifest) {
  absl::Status status = meta_.Set(*database_, fact::kSnapshot, manifest.number);
  if (status.ok()) status = meta_.Set(*database_, fact::kRecords, loaded_.records);
  if (status.ok()) status = meta_.Set(*database_, fact::kEvents, loaded_.counter->events);
  return status;
}

absl::Status State::PruneLog() {
  const std::string dead =
      absl::StrCat("SELECT first FROM log WHERE first < ", loaded_.records - loaded_.log_records,
                   " LIMIT ", kPrunedRows);
  while (true) {
    const absl::StatusOr<std::int64_t> some = database_->QueryInt(dead);
    if (absl::IsNotFound(some.status())) break;
    if (!some.ok()) return some.status();
    absl::Status status = database_->Run("DELETE FROM log WHERE first IN (" + dead + ")");
    if (!status.ok()) return status;
  }
  if (absl::Status s = DeleteOtherSections(*database_, loaded_.manifest); !s.ok()) return s;
  const absl::StatusOr<std::int64_t> pages = database_->QueryInt("PRAGMA page_count"),
                                     free = database_->QueryInt("PRAGMA freelist_count");
  if (!pages.ok()) return pages.status();
  if (!free.ok()) return free.status();
  if (*free < kLeastFreePages || *free < *pages / kFreeShare) return absl::OkStatus();
  return database_->Run(
      absl::StrCat("PRAGMA incremental_vacuum(", *free - *pages / kFreeShare / 2, ")"));
}

absl::Status State::Forget(std::string_view source, std::string_view id,
                           const std::function<absl::Status()>& before_commit) {
  if (!broken_.ok()) return broken_;
  if (absl::Status status = loaded_.engine->Forget(source, id); !status.ok()) return status;
  if (absl::Status status = before_commit(); !status.ok()) return Break(status);
  absl::StatusOr<Manifest> manifest = WriteSnapshot();
  if (!manifest.ok()) return Break(manifest.status());
  absl::StatusOr<Transaction> transaction = Transaction::Begin(*database_, "IMMEDIATE");
  if (!transaction.ok()) return Break(transaction.status());
  absl::Status status = Flip(*manifest);
  if (status.ok()) {
    status = EraseFromJournal(*database_, ItemKey(source, id, options_.engine.seed), id);
  }
  if (status.ok()) status = database_->Run("DELETE FROM log");
  if (status.ok()) status = transaction->Commit();
  if (!status.ok()) return Break(status);
  loaded_.manifest = *std::move(manifest);
  loaded_.snapshot_events = loaded_.counter->events;
  loaded_.log_records = loaded_.log_bytes = 0;
  return Compact();
}

absl::Status State::Compact() {
  if (absl::Status status = SaveSnapshot(); !status.ok()) return status;
  if (absl::Status status = PruneLog(); !status.ok()) return status;
  if (absl::Status status = database_->Run("VACUUM"); !status.ok()) return status;
  return Checkpoint();
}

absl::Status State::Checkpoint() { return database_->Run("PRAGMA wal_checkpoint(TRUNCATE)"); }

absl::StatusOr<std::string> State::Note(std::string_view name) const {
  return ReadNote(name, *database_);
}

absl::Status State::SetNote(std::string_view name, std::string_view bytes) {
  if (!broken_.ok()) return broken_;
  absl::StatusOr<Transaction> transaction = Transaction::Begin(*database_, "IMMEDIATE");
  if (!transaction.ok()) return transaction.status();
  absl::Status status = WriteNote(name, bytes, *database_);
  return status.ok() ? transaction->Commit() : status;
}

// The mark of the end, and the notes that belong to it.
absl::Status State::EndRun(const std::map<std::string, std::string>& notes) {
  absl::StatusOr<Transaction> transaction = Transaction::Begin(*database_, "IMMEDIATE");
  if (!transaction.ok()) return transaction.status();
  for (const auto& [name, bytes] : notes) {
    if (absl::Status status = WriteNote(name, bytes, *database_); !status.ok()) return status;
  }
  absl::Status status = meta_.Set(*database_, fact::kRun, kClean);
  return status.ok() ? transaction->Commit() : status;
}

absl::Status State::Close(const std::map<std::string, std::string>& notes) {
  if (!broken_.ok()) return broken_;
  const bool long_log =
      loaded_.log_records > kShortLog && loaded_.log_records * kShortShare > loaded_.records;
  if (long_log) {
    if (absl::Status status = SaveSnapshot(); !status.ok()) return status;
  }
  if (absl::Status status = Checkpoint(); !status.ok()) return status;
  // Whoever is killed before the mark is replayed, so that nothing slow may follow it.
  loaded_.engine.reset();
  if (run_open_) {
    if (absl::Status status = EndRun(notes); !status.ok()) return status;
  }
  statements_.reset();
  database_.reset();
  return absl::OkStatus();
}

}  // namespace samestory::store
