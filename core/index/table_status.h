#ifndef SAMESTORY_INDEX_TABLE_STATUS_H_
#define SAMESTORY_INDEX_TABLE_STATUS_H_

#include <cstdint>
#include <new>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace samestory::internal {

/// The greatest record number: a table stores it plus one.
inline constexpr std::uint32_t kMaxRecord = 0xfffffffe;

inline absl::Status CheckRecord(std::uint32_t record) {
  if (record <= kMaxRecord) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("record is ", record, "; it must be at most ", kMaxRecord));
}

/// Runs an operation that returns false, or throws std::bad_alloc, where memory runs out.
template <typename Operation>
absl::Status GuardMemory(Operation operation) {
  try {
    if (operation()) return absl::OkStatus();
  } catch (const std::bad_alloc&) {
  }
  return absl::ResourceExhaustedError("no memory for the index to grow");
}

}  // namespace samestory::internal

#endif  // SAMESTORY_INDEX_TABLE_STATUS_H_
