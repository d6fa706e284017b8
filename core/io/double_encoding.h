#ifndef SAMESTORY_IO_DOUBLE_ENCODING_H_
#define SAMESTORY_IO_DOUBLE_ENCODING_H_

#include <string>
#include <string_view>

namespace samestory::io {

/// Undoes a common error of feed writers: UTF-8 that was taken for Windows-1252 or
/// ISO 8859-1 and encoded a second time ("cafÃ©", "donâ€™t"). Where every character
/// of `text` is a byte of those encodings and the bytes are valid UTF-8 that is not
/// all ASCII, returns what they say; else `text`, which is valid UTF-8.
std::string UndoDoubleEncoding(std::string text);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_DOUBLE_ENCODING_H_
