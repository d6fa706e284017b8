#ifndef SAMESTORY_CLI_INPUTS_H_
#define SAMESTORY_CLI_INPUTS_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/console.h"
#include "cli/flags.h"
#include "io/reader.h"

namespace samestory::cli {

/// Records read together.
struct Batch {
  std::vector<io::InputRecord> records;
  /// The id of each as JSON, a number or a string: what the engine knows an item by,
  /// so that its answers can be printed as they are.
  std::vector<std::string> ids;
  /// Views of `records` with `ids`.
  std::vector<Record> views;
  /// False where the input has no more to give just now: the time to write out.
  bool more_at_once = false;
};

/// What --strict makes of a bad record.
absl::Status BadRecordError();

/// Fills the ids and views of `batch` from its records, and counts their repairs.
void ViewRecords(Batch& batch, Console& console);

/// Reads the files named in `flags` one after another. Bad records go to `console`; under
/// --strict the reading stops at the first of them with an error, after the records before it were
/// given. A file that cannot be read, or not to its end, goes to `console` too, and the others are
/// read; under --strict it is the error. Progress is drawn by bytes where files have a size.
class BatchReader {
 public:
  /// At most `max` records a batch. `flags` and `console` must outlive the reader.
  BatchReader(const CommonFlags& flags, std::size_t max, Console& console);

  /// Fills `batch`, whose memory is used again, and returns true; false at the end. Not to be
  /// called again after that, nor after an error. The calling thread may change.
  absl::StatusOr<bool> Next(Batch& batch);

 private:
  absl::Status Open(const std::string& file);
  absl::Status Failed(const absl::Status& status);

  const CommonFlags& flags_;
  std::size_t max_;
  Console& console_;
  std::vector<std::string> files_;
  std::size_t opened_ = 0;                    // files
  std::unique_ptr<io::RecordReader> reader_;  // of the last of them, until its end
};

/// Passes every batch of a BatchReader to `take`, until there is an error, of either.
absl::Status ReadBatches(const CommonFlags& flags, std::size_t max, Console& console,
                         const std::function<absl::Status(Batch&)>& take);

/// The whole input in memory, in order.
struct AllRecords {
  std::vector<Batch> batches;
  std::vector<Record> views;
  std::vector<const io::InputRecord*> inputs;
};
absl::StatusOr<AllRecords> ReadAll(const CommonFlags& flags, Console& console);

/// `id` as a JSON string or, of an integer, as it stood.
std::string IdToken(const io::InputRecord& input);

/// First line of what stands for the record to a reader: its title, else its summary,
/// else its text.
std::string HeadlineOf(const Record& record);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_INPUTS_H_
