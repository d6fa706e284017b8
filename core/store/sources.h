#ifndef SAMESTORY_STORE_SOURCES_H_
#define SAMESTORY_STORE_SOURCES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "samestory/record.h"
#include "store/sqlite.h"

namespace samestory::store {

/// A row of the table of sources.
struct SourceName {
  std::uint32_t key = 0;
  std::string name;
};

/// Stores `sources`, within the caller's transaction.
absl::Status WriteSources(std::span<const SourceName> sources, Database& database);

/// The names of the sources, which the engine knows by a hash only. The first million of
/// a state are kept.
class Sources {
 public:
  /// LivingItem::source_key of a source; 0 for none.
  static std::uint32_t Key(std::string_view source, std::uint64_t seed);

  /// Reads the table. kDataLoss where a name is not that of its key.
  static absl::StatusOr<Sources> Read(Database& database, std::uint64_t seed);

  /// Takes those of `records` that are new, and returns them to be stored.
  std::vector<SourceName> Add(std::span<const Record> records, std::uint64_t seed);

  /// Empty where it is not known.
  std::string_view Name(std::uint32_t key) const;

 private:
  absl::flat_hash_map<std::uint32_t, std::string> names_;
};

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_SOURCES_H_
