#ifndef SAMESTORY_ENGINE_SHINGLE_RECORD_H_
#define SAMESTORY_ENGINE_SHINGLE_RECORD_H_

#include <cstdint>

#include "samestory/options.h"
#include "samestory/record.h"
#include "samestory/text.h"

namespace samestory {

/// Replaces `set` by the shingles of title, summary and text; no n-gram reaches from one
/// field into the next. Returns a hash of their canonical text, 0 where there is no word.
std::uint64_t ShingleRecord(const Record& record, const Options& options, ShingleSet& set);

/// The same in less time, where the canonical text is not wanted: the hash returned is another
/// one, equal where that of ShingleRecord is.
std::uint64_t ShingleRecordOnly(const Record& record, const Options& options, ShingleSet& set);

}  // namespace samestory

#endif  // SAMESTORY_ENGINE_SHINGLE_RECORD_H_
