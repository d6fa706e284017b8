#ifndef SAMESTORY_IO_RESOLVE_URL_H_
#define SAMESTORY_IO_RESOLVE_URL_H_

#include <string>
#include <string_view>

namespace samestory::io {

/// The URL that `reference` means in a document at `base` (RFC 3986, section 5.2,
/// with the strict rule for schemes). `reference` as it is where it is absolute, or
/// where `base` is not.
std::string ResolveUrl(std::string_view base, std::string_view reference);

}  // namespace samestory::io

#endif  // SAMESTORY_IO_RESOLVE_URL_H_
