#include "store/journal.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace samestory::store {
namespace {

// The first row to be read so that at most `max` decisions are.
absl::StatusOr<std::uint64_t> FirstOfNewest(Database& database, std::uint64_t max) {
  absl::StatusOr<Statement> rows =
      database.Prepare("SELECT first, count FROM journal ORDER BY first DESC");
  if (!rows.ok()) return rows.status();
  std::uint64_t sum = 0, first = ~std::uint64_t{0} >> 1;
  while (true) {
    const absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    sum += *row ? static_cast<std::uint64_t>(rows->Int(1)) : 0;
    if (!*row || sum > max) return first;
    first = static_cast<std::uint64_t>(rows->Int(0));
  }
}

bool Erase(FiledDecision& filed, std::uint64_t item_key, std::string_view id) {
  if (filed.keys.item == item_key) {
    filed = {};
    return true;
  }
  bool changed = filed.decision.of == id;
  if (changed) filed.decision.of.clear();
  for (OtherHeadline& other : filed.decision.other) {
    if (other.of != id) continue;
    other.of.clear();
    changed = true;
  }
  return changed;
}

}  // namespace

absl::StatusOr<Journal> Journal::Read(Database& database, std::uint64_t max) {
  const absl::StatusOr<std::uint64_t> first = FirstOfNewest(database, max);
  if (!first.ok()) return first.status();
  Journal journal;
  absl::Status status = ForEachJournalRow(database, *first, [&](DecisionBatch& batch) {
    for (FiledDecision& filed : batch.filed) {
      if (filed.keys != RecordKeys()) journal.filed_.push_back(std::move(filed));
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  journal.Index();
  return journal;
}

void Journal::Index() {
  left_ = filed_.size();
  next_.assign(filed_.size(), kNone);
  first_.reserve(filed_.size());
  for (std::size_t i = filed_.size(); i-- > 0;) {
    const auto [entry, is_new] =
        first_.try_emplace(filed_[i].keys.content, static_cast<std::uint32_t>(i));
    if (!is_new) next_[i] = std::exchange(entry->second, static_cast<std::uint32_t>(i));
  }
}

std::optional<Decision> Journal::Take(const RecordKeys& keys) {
  const auto found = first_.find(keys.content);
  if (found == first_.end()) return std::nullopt;
  const std::uint32_t entry = found->second;
  if (next_[entry] == kNone) {
    first_.erase(found);
  } else {
    found->second = next_[entry];
  }
  --left_;
  return std::move(filed_[entry].decision);
}

absl::Status ForEachJournalRow(Database& database, std::uint64_t from,
                               const std::function<absl::Status(DecisionBatch&)>& visit) {
  absl::StatusOr<Statement> rows = database.Prepare(
      "SELECT first, count, decisions FROM journal WHERE first >= ? ORDER BY first");
  if (!rows.ok()) return rows.status();
  rows->Bind(1, static_cast<std::int64_t>(from));
  while (true) {
    const absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
    absl::StatusOr<DecisionBatch> batch = DecodeDecisions(rows->Blob(2));
    absl::Status status = batch.status();
    if (status.ok() && (batch->first != static_cast<std::uint64_t>(rows->Int(0)) ||
                        batch->filed.size() != static_cast<std::uint64_t>(rows->Int(1)))) {
      status = absl::DataLossError("is not the row that it was written as");
    }
    if (!status.ok()) {
      return absl::DataLossError(absl::StrCat(database.path(), ": table journal, row ",
                                              rows->Int(0), ": ", status.message()));
    }
    if (status = visit(*batch); !status.ok()) return status;
  }
}

absl::StatusOr<std::uint64_t> CountJournal(Database& database) {
  const absl::StatusOr<std::int64_t> count =
      database.QueryInt("SELECT coalesce(sum(count), 0) FROM journal");
  if (!count.ok()) return count.status();
  return static_cast<std::uint64_t>(*count);
}

absl::Status AppendJournal(Database& database, std::uint64_t first,
                           std::span<const FiledDecision> filed) {
  absl::StatusOr<Statement> insert =
      database.Prepare("INSERT OR REPLACE INTO journal(first, count, decisions) VALUES (?, ?, ?)");
  if (!insert.ok()) return insert.status();
  std::string blob;
  EncodeDecisions(first, filed, blob);
  insert->Bind(1, static_cast<std::int64_t>(first));
  insert->Bind(2, static_cast<std::int64_t>(filed.size()));
  return insert->BindBlob(3, blob).Run();
}

absl::StatusOr<bool> JournalMentions(Database& database, std::uint64_t item_key,
                                     std::string_view id) {
  bool mentioned = false;
  absl::Status status = ForEachJournalRow(database, 0, [&](DecisionBatch& batch) {
    for (FiledDecision& filed : batch.filed) mentioned |= Erase(filed, item_key, id);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return mentioned;
}

absl::Status EraseFromJournal(Database& database, std::uint64_t item_key, std::string_view id) {
  std::vector<DecisionBatch> changed;
  absl::Status status = ForEachJournalRow(database, 0, [&](DecisionBatch& batch) {
    bool any = false;
    for (FiledDecision& filed : batch.filed) any |= Erase(filed, item_key, id);
    if (any) changed.push_back(std::move(batch));
    return absl::OkStatus();
  });
  for (std::size_t i = 0; status.ok() && i < changed.size(); ++i) {
    status = AppendJournal(database, changed[i].first, changed[i].filed);
  }
  return status;
}

}  // namespace samestory::store
