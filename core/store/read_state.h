#ifndef SAMESTORY_STORE_READ_STATE_H_
#define SAMESTORY_STORE_READ_STATE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "samestory/engine.h"
#include "store/loaded_engine.h"
#include "store/meta.h"
#include "store/sources.h"
#include "store/sqlite.h"

namespace samestory::store {

/// A state as it was at one moment, in memory. Opened beside a writer, which it neither
/// hinders nor sees go on.
class ReadState {
 public:
  /// `options` gives the threads and the memory bound; the rest is the state's. kNotFound
  /// where the directory holds no state; else as State::Open.
  static absl::StatusOr<ReadState> Open(const std::string& directory, const Options& options,
                                        const std::vector<std::string>& given = {});

  /// As Engine::Query.
  absl::StatusOr<Decision> Query(const Record& record) const;

  const Engine& engine() const { return *loaded_.engine; }
  const LoadedEngine& loaded() const { return loaded_; }
  const Sources& sources() const { return sources_; }

 private:
  LoadedEngine loaded_;
  Sources sources_;
};

/// Facts about a state, from its tables alone.
struct StateInfo {
  struct Table {
    std::string name;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;  ///< of its blobs
  };
  Meta meta;
  std::vector<Table> tables;
  std::uint64_t schema = 0;
  std::uint64_t file_bytes = 0, free_bytes = 0, log_file_bytes = 0;
  std::uint64_t log_records = 0, journal_records = 0;
};
absl::StatusOr<StateInfo> ReadInfo(const std::string& directory);

/// Opens the database of a state for reading, its version checked. kNotFound where there
/// is none.
absl::StatusOr<std::unique_ptr<Database>> OpenForReading(const std::string& directory);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_READ_STATE_H_
