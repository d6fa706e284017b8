#ifndef SAMESTORY_CLI_RIVER_H_
#define SAMESTORY_CLI_RIVER_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "cli/decision_line.h"
#include "cli/flags.h"
#include "cli/preference.h"
#include "io/feed_writer.h"
#include "io/writer.h"

namespace samestory::cli {

/// What `clean` writes.
struct RiverFlags {
  std::optional<io::FeedFormat> feed;  ///< absent: records with their decisions
  io::FeedHead head;
  bool only_new = false;  ///< a feed holds kept items alone in any case
};

/// The cleaned river on its way out: annotated records or one feed.
class River {
 public:
  /// Writes to `out`, which must outlive it.
  River(const RiverFlags& flags, Format format, io::OutputFile& out);

  absl::Status Write(const io::InputRecord& input, const Record& record, const Decision& decision,
                     const Choice& choice);

  /// Ends a feed; nothing follows.
  absl::Status End();

 private:
  absl::Status Begin();

  const RiverFlags& flags_;
  Format format_;
  io::OutputFile& out_;
  std::optional<io::FeedWriter> feed_;
  bool begun_ = false;
  std::string text_;
};

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_RIVER_H_
