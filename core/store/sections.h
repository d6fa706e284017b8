#ifndef SAMESTORY_STORE_SECTIONS_H_
#define SAMESTORY_STORE_SECTIONS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "samestory/engine.h"
#include "store/sqlite.h"

namespace samestory::store {

/// Which sections make up a snapshot, by name.
struct Manifest {
  struct Entry {
    std::uint64_t snapshot = 0;  ///< number of the snapshot that its bytes were written for
    std::uint64_t size = 0;      ///< bytes
    std::uint64_t sum = 0;       ///< Checksum(name, bytes)
  };
  std::uint64_t number = 0;  ///< of the snapshot; 0: none, the empty engine
  std::map<std::string, Entry, std::less<>> sections;

  std::uint64_t bytes() const;
};

/// The manifest of snapshot `number`; kDataLoss where it is missing or damaged.
absl::StatusOr<Manifest> ReadManifest(Database& database, std::uint64_t number);

/// Stores `manifest`, within the caller's transaction.
absl::Status WriteManifest(Database& database, const Manifest& manifest);

/// Writes the snapshot after `previous`, in transactions of bounded size. Nothing of it
/// counts until the caller stores its number.
class SectionWriter final : public SnapshotSink {
 public:
  /// All must outlive the writer.
  SectionWriter(Database& database, const Manifest& previous);

  bool Has(std::string_view section) override;
  absl::Status Put(std::string_view section, std::string_view bytes) override;

  /// Stores the manifest and returns it.
  absl::StatusOr<Manifest> Finish();

 private:
  absl::Status CommitWhenLarge();

  Database& database_;
  const Manifest& previous_;
  Manifest manifest_;
  std::optional<Transaction> transaction_;
  std::size_t pending_bytes_ = 0;
};

/// Reads the sections of a snapshot; kDataLoss for one that is missing or damaged.
class SectionReader final : public SnapshotSource {
 public:
  SectionReader(Database& database, const Manifest& manifest)
      : database_(database), manifest_(manifest) {}

  absl::StatusOr<std::string> Get(std::string_view section) override;

 private:
  Database& database_;
  const Manifest& manifest_;
};

/// Deletes every section and manifest that is not of `kept`.
absl::Status DeleteOtherSections(Database& database, const Manifest& kept);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_SECTIONS_H_
