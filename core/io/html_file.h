#ifndef SAMESTORY_IO_HTML_FILE_H_
#define SAMESTORY_IO_HTML_FILE_H_

#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"
#include "io/reader.h"

namespace samestory::io {

/// One record made of an HTML document: ReadHtmlPage gives its fields, `id` is the
/// name of the file without folders, .gz or .zst, and .html, .htm or .xhtml; of
/// standard input it is made. The encoding is that of the byte order mark, else what
/// a <meta> or the XML declaration names (as DecodeMarkup reads it; a name that is
/// not known is no name), else UTF-8. A document that is too large, or made to
/// exhaust a parser (HtmlTree::Parse), is a bad record.
std::unique_ptr<RecordReader> ReadHtmlFile(std::unique_ptr<ByteSource> source, std::string path,
                                           const ReaderOptions& options, BadRecordHandler on_bad);

/// The name of the encoding in the first <meta> that names one, within the first 4 KiB;
/// empty where there is none.
std::string_view MetaEncoding(std::string_view html);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_HTML_FILE_H_
