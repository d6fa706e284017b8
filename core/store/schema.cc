#include "store/schema.h"

#include <iterator>

#include "absl/strings/str_cat.h"

namespace samestory::store {
namespace {

constexpr std::int64_t kApplicationId = 0x536d5374;  // "SmSt", in the file's header

struct Table {
  std::string_view name, sql;
};

// What each is for: docs/state.md ("Tables").
constexpr Table kTables[] = {
    {"meta", "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL, sum INTEGER NOT NULL)"},
    {"section",
     "CREATE TABLE section(name TEXT NOT NULL, snapshot INTEGER NOT NULL, bytes BLOB NOT NULL, "
     "PRIMARY KEY(name, snapshot))"},
    {"manifest", "CREATE TABLE manifest(snapshot INTEGER PRIMARY KEY, bytes BLOB NOT NULL)"},
    {"log",
     "CREATE TABLE log(first INTEGER PRIMARY KEY, count INTEGER NOT NULL, "
     "events INTEGER NOT NULL, records BLOB NOT NULL)"},
    {"journal",
     "CREATE TABLE journal(first INTEGER PRIMARY KEY, count INTEGER NOT NULL, "
     "decisions BLOB NOT NULL)"},
    {"source", "CREATE TABLE source(key INTEGER PRIMARY KEY, name TEXT NOT NULL)"},
    {"note",
     "CREATE TABLE note(name TEXT NOT NULL, part INTEGER NOT NULL, parts INTEGER NOT NULL, "
     "bytes BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY(name, part))"},
};

absl::Status AddNotes(Database& database) {
  return database.Run(std::string(std::end(kTables)[-1].sql));
}

// Version 3 writes the sections of a snapshot in another layout, and reads both.
absl::Status KeepSections(Database&) { return absl::OkStatus(); }

// Step i brings version i + 1 to i + 2.
using Step = absl::Status (*)(Database&);
constexpr Step kSteps[kSchemaVersion - 1] = {AddNotes, KeepSections};

absl::StatusOr<std::int64_t> Version(Database& database) {
  const absl::StatusOr<std::int64_t> application = database.QueryInt("PRAGMA application_id");
  if (!application.ok()) return application.status();
  if (*application != kApplicationId) {
    return absl::InvalidArgumentError(database.path() + ": is no state of samestory");
  }
  const absl::StatusOr<std::int64_t> version = database.QueryInt("PRAGMA user_version");
  if (!version.ok()) return version.status();
  if (*version < 1) return absl::DataLossError(database.path() + ": has no version");
  if (*version > kSchemaVersion) {
    return absl::InvalidArgumentError(absl::StrCat(database.path(), ": is a state of version ",
                                                   *version, "; this program knows up to ",
                                                   kSchemaVersion, ": use a newer one"));
  }
  return *version;
}

}  // namespace

absl::Status CreateSchema(Database& database) {
  for (const Table& table : kTables) {
    absl::Status status = database.Run(std::string(table.sql));
    if (!status.ok()) return status;
  }
  return database.Run(absl::StrCat("PRAGMA application_id=", kApplicationId,
                                   "; PRAGMA user_version=", kSchemaVersion));
}

absl::StatusOr<bool> IsEmpty(Database& database) {
  const absl::StatusOr<std::int64_t> tables =
      database.QueryInt("SELECT count(*) FROM sqlite_schema");
  if (!tables.ok()) return tables.status();
  return *tables == 0;
}

absl::Status CheckSchema(Database& database) {
  const absl::StatusOr<std::int64_t> version = Version(database);
  if (!version.ok()) return version.status();
  if (*version < kSchemaVersion) {
    return absl::FailedPreconditionError(absl::StrCat(
        database.path(), ": is a state of version ", *version, "; this program's is ",
        kSchemaVersion, ": open it once with 'samestory clean' or 'samestory state compact'"));
  }
  absl::StatusOr<Statement> rows =
      database.Prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
  if (!rows.ok()) return rows.status();
  std::size_t found = 0;
  while (true) {
    const absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) break;
    if (found == std::size(kTables) || rows->Text(0) != kTables[found].name ||
        rows->Text(1) != kTables[found].sql) {
      return absl::DataLossError(absl::StrCat(database.path(), ": is damaged: table '",
                                              std::string(rows->Text(0)),
                                              "' is not as it was made"));
    }
    ++found;
  }
  if (found == std::size(kTables)) return absl::OkStatus();
  return absl::DataLossError(database.path() + ": is damaged: tables are missing");
}

absl::Status MigrateSchema(Database& database) {
  absl::StatusOr<std::int64_t> version = Version(database);
  if (!version.ok()) return version.status();
  for (; *version < kSchemaVersion; ++*version) {
    absl::StatusOr<Transaction> transaction = Transaction::Begin(database, "IMMEDIATE");
    if (!transaction.ok()) return transaction.status();
    absl::Status status = kSteps[*version - 1](database);
    if (status.ok()) status = database.Run(absl::StrCat("PRAGMA user_version=", *version + 1));
    if (status.ok()) status = transaction->Commit();
    if (!status.ok()) return status;
  }
  return CheckSchema(database);
}

}  // namespace samestory::store
