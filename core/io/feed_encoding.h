#ifndef SAMESTORY_IO_FEED_ENCODING_H_
#define SAMESTORY_IO_FEED_ENCODING_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace samestory::io {

/// The text of `bytes` in UTF-8 without byte order mark. The encoding is that of
/// the byte order mark, else UTF-16 where markup shows it, else what the XML
/// declaration names, else UTF-8. A name means what the WHATWG Encoding standard
/// has it mean (ISO 8859-1 is Windows-1252, GB 2312 is GB 18030, ...). What is said
/// to be UTF-8 but has bytes above 127 and not one valid sequence of them is
/// Windows-1252. Replacements by U+FFFD are added to `repaired`; NUL becomes a
/// blank. Valid UTF-8 is read as such where the name is of an encoding of single
/// bytes, or not known to ICU. kInvalidArgument for other text under such a name.
absl::StatusOr<std::string> DecodeMarkup(std::string_view bytes, std::size_t& repaired);

/// The same where the name of the encoding, or an empty one, was read elsewhere.
absl::StatusOr<std::string> DecodeAs(std::string_view bytes, std::string_view declared,
                                     std::size_t& repaired);

/// The encoding that an XML declaration at the beginning of `text` names; empty where
/// there is none.
std::string_view DeclaredEncoding(std::string_view text);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_FEED_ENCODING_H_
