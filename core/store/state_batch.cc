// Deciding and committing a batch.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "store/state.h"

namespace samestory::store {
namespace {

// Text of the records in one row of the log: far below what SQLite takes.
constexpr std::size_t kPieceBytes = 64u << 20;

// Records from the first on, one or more, whose texts take at most `bytes` together.
std::size_t CountUpTo(std::span<const Record> records, std::size_t bytes) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Record& r = records[i];
    sum += r.id.size() + r.title.size() + r.summary.size() + r.text.size() + r.url.size() +
           r.source.size() + r.lang.size() + r.markup.size_bytes();
    if (sum > bytes && i > 0) return i;
  }
  return records.size();
}

}  // namespace

absl::Status State::AddBatch(std::span<const Record> records, std::vector<Decision>& decisions) {
  decisions.clear();
  while (!records.empty()) {
    const std::size_t count = CountUpTo(records, kPieceBytes);
    const std::size_t before = decisions.size();
    absl::Status status = AddPiece(records.first(count), decisions);
    if (!broken_.ok()) decisions.resize(before);
    if (!status.ok()) return status;
    records = records.subspan(count);
  }
  return absl::OkStatus();
}

absl::Status State::AddPiece(std::span<const Record> records, std::vector<Decision>& decisions) {
  if (!broken_.ok()) return broken_;
  const std::size_t before = decisions.size();
  fresh_.clear();
  fresh_places_.clear();
  keys_.clear();
  for (std::size_t i = 0; i < records.size(); ++i) {
    const RecordKeys keys = KeysOf(records[i], options_.engine.seed, scratch_);
    std::optional<Decision> known = replay_ ? replay_->Take(keys) : std::nullopt;
    decisions.emplace_back(known ? *std::move(known) : Decision());
    if (known) continue;
    fresh_.push_back(records[i]);
    fresh_places_.push_back(before + i);
    keys_.push_back(keys);
  }
  if (fresh_.empty()) return absl::OkStatus();
  const std::uint64_t events = loaded_.counter->events;
  const absl::Status decided = loaded_.engine->AddBatch(fresh_, fresh_decisions_);
  fresh_.resize(fresh_decisions_.size());
  if (absl::Status committed = Commit(loaded_.counter->events - events); !committed.ok()) {
    return Break(committed);
  }
  if (!decided.ok()) decisions.resize(fresh_places_[fresh_.size()]);
  for (std::size_t i = 0; i < fresh_.size(); ++i) {
    decisions[fresh_places_[i]] = std::move(filed_[i].decision);
  }
  return decided;
}

absl::Status State::Commit(std::uint64_t events) {
  if (fresh_.empty()) return absl::OkStatus();
  const std::uint64_t first = loaded_.records;
  filed_.resize(fresh_.size());
  for (std::size_t i = 0; i < filed_.size(); ++i) {
    loaded_.Number(fresh_decisions_[i]);
    filed_[i] = {keys_[i], std::move(fresh_decisions_[i])};
  }
  EncodeRecords(first, fresh_, record_blob_);
  EncodeDecisions(first, filed_, decision_blob_);
  absl::StatusOr<Transaction> transaction = Transaction::Begin(*database_, "IMMEDIATE");
  if (!transaction.ok()) return transaction.status();
  if (absl::Status status = BeginRun(); !status.ok()) return status;
  const auto number = static_cast<std::int64_t>(first);
  const auto count = static_cast<std::int64_t>(fresh_.size());
  statements_->log.Bind(1, number).Bind(2, count).Bind(3, static_cast<std::int64_t>(events));
  absl::Status status = statements_->log.BindBlob(4, record_blob_).Run();
  if (!status.ok()) return status;
  statements_->journal.Bind(1, number).Bind(2, count);
  if (status = statements_->journal.BindBlob(3, decision_blob_).Run(); !status.ok()) return status;
  status = sources_.Add(fresh_, options_.engine.seed, *database_);
  if (!status.ok()) return status;
  journal_records_ += fresh_.size();
  if (status = PruneJournal(); !status.ok()) return status;
  if (status = transaction->Commit(); !status.ok()) return status;
  loaded_.records += fresh_.size();
  loaded_.log_records += fresh_.size();
  loaded_.log_bytes += record_blob_.size();
  return absl::OkStatus();
}

// The first decision of a run: the journal of the run before goes, unless it is continued.
absl::Status State::BeginRun() {
  if (!continues_) {
    if (absl::Status s = database_->Run("DELETE FROM journal"); !s.ok()) return s;
    continues_ = true;
    journal_records_ = 0;
  }
  if (run_open_) return absl::OkStatus();
  run_open_ = true;
  return meta_.Set(*database_, fact::kRun, kOpen);
}

absl::Status State::PruneJournal() {
  while (journal_records_ > options_.max_replay) {
    absl::StatusOr<Statement> oldest =
        database_->Prepare("SELECT first, count FROM journal ORDER BY first LIMIT 1");
    if (!oldest.ok()) return oldest.status();
    const absl::StatusOr<bool> row = oldest->Step();
    if (!row.ok()) return row.status();
    // What is not in the snapshot yet is compared when it is redone.
    if (!*row ||
        static_cast<std::uint64_t>(oldest->Int(0)) >= loaded_.records - loaded_.log_records) {
      return absl::OkStatus();
    }
    const std::int64_t first = oldest->Int(0), count = oldest->Int(1);
    oldest->Reset();
    absl::Status status = database_->Run(absl::StrCat("DELETE FROM journal WHERE first = ", first));
    if (!status.ok()) return status;
    journal_records_ -= std::min(journal_records_, static_cast<std::uint64_t>(count));
  }
  return absl::OkStatus();
}

}  // namespace samestory::store
