#ifndef SAMESTORY_STORE_REPAIR_H_
#define SAMESTORY_STORE_REPAIR_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/options.h"

namespace samestory::store {

/// What a repair came to.
struct RepairReport {
  std::vector<std::string> lost;  ///< what could not be recovered, a sentence each
  std::string damaged_file;       ///< where the file stands now that was repaired
};

/// Builds a new database from all that is whole in that of `directory` and puts it in its
/// place; the damaged one is kept beside it. With a whole snapshot, the state is as it
/// was up to the first record of the log that is lost. Without, it begins anew with what
/// the log still holds: items of before are forgotten, their story ids are not used
/// again, and events are numbered from 1 again. `options` gives the threads and the
/// memory bound. kDataLoss where the options or the seed are lost; nothing changed then.
absl::StatusOr<RepairReport> Repair(const std::string& directory, const Options& options);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_REPAIR_H_
