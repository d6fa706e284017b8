#ifndef SAMESTORY_TEXT_URL_H_
#define SAMESTORY_TEXT_URL_H_

#include <string>
#include <string_view>

namespace samestory {

/// The parts of an absolute http(s) URL, that of the page itself where the URL is a
/// cache's. All empty for anything else.
struct UrlHost {
  std::string host;        ///< lower case, no "www.", no default port; may hold a port
  std::string path;        ///< from its '/'; escapes in one form
  std::string_view query;  ///< from its '?', as given; in the URL
};
UrlHost SplitHost(std::string_view url);

}  // namespace samestory

#endif  // SAMESTORY_TEXT_URL_H_
