#ifndef SAMESTORY_CLI_SPLIT_VIEW_H_
#define SAMESTORY_CLI_SPLIT_VIEW_H_

#include <string>

#include "cli/split_result.h"

namespace samestory::cli {

/// One HTML document, without scripts or anything from elsewhere: ViewBegin, a ViewPage for each
/// page (made with reasons and verdicts), ViewEnd. A line is coloured by its probability and opens
/// to what speaks for and against it.
std::string ViewBegin();
std::string ViewPage(const SplitResult& page);
std::string ViewEnd();

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_SPLIT_VIEW_H_
