#include "store/state.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/endian.h"
#include "store/file_error.h"
#include "store/schema.h"
#include "store/state_options.h"

namespace samestory::store {
namespace {

// A snapshot is due where the log has this share of its bytes, so that snapshots are a bounded part
// of all that is written; and where the log is so long in any case.
constexpr std::uint64_t kSnapshotShare = 4;
constexpr std::uint64_t kMostLogBytes = 256u << 20;

// Of a new file. Larger pages make the blobs of batches and snapshots cheaper, and the commit of one
// record dearer, which writes two pages at least.
constexpr int kPageBytes = 16 << 10;

// Write-ahead log between checkpoints, which is its size on disk too.
constexpr std::int64_t kLogBytes = 8 << 20;

// What is decided, or saved, and not written yet.
constexpr std::size_t kQueuedBytes = 8 << 20;

absl::Status MakeDirectory(const std::string& directory) {
  // The database holds the secret seed.
  if (::mkdir(directory.c_str(), 0700) == 0 || errno == EEXIST) return absl::OkStatus();
  return FileError(errno, directory + ": the state's directory cannot be made");
}

// SQLite would make the file readable for all; what it makes beside it later is as the file.
absl::Status MakeFile(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return FileError(errno, path + ": cannot be opened for writing");
  ::close(fd);
  return absl::OkStatus();
}

absl::StatusOr<std::uint64_t> SecretSeed() {
  char bytes[8];
  if (::getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes)) {
    return FileError(errno, "the system gives no random numbers for the seed");
  }
  return LoadLittle64(bytes);
}

const char* SyncName(Sync sync) {
  switch (sync) {
    case Sync::kOff:
      return "OFF";
    case Sync::kNormal:
      return "NORMAL";
    case Sync::kFull:
      return "FULL";
  }
  return "FULL";
}

// Settings of the connection; the first two take effect in a new file only. What is deleted is not
// overwritten page by page, which would write it a second time: VACUUM leaves nothing of it.
absl::Status Configure(Sync sync, Database& database) {
  absl::Status status = database.Run(absl::StrCat(
      "PRAGMA page_size=", kPageBytes, "; PRAGMA auto_vacuum=INCREMENTAL; "
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=",
      SyncName(sync), "; PRAGMA journal_size_limit=", kLogBytes,
      "; PRAGMA secure_delete=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4096;"));
  if (!status.ok()) return status;
  const absl::StatusOr<std::int64_t> page = database.QueryInt("PRAGMA page_size");
  if (!page.ok()) return page.status();
  return database.Run(absl::StrCat("PRAGMA wal_autocheckpoint=", kLogBytes / *page));
}

}  // namespace

std::string DatabasePath(const std::string& directory) { return directory + "/state.db"; }

absl::StatusOr<std::unique_ptr<State>> State::Open(const std::string& directory,
                                                   const StateOptions& options,
                                                   EventListener listener) {
  if (absl::Status status = Validate(options.engine); !status.ok()) return status;
  if (options.make) {
    if (absl::Status status = MakeDirectory(directory); !status.ok()) return status;
  } else if (::access(DatabasePath(directory).c_str(), F_OK) != 0) {
    return FileError(errno, DatabasePath(directory) + ": there is no state");
  }
  absl::StatusOr<FileLock> lock = FileLock::Take(directory + "/lock");
  if (!lock.ok()) return lock.status();
  if (absl::Status status = MakeFile(DatabasePath(directory)); !status.ok()) return status;
  absl::StatusOr<std::unique_ptr<Database>> database =
      Database::Open(DatabasePath(directory), Database::Mode::kReadWrite);
  if (!database.ok()) return database.status();
  std::unique_ptr<State> state(new State(*std::move(lock), options));
  absl::Status status = state->Prepare(*std::move(database), std::move(listener));
  if (!status.ok()) return status;
  return state;
}

State::~State() = default;

absl::Status State::Prepare(std::unique_ptr<Database> database, EventListener listener) {
  const absl::StatusOr<bool> empty = IsEmpty(*database);
  if (!empty.ok()) return empty.status();
  // A file of something else is left as it is.
  if (!*empty) {
    if (absl::Status status = MigrateSchema(*database); !status.ok()) return status;
  }
  if (absl::Status status = Configure(options_.sync, *database); !status.ok()) return status;
  if (*empty) {
    if (absl::Status status = Make(*database); !status.ok()) return status;
  }
  absl::StatusOr<Meta> meta = Meta::Read(*database);
  if (!meta.ok()) return meta.status();
  has_event_log_ = meta->Has(fact::kEventLog);
  absl::Status status = AdoptOptions(*meta, options_.given, options_.engine);
  if (!status.ok()) return status;
  absl::StatusOr<Sources> sources = Sources::Read(*database, options_.engine.seed);
  if (!sources.ok()) return sources.status();
  sources_ = *std::move(sources);
  absl::StatusOr<LoadedEngine> loaded =
      LoadEngine(*database, *meta, options_.engine, std::move(listener));
  if (!loaded.ok()) return loaded.status();
  loaded_ = *std::move(loaded);
  if (status = PrepareReplay(*meta, *database); !status.ok()) return status;
  absl::StatusOr<std::unique_ptr<StateFile>> file = StateFile::Create(
      std::move(database), *std::move(meta), continues_, options_.max_replay);
  if (!file.ok()) return file.status();
  file_ = *std::move(file);
  queue_ = std::make_unique<CommitQueue>(kQueuedBytes);
  return absl::OkStatus();
}

absl::Status State::Make(Database& database) {
  // Options that no engine takes must not get into a state.
  const absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::Create(options_.engine);
  if (!engine.ok()) return engine.status();
  absl::StatusOr<Transaction> transaction = Transaction::Begin(database, "IMMEDIATE");
  if (!transaction.ok()) return transaction.status();
  if (std::ranges::find(options_.given, "seed") == options_.given.end()) {
    const absl::StatusOr<std::uint64_t> seed = SecretSeed();
    if (!seed.ok()) return seed.status();
    options_.engine.seed = *seed;
  }
  Meta meta;
  absl::Status status = CreateSchema(database);
  if (status.ok()) status = StoreOptions(options_.engine, database, meta);
  if (status.ok()) status = meta.Set(database, fact::kRun, kClean);
  if (status.ok()) status = meta.Set(database, fact::kCreated, std::uint64_t(std::time(nullptr)));
  for (const std::string_view name :
       {fact::kSnapshot, fact::kRecords, fact::kEvents, fact::kStoryBase}) {
    if (status.ok()) status = meta.Set(database, name, std::uint64_t{0});
  }
  return status.ok() ? transaction->Commit() : status;
}

absl::Status State::PrepareReplay(const Meta& meta, Database& database) {
  const bool cut_short = meta.Text(fact::kRun) != kClean;
  continues_ =
      options_.replay == Replay::kAlways || (cut_short && options_.replay == Replay::kAfterCrash);
  if (!continues_) return absl::OkStatus();
  absl::StatusOr<Journal> journal = Journal::Read(database, ~std::uint64_t{0});
  if (!journal.ok()) return journal.status();
  replay_ = *std::move(journal);
  return absl::OkStatus();
}

absl::Status State::Usable() const { return broken_.ok() ? queue_->status() : broken_; }

absl::Status State::Break(absl::Status status) {
  broken_ = status;
  return status;
}

bool State::SnapshotDue() const {
  if (loaded_.log_bytes > kMostLogBytes) return true;
  return loaded_.log_records >= options_.snapshot_records &&
         loaded_.log_bytes * kSnapshotShare >= loaded_.manifest.bytes();
}

absl::Status State::NoteEventLog() {
  if (has_event_log_) return absl::OkStatus();
  has_event_log_ = true;
  return queue_->Do([this] { return file_->NoteEventLog(); });
}

}  // namespace samestory::store
