#ifndef SAMESTORY_CLI_RUN_READER_H_
#define SAMESTORY_CLI_RUN_READER_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "io/reader.h"

namespace samestory::cli {

/// A record that `clean` wrote, with what was decided.
struct RunRecord {
  io::InputRecord input;
  Record view;           ///< of `input`, its id as JSON
  std::string id;        ///< as JSON
  std::string decision;  ///< the member "samestory" as it stands
  bool drop = false;
  std::string relation, story;
  std::string of;  ///< as JSON; empty: none

  /// "keep update s17 <- "n1"".
  std::string Text() const;
  bool SameItem(const RunRecord& other) const {
    return id == other.id && view.source == other.view.source && view.title == other.view.title;
  }
};

/// Reads the records of a run one after another. One without a decision is bad.
class RunReader {
 public:
  static absl::StatusOr<std::unique_ptr<RunReader>> Open(const std::string& path,
                                                         const io::ReaderOptions& options,
                                                         io::BadRecordHandler on_bad);

  /// The record `ahead` of the next one; null behind the end.
  absl::StatusOr<const RunRecord*> Peek(std::size_t ahead);

  /// The next record, which was looked at.
  std::shared_ptr<const RunRecord> Take();

 private:
  RunReader(std::string path, io::BadRecordHandler on_bad)
      : path_(std::move(path)), on_bad_(std::move(on_bad)) {}

  std::string path_;
  io::BadRecordHandler on_bad_;
  std::unique_ptr<io::RecordReader> reader_;
  std::deque<std::shared_ptr<const RunRecord>> ahead_;
  bool ended_ = false;
};

/// Which run has the next record.
enum class Step { kBoth, kOnlyA, kOnlyB };

/// Both readers stand at a record, or one of them at its end. Looks some way ahead for
/// the record of the one in the other.
absl::StatusOr<Step> NextStep(RunReader& a, RunReader& b);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_RUN_READER_H_
