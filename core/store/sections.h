#ifndef SAMESTORY_STORE_SECTIONS_H_
#define SAMESTORY_STORE_SECTIONS_H_

#include <cstdint>
#include <functional>
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

/// Gathers what the snapshot after `previous` is made of, and passes on what is to be written.
class SectionSink final : public SnapshotSink {
 public:
  /// Writes the bytes of a section for the snapshot `number`.
  using Write = std::function<absl::Status(std::string_view section, std::uint64_t number,
                                           std::string_view bytes)>;

  /// `previous` must outlive the sink.
  SectionSink(const Manifest& previous, Write write);

  bool Has(std::string_view section) override;
  absl::Status Put(std::string_view section, std::string_view bytes) override;

  /// When the engine is saved.
  Manifest& manifest() { return manifest_; }

 private:
  const Manifest& previous_;
  Write write_;
  Manifest manifest_;
};

/// Writes sections in transactions of bounded size. None counts until the caller stores the
/// number of their snapshot.
class SectionWriter {
 public:
  /// `database` must outlive the writer, and hold no other transaction between Put and End.
  explicit SectionWriter(Database& database) : database_(database) {}

  absl::Status Put(std::string_view section, std::uint64_t snapshot, std::string_view bytes);

  /// Stores the manifest behind its sections.
  absl::Status End(const Manifest& manifest);

 private:
  absl::Status Begin();
  absl::Status Commit();

  Database& database_;
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
