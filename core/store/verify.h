#ifndef SAMESTORY_STORE_VERIFY_H_
#define SAMESTORY_STORE_VERIFY_H_

#include <optional>
#include <string>
#include <vector>

#include "samestory/options.h"
#include "store/loaded_engine.h"

namespace samestory::store {

/// What was found in a state.
struct VerifyReport {
  std::vector<std::string> problems;   ///< what is broken and where; empty: the state is whole
  std::optional<LoadedEngine> loaded;  ///< where it could be loaded
  bool run_open = false;               ///< the last run is under way or was cut short
};

/// Reads everything in the state: SQLite's own integrity check, every checksum, every
/// row decoded, the log redone and compared with the decisions on record. May run beside
/// a writer. `options` gives the threads and the memory bound.
VerifyReport Verify(const std::string& directory, const Options& options);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_VERIFY_H_
