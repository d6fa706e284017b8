// Deciding and committing a batch.
#include <utility>

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
  return DecidePieces(records, decisions, /*wait=*/true);
}

absl::Status State::Decide(std::span<const Record> records, std::vector<Decision>& decisions) {
  return DecidePieces(records, decisions, /*wait=*/false);
}

absl::Status State::DecidePieces(std::span<const Record> records, std::vector<Decision>& decisions,
                                 bool wait) {
  decisions.clear();
  while (!records.empty()) {
    const std::size_t count = CountUpTo(records, kPieceBytes);
    // Of the pieces that were not waited for none is known to be committed.
    const std::size_t committed = wait ? decisions.size() : 0;
    absl::Status status = DecidePiece(records.first(count), decisions, wait);
    if (!Usable().ok()) decisions.resize(committed);
    if (!status.ok()) return status;
    records = records.subspan(count);
  }
  return absl::OkStatus();
}

absl::Status State::DecidePiece(std::span<const Record> records, std::vector<Decision>& decisions,
                                bool wait) {
  if (absl::Status status = Usable(); !status.ok()) return status;
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
  if (fresh_.empty()) return wait ? queue_->WaitForAll() : absl::OkStatus();
  const std::uint64_t events = loaded_.counter->events;
  const absl::Status decided = loaded_.engine->AddBatch(fresh_, fresh_decisions_);
  fresh_.resize(fresh_decisions_.size());
  absl::Status committed = Commit(loaded_.counter->events - events, wait);
  if (!committed.ok()) return committed;
  if (!decided.ok()) decisions.resize(fresh_places_[fresh_.size()]);
  for (std::size_t i = 0; i < fresh_.size(); ++i) {
    decisions[fresh_places_[i]] = std::move(filed_[i].decision);
  }
  return decided;
}

absl::Status State::Commit(std::uint64_t events, bool wait) {
  if (fresh_.empty()) return wait ? queue_->WaitForAll() : absl::OkStatus();
  BatchRows rows;
  rows.first = loaded_.records;
  rows.count = fresh_.size();
  rows.events = events;
  rows.log_begin = loaded_.records - loaded_.log_records;
  filed_.resize(fresh_.size());
  for (std::size_t i = 0; i < filed_.size(); ++i) {
    loaded_.Number(fresh_decisions_[i]);
    filed_[i] = {keys_[i], std::move(fresh_decisions_[i])};
  }
  EncodeRecords(rows.first, fresh_, rows.records);
  EncodeDecisions(rows.first, filed_, rows.decisions);
  rows.sources = sources_.Add(fresh_, options_.engine.seed);
  loaded_.records += rows.count;
  loaded_.log_records += rows.count;
  loaded_.log_bytes += rows.records.size();
  if (wait) return queue_->Do([&] { return file_->WriteBatch(rows); });
  const std::size_t bytes = rows.bytes();
  return queue_->Add(bytes, [this, rows = std::move(rows)] { return file_->WriteBatch(rows); });
}

}  // namespace samestory::store
