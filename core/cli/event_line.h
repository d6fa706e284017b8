#ifndef SAMESTORY_CLI_EVENT_LINE_H_
#define SAMESTORY_CLI_EVENT_LINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "samestory/engine.h"

namespace samestory::cli {

/// One line of an event log, its '\n' included: docs/state.md ("Events").
std::string EventLine(std::uint64_t number, const StoryEvent& event);

/// An event read from a line.
struct ReadEvent {
  std::uint64_t number = 0;
  StoryEvent event;  ///< its id is a view into the line
};

/// Reads a line without its '\n'. Absent where it is not byte for byte what EventLine
/// writes.
std::optional<ReadEvent> ParseEventLine(std::string_view line);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_EVENT_LINE_H_
