#ifndef SAMESTORY_IO_TEXT_FILE_H_
#define SAMESTORY_IO_TEXT_FILE_H_

#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"
#include "io/reader.h"

namespace samestory::io {

/// A headline a line: `title` is the line, trimmed; blank lines are left out.
std::unique_ptr<RecordReader> ReadLines(std::unique_ptr<ByteSource> source, std::string path,
                                        const ReaderOptions& options, BadRecordHandler on_bad);

/// One record: `text` is the whole source, `id` its PageId. A page of more than
/// `max_page_bytes` is a bad record.
std::unique_ptr<RecordReader> ReadPage(std::unique_ptr<ByteSource> source, std::string path,
                                       const ReaderOptions& options, BadRecordHandler on_bad);

/// What a page of a file of its own is called: the file's name without folders, .gz
/// or .zst, and .txt, .html, .htm or .xhtml; of standard input, nothing.
std::string_view PageId(std::string_view path);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_TEXT_FILE_H_
