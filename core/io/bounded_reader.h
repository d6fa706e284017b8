#ifndef SAMESTORY_IO_BOUNDED_READER_H_
#define SAMESTORY_IO_BOUNDED_READER_H_

#include <cstddef>
#include <memory>
#include <string>

#include "io/reader.h"

namespace samestory::io {

/// The records of `reader` but for those whose fields hold more than `max_bytes` of text
/// together: each of those is a bad record. 0: no bound.
std::unique_ptr<RecordReader> BoundItems(std::unique_ptr<RecordReader> reader, std::string path,
                                         std::size_t max_bytes, BadRecordHandler on_bad);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_BOUNDED_READER_H_
