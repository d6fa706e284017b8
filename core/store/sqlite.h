#ifndef SAMESTORY_STORE_SQLITE_H_
#define SAMESTORY_STORE_SQLITE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct sqlite3;
struct sqlite3_stmt;

namespace samestory::store {

/// A prepared statement. Every error names the database file and says what to do:
/// kResourceExhausted for a full disk, kPermissionDenied where the file may not be
/// read or written, kDataLoss for a damaged file, kUnavailable where another process
/// holds it. Views that Text and Blob return are valid until the next Step or Reset.
class Statement {
 public:
  Statement() = default;

  /// Binds the parameter `index`, from 1. `bytes` must live until the statement was
  /// stepped to its end.
  Statement& Bind(int index, std::int64_t value);
  Statement& BindText(int index, std::string_view text);
  Statement& BindBlob(int index, std::string_view bytes);

  /// True: a row is there. False: done, and the statement is ready to be bound again.
  absl::StatusOr<bool> Step();

  /// Steps a statement that gives no rows, or whose rows do not matter.
  absl::Status Run();

  void Reset();

  std::int64_t Int(int column) const;
  std::string_view Text(int column) const;
  std::string_view Blob(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  absl::Status Fail(int code);

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  const std::string* path_ = nullptr;
  int bind_error_ = 0;
};

/// A SQLite database file. Not thread-safe.
class Database {
 public:
  enum class Mode { kReadOnly, kReadWrite };

  /// Opens `path`, which is made where it is absent under kReadWrite. Guards that
  /// SQLite has against a damaged or hostile file are switched on.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& path, Mode mode);

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  absl::StatusOr<Statement> Prepare(std::string_view sql);

  /// Runs statements, separated by semicolons, whose rows do not matter.
  absl::Status Run(const std::string& sql);

  /// The first column of the first row; kNotFound where there is no row.
  absl::StatusOr<std::int64_t> QueryInt(std::string_view sql);
  absl::StatusOr<std::string> QueryText(std::string_view sql);

  const std::string& path() const { return path_; }

 private:
  Database(sqlite3* database, std::string path) : database_(database), path_(std::move(path)) {}

  sqlite3* database_;
  std::string path_;
};

/// Begins a transaction and rolls it back unless Commit succeeded.
class Transaction {
 public:
  /// `kind`: "DEFERRED" to read, "IMMEDIATE" to write.
  static absl::StatusOr<Transaction> Begin(Database& database, std::string_view kind);

  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  absl::Status Commit();

 private:
  explicit Transaction(Database* database) : database_(database) {}

  Database* database_;
};

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_SQLITE_H_
