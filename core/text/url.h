#ifndef SAMESTORY_TEXT_URL_H_
#define SAMESTORY_TEXT_URL_H_

#include <string>
#include <string_view>

namespace samestory {

/// The host of an absolute http(s) URL as CanonicalUrl writes it, and what follows
/// it. Empty for anything else.
struct UrlHost {
  std::string host;       ///< lower case, no "www.", no default port; may hold a port
  std::string_view rest;  ///< path, query and fragment, as given
};
UrlHost SplitHost(std::string_view url);

}  // namespace samestory

#endif  // SAMESTORY_TEXT_URL_H_
