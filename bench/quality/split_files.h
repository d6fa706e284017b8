#ifndef SAMESTORY_BENCH_QUALITY_SPLIT_FILES_H_
#define SAMESTORY_BENCH_QUALITY_SPLIT_FILES_H_

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "simdjson.h"

namespace samestory::quality {

/// The bytes of a file, unpacked where it is gzipped. kNotFound, kDataLoss.
absl::StatusOr<std::string> ReadFile(const std::string& path);

/// Calls `each` for every object of an NDJSON file. `path` may lack its ".gz".
absl::Status ReadObjects(const std::string& path,
                         const std::function<void(simdjson::dom::object)>& each);

/// A string field; empty where it is absent or no string.
std::string_view StringField(const simdjson::dom::object& object, std::string_view key);

}  // namespace samestory::quality

#endif  // SAMESTORY_BENCH_QUALITY_SPLIT_FILES_H_
