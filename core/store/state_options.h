#ifndef SAMESTORY_STORE_STATE_OPTIONS_H_
#define SAMESTORY_STORE_STATE_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "samestory/options.h"
#include "store/meta.h"

namespace samestory::store {

/// Stores the options that shape decisions, within the caller's transaction.
absl::Status StoreOptions(const Options& options, Database& database, Meta& meta);

/// Replaces those of `options` by the ones that the state was made with.
/// kFailedPrecondition, naming the option and both values, where one that is named in
/// `given` differs; kDataLoss where a stored one cannot be read.
absl::Status AdoptOptions(const Meta& meta, const std::vector<std::string>& given,
                          Options& options);

}  // namespace samestory::store

#endif  // SAMESTORY_STORE_STATE_OPTIONS_H_
