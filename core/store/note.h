#ifndef SAMESTORY_STORE_NOTE_H_
#define SAMESTORY_STORE_NOTE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "store/sqlite.h"

namespace samestory::store {

/// Bytes of any length under a name, in the table `note`: what a command keeps beside the
/// engine's own state. Stored in pieces with a checksum each.

/// Replaces the note by `bytes`; empty takes it away. Within the caller's transaction.
absl::Status WriteNote(std::string_view name, std::string_view bytes, Database& database);

/// Empty where there is none. kDataLoss where a piece is missing or damaged.
absl::StatusOr<std::string> ReadNote(std::string_view name, Database& database);

/// kDataLoss for the first note that cannot be read.
absl::Status CheckNotes(Database& database);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_NOTE_H_
