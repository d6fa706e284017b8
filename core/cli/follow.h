#ifndef SAMESTORY_CLI_FOLLOW_H_
#define SAMESTORY_CLI_FOLLOW_H_

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/inputs.h"
#include "io/follow.h"

namespace samestory::cli {

/// How `clean` follows its inputs.
struct FollowFlags {
  bool follow = false;
  double max_delay_seconds = 1;  ///< a record waits at most this long for others
};

/// Gathers the records of inputs that go on, turn by turn, into batches.
class Follower {
 public:
  /// `memory`: a file with what an earlier run took, which need not exist; empty: none.
  static absl::StatusOr<std::unique_ptr<Follower>> Open(const CommonFlags& common,
                                                        const FollowFlags& flags,
                                                        std::string memory, Console& console);

  /// Adds what is there to the batch, `max` records in all, without waiting. True where
  /// the batch is to be decided: it is full, its first record has waited long enough, or
  /// nothing more can come.
  absl::StatusOr<bool> Gather(std::size_t max);

  /// Waits for more, a tenth of a second at most.
  void Wait() const;

  /// True where the last Gather found nothing.
  bool idle() const { return idle_; }

  /// True where every input is at its end.
  bool ended() const;

  /// What was gathered, ready to be decided.
  Batch& Gathered();
  void Clear();

  /// Writes down what was taken; all of it must have been decided.
  absl::Status Remember() const;

 private:
  using Clock = std::chrono::steady_clock;

  Follower(const FollowFlags& flags, std::string memory, Console& console)
      : flags_(flags), memory_(std::move(memory)), console_(console) {}

  FollowFlags flags_;
  std::string memory_;
  Console& console_;
  std::vector<std::unique_ptr<io::FollowedInput>> inputs_;
  std::size_t turn_ = 0;
  Batch batch_;
  bool full_ = false, idle_ = false;
  std::optional<Clock::time_point> due_;
};

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_FOLLOW_H_
