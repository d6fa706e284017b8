#ifndef SAMESTORY_CLI_RIVER_H_
#define SAMESTORY_CLI_RIVER_H_

#include <optional>
#include <string>

#include "cli/decision_line.h"
#include "cli/flags.h"
#include "cli/preference.h"
#include "io/feed_writer.h"

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
  River(const RiverFlags& flags, Format format);

  /// Appends a record to `out`.
  void Write(const io::InputRecord& input, const Record& record, const Decision& decision,
             const Choice& choice, std::string& out);

  /// Appends the end of a feed; nothing follows.
  void End(std::string& out);

 private:
  void Begin(std::string& out);

  const RiverFlags& flags_;
  Format format_;
  std::optional<io::FeedWriter> feed_;
  bool begun_ = false;
};

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_RIVER_H_
