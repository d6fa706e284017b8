#ifndef SAMESTORY_IO_TEXT_FILE_H_
#define SAMESTORY_IO_TEXT_FILE_H_

#include <memory>
#include <string>

#include "io/byte_source.h"
#include "io/reader.h"

namespace samestory::io {

/// A headline a line: `title` is the line, trimmed; blank lines are left out.
std::unique_ptr<RecordReader> ReadLines(std::unique_ptr<ByteSource> source, std::string path,
                                        const ReaderOptions& options, BadRecordHandler on_bad);

/// One record: `text` is the whole source, `id` the name of the file without
/// folders, .gz or .zst, and .txt. Of standard input the id is made.
std::unique_ptr<RecordReader> ReadPage(std::unique_ptr<ByteSource> source, std::string path,
                                       const ReaderOptions& options);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_TEXT_FILE_H_
