#ifndef SAMESTORY_CLI_STATE_H_
#define SAMESTORY_CLI_STATE_H_

#include <string>
#include <vector>

#include "cli/flags.h"

namespace samestory::cli {

/// What the commands under `state` take.
struct StateFlags {
  CommonFlags common;
  std::string state;   ///< directory
  std::string events;  ///< event log; empty: none
  std::string source;  ///< of the ids to forget
  std::vector<std::string> ids;
  bool learned = false, repair = false;
};

/// The ways that `id` may stand in a record: a string, a number.
std::vector<std::string> IdTokens(const std::string& id);

/// Each does its work, prints to standard output and returns the exit status.
int RunStateInfo(const StateFlags& flags);
int RunStateVerify(const StateFlags& flags);
int RunStateCompact(const StateFlags& flags);
int RunStateForget(const StateFlags& flags);
int RunStateExport(const StateFlags& flags);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_STATE_H_
