#ifndef SAMESTORY_STORE_META_H_
#define SAMESTORY_STORE_META_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "store/sqlite.h"

namespace samestory::store {

/// The small facts of a state by name, each stored with a checksum.
class Meta {
 public:
  /// Reads all. kDataLoss naming the first whose checksum is wrong.
  static absl::StatusOr<Meta> Read(Database& database);

  /// Takes a fact that was read where its checksum is right; for the repair of a state.
  void Restore(std::string_view name, std::string_view value, std::uint64_t sum);

  /// Empty where there is none.
  std::string Text(std::string_view name) const;
  /// kDataLoss where there is none or it is no number.
  absl::StatusOr<std::uint64_t> Number(std::string_view name) const;
  bool Has(std::string_view name) const { return values_.contains(name); }

  /// Sets a fact here and in `database`, within the caller's transaction.
  absl::Status Set(Database& database, std::string_view name, std::string_view value);
  absl::Status Set(Database& database, std::string_view name, std::uint64_t value);

  const std::map<std::string, std::string, std::less<>>& values() const { return values_; }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

/// Names of the facts.
namespace fact {
inline constexpr std::string_view kCreated = "created";    ///< Unix seconds
inline constexpr std::string_view kRun = "run";            ///< kClean or kOpen
inline constexpr std::string_view kSnapshot = "snapshot";  ///< its number; 0: the empty engine
inline constexpr std::string_view kRecords = "snapshot.records";  ///< decided before it
inline constexpr std::string_view kEvents = "snapshot.events";    ///< that happened before it
inline constexpr std::string_view kStoryBase =
    "story.base";  ///< story ids below were given before a repair
inline constexpr std::string_view kEventLog = "event_log";  ///< "1": some run kept one
}  // namespace fact

inline constexpr std::string_view kClean = "clean";  ///< the last run came to its end
inline constexpr std::string_view kOpen = "open";    ///< a run is under way, or was cut short

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_META_H_
