#ifndef SAMESTORY_STORE_FILE_ERROR_H_
#define SAMESTORY_STORE_FILE_ERROR_H_

#include <string>

#include "absl/status/status.h"

namespace samestory::store {

/// What the system said about a file, as a failure of the run: never kInvalidArgument or
/// kFailedPrecondition, which mean a wrong option. `message` begins with the path.
absl::Status FileError(int error, const std::string& message);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_FILE_ERROR_H_
