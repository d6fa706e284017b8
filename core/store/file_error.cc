#include "store/file_error.h"

namespace samestory::store {

absl::Status FileError(int error, const std::string& message) {
  absl::Status status = absl::ErrnoToStatus(error, message);
  if (absl::IsInvalidArgument(status) || absl::IsFailedPrecondition(status)) {
    return absl::UnknownError(status.message());
  }
  return status;
}

}  // namespace samestory::store
