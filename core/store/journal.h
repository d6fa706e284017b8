#ifndef SAMESTORY_STORE_JOURNAL_H_
#define SAMESTORY_STORE_JOURNAL_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "store/decision_codec.h"
#include "store/sqlite.h"

namespace samestory::store {

/// The decisions since the last clean end, to be given again. Memory: some 150 bytes a
/// decision.
class Journal {
 public:
  /// Reads the newest `max` decisions of the table, by whole rows. kDataLoss naming the
  /// row that is damaged.
  static absl::StatusOr<Journal> Read(Database& database, std::uint64_t max);

  /// The earliest decision under `keys` that was not taken yet.
  std::optional<Decision> Take(const RecordKeys& keys);

  /// Decisions not taken yet.
  std::size_t left() const { return left_; }

 private:
  void Index();

  static constexpr std::uint32_t kNone = 0xffffffff;

  std::vector<FiledDecision> filed_;
  std::vector<std::uint32_t> next_;  // by entry: the next one of equal content
  absl::flat_hash_map<std::uint64_t, std::uint32_t> first_;  // by content
  std::size_t left_ = 0;
};

/// Calls `visit` for the rows of the table from the number `from` on, in order, until it
/// fails. kDataLoss naming the row that is damaged.
absl::Status ForEachJournalRow(Database& database, std::uint64_t from,
                               const std::function<absl::Status(DecisionBatch&)>& visit);

/// Decisions in the table.
absl::StatusOr<std::uint64_t> CountJournal(Database& database);

/// Writes a row.
absl::Status AppendJournal(Database& database, std::uint64_t first,
                           std::span<const FiledDecision> filed);

/// Whether there is a decision about the item of `item_key`, or a mention of `id`.
absl::StatusOr<bool> JournalMentions(Database& database, std::uint64_t item_key,
                                     std::string_view id);

/// Erases, within the caller's transaction, the decisions about the item of `item_key`
/// and every mention of `id`.
absl::Status EraseFromJournal(Database& database, std::uint64_t item_key, std::string_view id);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_JOURNAL_H_
