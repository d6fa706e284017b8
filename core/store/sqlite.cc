#include "store/sqlite.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace samestory::store {
namespace {

// A writer of another process holds the database for one small transaction at most.
constexpr int kBusyMilliseconds = 10'000;

bool IsFull(int code, int error) {
  if ((code & 0xff) == SQLITE_FULL) return true;
  // Where a file may not grow the system's own reason is lost on the way.
  if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_SHMSIZE) return true;
  const bool no_room = error == ENOSPC || error == EDQUOT || error == EFBIG;
  return no_room && ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN);
}

absl::Status ToStatus(sqlite3* database, const std::string& path, int code) {
  const int error = database == nullptr ? 0 : sqlite3_system_errno(database);
  const std::string reason = database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database);
  if (IsFull(code, error)) {
    return absl::ResourceExhaustedError(
        absl::StrCat(path,
                     ": cannot be written: the disk is full or the file may not grow; what was "
                     "committed is safe: make room "
                     "and run again"));
  }
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return absl::DataLossError(absl::StrCat(path, ": is damaged (", reason,
                                              "); 'samestory state verify' says what is broken"));
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return absl::PermissionDeniedError(absl::StrCat(
          path, ": ", reason, error == 0 ? "" : absl::StrCat(" (", std::strerror(error), ")"),
          "; the state's directory and files must be there and be writable"));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::UnavailableError(
          absl::StrCat(path, ": another process holds it (", reason, "); try again"));
    case SQLITE_NOMEM:
      return absl::ResourceExhaustedError(absl::StrCat(path, ": out of memory"));
    default:
      return absl::UnknownError(absl::StrCat(
          path, ": ", reason, error == 0 ? "" : absl::StrCat(" (", std::strerror(error), ")")));
  }
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

absl::Status Statement::Fail(int code) {
  absl::Status status = ToStatus(sqlite3_db_handle(statement_.get()), *path_, code);
  Reset();
  return status;
}

Statement& Statement::Bind(int index, std::int64_t value) {
  bind_error_ |= sqlite3_bind_int64(statement_.get(), index, value);
  return *this;
}

Statement& Statement::BindText(int index, std::string_view text) {
  bind_error_ |= sqlite3_bind_text64(statement_.get(), index, text.data(), text.size(),
                                     SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::BindBlob(int index, std::string_view bytes) {
  // A null pointer would bind NULL.
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  bind_error_ |= sqlite3_bind_blob64(statement_.get(), index, data, bytes.size(), SQLITE_STATIC);
  return *this;
}

absl::StatusOr<bool> Statement::Step() {
  if (bind_error_ != 0) return Fail(std::exchange(bind_error_, 0));
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) return Fail(code);
  Reset();
  return false;
}

absl::Status Statement::Run() {
  while (true) {
    const absl::StatusOr<bool> row = Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
  }
}

void Statement::Reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::int64_t Statement::Int(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view Statement::Blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const std::string& path, Mode mode) {
  const int flags =
      mode == Mode::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle,
                                   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  std::unique_ptr<Database> database(new Database(handle, path));
  if (code != SQLITE_OK) return ToStatus(handle, path, code);
  sqlite3_busy_timeout(handle, kBusyMilliseconds);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  absl::Status status = database->Run("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;");
  if (!status.ok()) return status;
  return database;
}

Database::~Database() { sqlite3_close_v2(database_); }

absl::StatusOr<Statement> Database::Prepare(std::string_view sql) {
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
  if (code == SQLITE_ERROR) {
    // All statements are fixed texts: one that does not fit met another schema.
    return absl::DataLossError(absl::StrCat(path_, ": is damaged or no state of samestory (",
                                            sqlite3_errmsg(database_), ")"));
  }
  if (code != SQLITE_OK) return ToStatus(database_, path_, code);
  Statement statement;
  statement.statement_.reset(prepared);
  statement.path_ = &path_;
  return statement;
}

absl::Status Database::Run(const std::string& sql) {
  const int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : ToStatus(database_, path_, code);
}

absl::StatusOr<std::int64_t> Database::QueryInt(std::string_view sql) {
  absl::StatusOr<Statement> statement = Prepare(sql);
  if (!statement.ok()) return statement.status();
  const absl::StatusOr<bool> row = statement->Step();
  if (!row.ok()) return row.status();
  if (!*row) return absl::NotFoundError(path_ + ": no such row");
  return statement->Int(0);
}

absl::StatusOr<std::string> Database::QueryText(std::string_view sql) {
  absl::StatusOr<Statement> statement = Prepare(sql);
  if (!statement.ok()) return statement.status();
  const absl::StatusOr<bool> row = statement->Step();
  if (!row.ok()) return row.status();
  if (!*row) return absl::NotFoundError(path_ + ": no such row");
  return std::string(statement->Text(0));
}

absl::StatusOr<Transaction> Transaction::Begin(Database& database, std::string_view kind) {
  absl::Status status = database.Run("BEGIN " + std::string(kind));
  if (!status.ok()) return status;
  return Transaction(&database);
}

Transaction::~Transaction() {
  // After some errors SQLite has rolled back by itself; the second attempt does no harm.
  if (database_ != nullptr) database_->Run("ROLLBACK").IgnoreError();
}

absl::Status Transaction::Commit() {
  absl::Status status = database_->Run("COMMIT");
  if (status.ok()) database_ = nullptr;
  return status;
}

}  // namespace samestory::store
