#ifndef SAMESTORY_CLI_EXPLAIN_VIEW_H_
#define SAMESTORY_CLI_EXPLAIN_VIEW_H_

#include <cstdint>
#include <functional>
#include <string>

#include "samestory/engine.h"

namespace samestory::cli {

/// How a state calls what its engine numbers.
struct StateNames {
  std::function<std::string(std::uint32_t)> source;  ///< by LivingItem::source_key
  std::uint64_t story_base = 0;
};

/// An explanation for people, and as one JSON object and a line's end. `names` is needed for
/// items of a state alone.
std::string ExplanationText(const Explanation& explanation, const StateNames* names);
std::string ExplanationJson(const Explanation& explanation, const StateNames* names);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_EXPLAIN_VIEW_H_
