#ifndef SAMESTORY_STORE_SCHEMA_H_
#define SAMESTORY_STORE_SCHEMA_H_

#include "absl/status/status.h"
#include "store/sqlite.h"

namespace samestory::store {

/// Version of the tables and of what stands in them.
inline constexpr int kSchemaVersion = 3;

/// Makes the tables in an empty database, within the caller's transaction.
absl::Status CreateSchema(Database& database);

/// True where nothing was stored in the file yet.
absl::StatusOr<bool> IsEmpty(Database& database);

/// OK where the file is a state of this version. kInvalidArgument for a file of
/// something else and for a version that is newer than this program, kDataLoss where
/// the tables are not those of the version.
absl::Status CheckSchema(Database& database);

/// Brings a state of an older version to this one, step by step, each in a transaction
/// of its own. OK where there is nothing to do. As CheckSchema for the rest.
absl::Status MigrateSchema(Database& database);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_SCHEMA_H_
