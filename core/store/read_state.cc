#include "store/read_state.h"

#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "store/file_error.h"
#include "store/schema.h"
#include "store/state.h"
#include "store/state_options.h"

namespace samestory::store {
namespace {

struct BlobTable {
  const char* name;
  const char* blob;  ///< its column of bytes
};
constexpr BlobTable kBlobTables[] = {
    {"section", "bytes"}, {"manifest", "bytes"}, {"log", "records"}, {"journal", "decisions"}};

std::uint64_t FileBytes(const std::string& path) {
  struct stat info;
  return ::stat(path.c_str(), &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
}

absl::Status ReadTables(Database& database, StateInfo& info) {
  for (const BlobTable& table : kBlobTables) {
    StateInfo::Table& read = info.tables.emplace_back();
    read.name = table.name;
    const absl::StatusOr<std::int64_t> rows =
        database.QueryInt(absl::StrCat("SELECT count(*) FROM ", table.name));
    const absl::StatusOr<std::int64_t> bytes = database.QueryInt(
        absl::StrCat("SELECT coalesce(sum(length(", table.blob, ")), 0) FROM ", table.name));
    if (!rows.ok()) return rows.status();
    if (!bytes.ok()) return bytes.status();
    read.rows = static_cast<std::uint64_t>(*rows);
    read.bytes = static_cast<std::uint64_t>(*bytes);
  }
  return absl::OkStatus();
}

absl::Status ReadNumber(Database& database, const std::string& sql, std::uint64_t& value) {
  const absl::StatusOr<std::int64_t> read = database.QueryInt(sql);
  if (read.ok()) value = static_cast<std::uint64_t>(*read);
  return read.status();
}

absl::Status ReadCounts(Database& database, StateInfo& info) {
  std::uint64_t pages = 0, page_size = 0, free = 0;
  const std::pair<std::string, std::uint64_t*> numbers[] = {
      {"PRAGMA user_version", &info.schema},
      {"PRAGMA page_count", &pages},
      {"PRAGMA page_size", &page_size},
      {"PRAGMA freelist_count", &free},
      {"SELECT coalesce(sum(count), 0) FROM journal", &info.journal_records},
      {absl::StrCat("SELECT coalesce(sum(count), 0) FROM log WHERE first >= ",
                    info.meta.Number(fact::kRecords).value_or(0)),
       &info.log_records},
  };
  for (const auto& [sql, value] : numbers) {
    if (absl::Status status = ReadNumber(database, sql, *value); !status.ok()) return status;
  }
  info.file_bytes = pages * page_size;
  info.free_bytes = free * page_size;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> OpenForReading(const std::string& directory) {
  const std::string path = DatabasePath(directory);
  struct stat info;
  if (::stat(path.c_str(), &info) != 0) {
    return FileError(errno, path + ": there is no state that can be read");
  }
  absl::StatusOr<std::unique_ptr<Database>> database =
      Database::Open(path, Database::Mode::kReadOnly);
  if (!database.ok()) return database.status();
  const absl::StatusOr<bool> empty = IsEmpty(**database);
  if (!empty.ok()) return empty.status();
  if (*empty) return absl::NotFoundError(path + ": no state was made in it yet");
  if (absl::Status status = CheckSchema(**database); !status.ok()) return status;
  return database;
}

absl::StatusOr<ReadState> ReadState::Open(const std::string& directory, const Options& options,
                                          const std::vector<std::string>& given) {
  absl::StatusOr<std::unique_ptr<Database>> database = OpenForReading(directory);
  if (!database.ok()) return database.status();
  const absl::StatusOr<Transaction> moment = Transaction::Begin(**database, "DEFERRED");
  if (!moment.ok()) return moment.status();
  const absl::StatusOr<Meta> meta = Meta::Read(**database);
  if (!meta.ok()) return meta.status();
  Options adopted = options;
  if (absl::Status status = AdoptOptions(*meta, given, adopted); !status.ok()) return status;
  absl::StatusOr<LoadedEngine> loaded = LoadEngine(**database, *meta, adopted, {});
  if (!loaded.ok()) return loaded.status();
  absl::StatusOr<Sources> sources = Sources::Read(**database, adopted.seed);
  if (!sources.ok()) return sources.status();
  ReadState state;
  state.sources_ = *std::move(sources);
  state.loaded_ = *std::move(loaded);
  return state;
}

absl::StatusOr<Decision> ReadState::Query(const Record& record) const {
  absl::StatusOr<Decision> decision = loaded_.engine->Query(record);
  if (decision.ok()) loaded_.Number(*decision);
  return decision;
}

absl::StatusOr<StateInfo> ReadInfo(const std::string& directory) {
  absl::StatusOr<std::unique_ptr<Database>> database = OpenForReading(directory);
  if (!database.ok()) return database.status();
  const absl::StatusOr<Transaction> moment = Transaction::Begin(**database, "DEFERRED");
  if (!moment.ok()) return moment.status();
  absl::StatusOr<Meta> meta = Meta::Read(**database);
  if (!meta.ok()) return meta.status();
  StateInfo info;
  info.meta = *std::move(meta);
  info.log_file_bytes = FileBytes(DatabasePath(directory) + "-wal");
  if (absl::Status status = ReadTables(**database, info); !status.ok()) return status;
  if (absl::Status status = ReadCounts(**database, info); !status.ok()) return status;
  return info;
}

}  // namespace samestory::store
