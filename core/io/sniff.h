#ifndef SAMESTORY_IO_SNIFF_H_
#define SAMESTORY_IO_SNIFF_H_

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "io/byte_source.h"
#include "io/reader.h"

namespace samestory::io {

/// The format that the name of a file promises (its ending, .gz and .zst apart);
/// kAuto where it promises none.
InputFormat FormatOfName(std::string_view path, bool txt_is_page);

/// The format that the first bytes of `source` show: kHtml for what IsHtml knows, kFeed
/// for other markup and for an object with JSON Feed's version, else kNdjson. Looks at 64 KiB at most, and
/// waits for no more of a pipe than it needs.
absl::StatusOr<InputFormat> FormatOfContent(PeekedSource& source);

/// True where the JSON object at the beginning of `text` has the member "version"
/// of JSON Feed; absent where more of the text must be seen to know.
std::optional<bool> IsJsonFeed(std::string_view text);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_SNIFF_H_
