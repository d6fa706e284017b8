#ifndef SAMESTORY_SNAPSHOT_H_
#define SAMESTORY_SNAPSHOT_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace samestory {

/// Takes a saved engine, section by section.
class SnapshotSink {
 public:
  virtual ~SnapshotSink() = default;

  /// Whether the section is kept from an earlier snapshot of the same engine. Asked
  /// only of sections whose bytes never change under their name; true spares Put.
  virtual bool Has(std::string_view section) = 0;

  /// Keeps `bytes`, at most 16 MiB, under `section`: a name of letters, digits, '/',
  /// '.' and '-', put once a snapshot. An error ends the saving.
  virtual absl::Status Put(std::string_view section, std::string_view bytes) = 0;
};

/// Gives back what a SnapshotSink took.
class SnapshotSource {
 public:
  virtual ~SnapshotSource() = default;

  /// kNotFound where there is no such section.
  virtual absl::StatusOr<std::string> Get(std::string_view section) = 0;
};

}  // namespace samestory

#endif  // SAMESTORY_SNAPSHOT_H_
