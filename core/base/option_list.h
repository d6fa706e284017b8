#ifndef SAMESTORY_BASE_OPTION_LIST_H_
#define SAMESTORY_BASE_OPTION_LIST_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "samestory/options.h"

namespace samestory {

/// An option that shapes decisions, by the name of its member and its value as text. A
/// double is written so that it reads back as the same double.
struct NamedOption {
  std::string name, value;
};

/// All options that travel with a stored state, in order of their names.
std::vector<NamedOption> ListOptions(const Options& options);

/// kInvalidArgument naming the first option in which `options` differ from `stored`, and
/// both values. An option that `stored` does not know differs.
absl::Status CheckOptions(const Options& options, const std::vector<NamedOption>& stored);

}  // namespace samestory

#endif  // SAMESTORY_BASE_OPTION_LIST_H_
