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
#include "store/commit_queue.h"
#include "store/file_lock.h"
#include "store/journal.h"
#include "store/loaded_engine.h"
#include "store/meta.h"
#include "store/sources.h"
#include "store/sqlite.h"
#include "store/state_file.h"

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

  /// AddBatch that leaves the commit to a thread of the state, so that the next batch can be
  /// decided meanwhile. Until WaitForCommit, nothing of `decisions` may be told to anybody.
  absl::Status Decide(std::span<const Record> records, std::vector<Decision>& decisions);

  /// How much has been decided, counted in commits.
  std::uint64_t decided() const { return queue_->added(); }
  /// How much of that is committed.
  std::uint64_t committed() const { return queue_->done(); }
  /// Waits until committed() is at least `commits`; an error of the disk where it never will.
  absl::Status WaitForCommit(std::uint64_t commits) { return queue_->Wait(commits); }

  /// True where a snapshot is due: the results of all that was decided must then be written,
  /// and events be safe on disk, before SaveSnapshot.
  bool SnapshotDue() const;

  /// Replaces the snapshot and the log by a snapshot of now. Events before it are not
  /// heard again. What is written goes the way of Decide: WaitForCommit(decided()) tells how
  /// it ended, or the next call that waits.
  absl::Status SaveSnapshot();

  /// Forgets an item as Engine::Forget does, and leaves no trace of it in the files; one that
  /// the engine has forgotten too. Saves a snapshot. `before_commit` is called when the events
  /// were heard; they must be safe on disk when it returns. kNotFound changes nothing.
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
  bool HasEventLog() const { return has_event_log_; }
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
  explicit State(FileLock lock, const StateOptions& options)
      : lock_(std::move(lock)), options_(options) {}

  absl::Status Prepare(std::unique_ptr<Database> database, EventListener listener);
  absl::Status Make(Database& database);
  absl::Status PrepareReplay(const Meta& meta, Database& database);
  absl::Status DecidePieces(std::span<const Record> records, std::vector<Decision>& decisions,
                            bool wait);
  absl::Status DecidePiece(std::span<const Record> records, std::vector<Decision>& decisions,
                           bool wait);
  absl::Status Commit(std::uint64_t events, bool wait);
  absl::StatusOr<SnapshotFacts> WriteSnapshot();
  void CountFrom(const SnapshotFacts& facts);
  bool Lives(std::string_view source, std::string_view id) const;
  absl::Status Usable() const;
  absl::Status Break(absl::Status status);

  FileLock lock_;
  StateOptions options_;
  Sources sources_;
  LoadedEngine loaded_;
  std::optional<Journal> replay_;
  bool continues_ = false;  // the answers of the run before are given again
  bool has_event_log_ = false;
  absl::Status broken_;  // the engine is ahead of what was committed
  std::vector<Record> fresh_;
  std::vector<std::size_t> fresh_places_;
  std::vector<Decision> fresh_decisions_;
  std::vector<RecordKeys> keys_;
  std::vector<FiledDecision> filed_;
  std::string scratch_;
  std::unique_ptr<StateFile> file_;      // the queue's while it works
  std::unique_ptr<CommitQueue> queue_;  // goes before the file
};

/// Path of the database of a state.
std::string DatabasePath(const std::string& directory);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_STATE_H_
