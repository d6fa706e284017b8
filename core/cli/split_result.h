#ifndef SAMESTORY_CLI_SPLIT_RESULT_H_
#define SAMESTORY_CLI_SPLIT_RESULT_H_

#include <string>
#include <string_view>
#include <vector>

#include "cli/split_explain.h"
#include "samestory/record.h"
#include "samestory/split.h"

namespace samestory::cli {

/// A page's split with what is needed to print it.
struct SplitResult {
  const Record* record = nullptr;
  std::string_view text;
  PageSplit split;
  std::vector<LineReason> reasons;    ///< empty unless asked for, as what follows
  std::vector<LineVerdict> verdicts;  ///< one a line

  std::string_view TextOf(const PageLine& line) const {
    return text.substr(line.begin, line.end - line.begin);
  }
};

/// The result as one line of NDJSON.
std::string SplitJson(const SplitResult& page);

/// The result to be read on a terminal.
std::string SplitText(const SplitResult& page);

/// What decided a line's role and what would have turned it, in short sentences without a subject.
std::vector<std::string> SentencesOf(const PageLine& line, const LineVerdict& verdict);

}  // namespace samestory::cli

#endif  // SAMESTORY_CLI_SPLIT_RESULT_H_
