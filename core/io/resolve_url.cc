#include "io/resolve_url.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace samestory::io {
namespace {

/// The parts of a URI reference, each with its delimiter: RFC 3986, appendix B.
struct Parts {
  std::string_view scheme;     ///< "https:"
  std::string_view authority;  ///< "//host"
  std::string_view path;
  std::string_view query;     ///< "?q"
  std::string_view fragment;  ///< "#f"
};

constexpr bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool IsSchemeChar(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

std::string_view TakePrefix(std::string_view& text, std::size_t size) {
  const std::string_view prefix = text.substr(0, size);
  text.remove_prefix(prefix.size());
  return prefix;
}

Parts Split(std::string_view url) {
  Parts parts;
  if (!url.empty() && IsLetter(url.front())) {
    const auto end = std::find_if_not(url.begin(), url.end(), &IsSchemeChar);
    if (end != url.end() && *end == ':') {
      parts.scheme = TakePrefix(url, static_cast<std::size_t>(end - url.begin()) + 1);
    }
  }
  if (url.starts_with("//")) parts.authority = TakePrefix(url, url.find_first_of("/?#", 2));
  parts.path = TakePrefix(url, url.find_first_of("?#"));
  parts.query = TakePrefix(url, url.find('#'));
  parts.fragment = url;
  return parts;
}

/// RFC 3986, 5.2.4, for a path that begins with a slash.
std::string RemoveDotSegments(std::string_view path) {
  std::vector<std::string_view> kept;
  while (!path.empty()) {
    const std::string_view segment = TakePrefix(path, path.find('/', 1));
    const bool is_last = path.empty();
    if (segment == "/..") {
      if (!kept.empty()) kept.pop_back();
    } else if (segment != "/.") {
      kept.push_back(segment);
      continue;
    }
    if (is_last) kept.push_back("/");
  }
  std::string result;
  for (const std::string_view segment : kept) result += segment;
  return result;
}

std::string MergePaths(const Parts& base, std::string_view path) {
  if (base.path.empty()) return "/" + std::string(path);
  return std::string(base.path.substr(0, base.path.rfind('/') + 1)) + std::string(path);
}

}  // namespace

std::string ResolveUrl(std::string_view base_url, std::string_view reference) {
  const Parts to = Split(reference);
  const Parts base = Split(base_url);
  if (!to.scheme.empty() || base.scheme.empty() || base.authority.empty()) {
    return std::string(reference);
  }
  std::string url(base.scheme);
  if (!to.authority.empty()) {
    url += reference;
    return url;
  }
  url += base.authority;
  if (to.path.empty()) {
    url += base.path;
    url += to.query.empty() ? base.query : to.query;
  } else {
    const std::string path =
        to.path.starts_with('/') ? std::string(to.path) : MergePaths(base, to.path);
    url += RemoveDotSegments(path);
    url += to.query;
  }
  url += to.fragment;
  return url;
}

}  // namespace samestory::io
