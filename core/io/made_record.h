#ifndef SAMESTORY_IO_MADE_RECORD_H_
#define SAMESTORY_IO_MADE_RECORD_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "io/reader.h"
#include "samestory/record.h"

namespace samestory::io {

/// Fills `out` with a copy of `fields` (valid UTF-8) and the JSON object that says
/// the same: the members that are present, in the order of the contract. Where
/// `fields.id` is empty the id is made of `number`.
void MakeRecord(const Record& fields, std::uint64_t number, InputRecord& out);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_MADE_RECORD_H_
