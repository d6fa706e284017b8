#ifndef SAMESTORY_CLI_OTHER_H_
#define SAMESTORY_CLI_OTHER_H_

#include <span>
#include <string>
#include <string_view>

#include "samestory/engine.h"

namespace samestory::cli {

/// Appends `, "other": [...]` for the headlines found behind a record's main story;
/// nothing where there are none. `text` is the record's text.
void AppendOther(std::string& out, std::span<const OtherHeadline> other, std::string_view text);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_OTHER_H_
