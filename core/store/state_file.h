#ifndef SAMESTORY_STORE_STATE_FILE_H_
#define SAMESTORY_STORE_STATE_FILE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "store/meta.h"
#include "store/sections.h"
#include "store/sources.h"
#include "store/sqlite.h"

namespace samestory::store {

/// What a batch leaves in a state: docs/state.md ("Tables").
struct BatchRows {
  std::uint64_t first = 0, count = 0, events = 0;
  std::string records, decisions;  ///< frames
  std::vector<SourceName> sources;
  /// First record that is in no snapshot: its decision is compared when it is redone.
  std::uint64_t log_begin = 0;

  std::size_t bytes() const { return records.size() + decisions.size(); }
};

/// A snapshot that is to count: what it is made of, and what came before it.
struct SnapshotFacts {
  Manifest manifest;
  std::uint64_t records = 0, events = 0;
};

/// The database of a state as its one writer sees it. Each call is a transaction or more;
/// docs/state.md says what a reader finds between them. One call at a time, from any thread.
class StateFile {
 public:
  /// `continues`: decisions in the journal are kept, and the next ones follow them.
  static absl::StatusOr<std::unique_ptr<StateFile>> Create(std::unique_ptr<Database> database,
                                                           Meta meta, bool continues,
                                                           std::uint64_t max_replay);

  absl::Status WriteBatch(const BatchRows& rows);

  /// Pieces of the snapshot `number`, of which nothing counts before CountSnapshot.
  absl::Status WriteSection(std::string_view section, std::uint64_t number,
                            std::string_view bytes);
  absl::Status EndSections(const Manifest& manifest);

  /// The snapshot counts from here on; what it takes the place of is deleted.
  absl::Status CountSnapshot(const SnapshotFacts& facts);

  /// Whether there is a decision about the item of `item_key`, or a mention of `id`; of every
  /// record in the log there is one.
  absl::StatusOr<bool> Mentions(std::uint64_t item_key, std::string_view id) const;

  /// As CountSnapshot, with no log left and without the decisions about the item of `item_key` and
  /// every mention of `id`.
  absl::Status CountSnapshotWithout(const SnapshotFacts& facts, std::uint64_t item_key,
                                    std::string_view id);

  /// Rewrites the file in its least size; `facts` are those of the snapshot that counts.
  absl::Status Compact(const SnapshotFacts& facts);

  absl::Status NoteEventLog();
  absl::Status SetNote(std::string_view name, std::string_view bytes);
  absl::StatusOr<std::string> Note(std::string_view name) const;

  /// Brings all that was committed into the one file.
  absl::Status Checkpoint();

  /// Stores `notes` by their names, and marks the run as ended, where one began.
  absl::Status EndRun(const std::map<std::string, std::string>& notes);

 private:
  explicit StateFile(std::unique_ptr<Database> database)
      : database_(std::move(database)), sections_(*database_) {}

  absl::Status BeginRun();
  absl::Status InsertBatch(const BatchRows& rows);
  absl::Status PruneJournal(std::uint64_t log_begin);
  absl::Status Flip(const SnapshotFacts& facts);
  absl::Status Prune(const SnapshotFacts& facts);
  absl::Status GiveBackPages();

  std::unique_ptr<Database> database_;
  SectionWriter sections_;
  Meta meta_;
  struct Statements {
    Statement log, journal;
  };
  std::optional<Statements> statements_;
  bool continues_ = false;  // the journal of the run before goes on in this one
  bool run_open_ = false;   // the state says that a run is under way
  std::uint64_t journal_records_ = 0, max_replay_ = 0;
};

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_STATE_FILE_H_
