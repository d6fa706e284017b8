#ifndef SAMESTORY_STORE_STATE_H_
#define SAMESTORY_STORE_STATE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "samestory/engine.h"
#include "store/file_lock.h"
#include "store/journal.h"
#include "store/loaded_engine.h"
#include "store/meta.h"
#include "store/sources.h"
#include "store/sqlite.h"

namespace samestory::store {

/// What a commit waits for.
enum class Sync {
  kOff,     ///< nothing: a power cut may damage the state
  kNormal,  ///< a power cut may undo the last commits, and damages nothing
  kFull,    ///< a commit has reached the disk
};

/// When the answers of the run before are given again.
enum class Replay {
  kAfterCrash,  ///< where that run did not come to its end
  kAlways,      ///< also after a clean end
  kNever,
};

struct StateOptions {
  /// Those that shape decisions are those of the state, once it is made.
  Options engine;
  /// Names of the deciding options in `engine` that the user gave: a difference to the
  /// state's is an error. A state that is made without "seed" draws a secret one.
  std::vector<std::string> given;
  bool make = true;  ///< the state where there is none
  Sync sync = Sync::kNormal;
  Replay replay = Replay::kAfterCrash;
  /// Decisions kept to be given again, but for those since the last snapshot, which are
  /// all kept.
  std::uint64_t max_replay = 1'000'000;
  /// Records in the log from which on a snapshot may be due. The log is redone when the
  /// state is opened.
  std::uint64_t snapshot_records = 20'000;
};

/// An engine whose every decision outlives the process: a directory with a SQLite
/// database and a lock file. docs/state.md describes both. One process writes at a time;
/// others may read. Not thread-safe.
class State {
 public:
  /// Opens the state in `directory`, which is made where it is absent. `listener`, which
  /// may be empty, hears the events since the last snapshot again, then new ones, the
  /// latter before they are committed. kUnavailable where another process writes,
  /// kFailedPrecondition for options that are not the state's, kDataLoss for a damaged
  /// one; what is wrong is named.
  static absl::StatusOr<std::unique_ptr<State>> Open(const std::string& directory,
                                                     const StateOptions& options,
                                                     EventListener listener);
  /// Ends the run as a crash would.
  ~State();

  /// Decides records as Engine::AddBatch does, and commits before it returns. A record
  /// that the interrupted run before decided gets that answer again and changes nothing.
  /// On an error of the engine the records before the failing one are committed and
  /// `decisions` holds theirs; on one of the disk it holds those that were
  /// committed, and all further calls fail likewise.
  absl::Status AddBatch(std::span<const Record> records, std::vector<Decision>& decisions);

  /// To be called when the results of AddBatch are written. True where a snapshot is due:
  /// events must then be safe on disk before SaveSnapshot.
  bool SnapshotDue() const;

  /// Replaces the snapshot and the log by a snapshot of now. Events before it are not
  /// heard again.
  absl::Status SaveSnapshot();

  /// Forgets an item as Engine::Forget does, and leaves no trace of it in the files.
  /// Saves a snapshot. `before_commit` is called when the events were heard; they must be
  /// safe on disk when it returns. kNotFound changes nothing.
  absl::Status Forget(std::string_view source, std::string_view id,
                      const std::function<absl::Status()>& before_commit);

  /// Saves a snapshot and rewrites the file in its least size, which takes as much room
  /// again while it runs.
  absl::Status Compact();

  /// Bytes that were noted under `name` when the last run came to its end; empty: none.
  /// A run that was cut short noted nothing. kDataLoss where they are damaged.
  absl::StatusOr<std::string> Note(std::string_view name) const;
  /// Notes `bytes` at once, in place of what was noted. For commands that change a state
  /// between runs.
  absl::Status SetNote(std::string_view name, std::string_view bytes);

  /// Ends the run: from now on nothing needs to be given again. Events and results must
  /// be safe before it. Only the destructor may follow. `notes`, by name, are stored with the
  /// end, or not at all.
  absl::Status Close(const std::map<std::string, std::string>& notes = {});

  /// True from the moment on that a run with an event log was noted.
  bool HasEventLog() const { return meta_.Has(fact::kEventLog); }
  absl::Status NoteEventLog();

  const Engine& engine() const { return *loaded_.engine; }
  const Sources& sources() const { return sources_; }
  std::uint64_t records() const { return loaded_.records; }
  std::uint64_t events() const { return loaded_.counter->events; }
  /// Events before it are not heard when the state is opened.
  std::uint64_t snapshot_events() const { return loaded_.snapshot_events; }
  /// True where answers of the run before are being given again.
  bool replaying() const { return replay_.has_value() && replay_->left() > 0; }

 private:
  State(FileLock lock, std::unique_ptr<Database> database, const StateOptions& options)
      : lock_(std::move(lock)), database_(std::move(database)), options_(options) {}

  struct Statements {
    Statement log, journal;
  };

  absl::Status Prepare(EventListener listener);
  absl::Status Make();
  absl::Status PrepareStatements();
  absl::Status PrepareReplay();
  absl::Status AddPiece(std::span<const Record> records, std::vector<Decision>& decisions);
  absl::Status Commit(std::uint64_t events);
  absl::Status BeginRun();
  absl::Status PruneJournal();
  absl::Status PruneLog();
  absl::StatusOr<Manifest> WriteSnapshot();
  absl::Status Flip(const Manifest& manifest);
  absl::Status Checkpoint();
  absl::Status EndRun(const std::map<std::string, std::string>& notes);
  absl::Status Break(absl::Status status);

  FileLock lock_;
  std::unique_ptr<Database> database_;
  StateOptions options_;
  Meta meta_;
  Sources sources_;
  LoadedEngine loaded_;
  std::optional<Statements> statements_;
  std::optional<Journal> replay_;
  bool continues_ = false;  // the journal of the run before goes on in this one
  bool run_open_ = false;   // the state says that a run is under way
  std::uint64_t journal_records_ = 0;
  absl::Status broken_;  // the engine is ahead of what was committed
  std::vector<Record> fresh_;
  std::vector<std::size_t> fresh_places_;
  std::vector<Decision> fresh_decisions_;
  std::vector<RecordKeys> keys_;
  std::vector<FiledDecision> filed_;
  std::string scratch_, record_blob_, decision_blob_;
};

/// Path of the database of a state.
std::string DatabasePath(const std::string& directory);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_STATE_H_
