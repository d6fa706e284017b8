#include "text/url.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/text.h"
#include "text/white_space.h"

namespace samestory {
namespace {

// Query parameters that say how a reader came to a page and not which page it is, as the
// documentation of the services names them; in lower case, a space on either side of each.
constexpr std::string_view kTrackingParameters =
    " _ga _gl "                                                // Google Analytics: linker
    " dclid gclid gclsrc gbraid wbraid srsltid "               // Google Ads, Merchant Center
    " fbclid fb_action_ids fb_action_types fb_ref fb_source "  // Facebook
    " igshid igsh "                                            // Instagram
    " __twitter_impression twclid ref_src ref_url "            // Twitter
    " ttclid "                                                 // TikTok
    " msclkid ocid "                                           // Microsoft
    " yclid "                                                  // Yandex
    " guccounter guce_referrer guce_referrer_sig "             // Yahoo: consent redirect
    " soc_src soc_trk "                                        // Yahoo: social
    " cmpid cmp icid s_cid s_kwcid "                           // Adobe Analytics: campaigns
    " ns_campaign ns_fee ns_linkname ns_mchannel ns_source "   // comScore
    " xtor "                                                   // AT Internet
    " wt_mc wt.mc_id wt_zmc "                                  // Webtrekk
    " mc_cid mc_eid "                                          // Mailchimp
    " mkt_tok "                                                // Marketo
    " _hsenc _hsmi "                                           // HubSpot
    " vero_conv vero_id "                                      // Vero
    " wickedid "                                               // Wicked Reports
    " spm "                                                    // Alibaba
    " ref referrer referer "                                   // the referring page, by custom
    " ncid ito mbid ftag smid smtyp "                          // newsletters, shares, by custom
    " rss feedtype feedname "                                  // which feed, by custom
    " amp amp_js_v amp_gsa usqp ";                             // "show this page as AMP"

// Whole families of them, by prefix: Urchin and Google Analytics, Matomo, HubSpot, Piano.
constexpr std::string_view kTrackingFamilies[] = {"utm_", "mtm_", "pk_", "hsa_", "at_"};

constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string LowerCase(std::string_view s) {
  std::string lower(s);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool IsUnreserved(char c) {
  const char lower = Lower(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

// Escapes in upper case, and none where the character needs none (RFC 3986, 6.2.2); white space,
// controls and what is not ASCII escaped, as browsers send them; and a '%' that escapes nothing, so
// that it does not come to escape what an escape before it has become.
std::string NormalizeEscapes(std::string_view s) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    auto byte = static_cast<unsigned char>(s[i]);
    const bool escaped =
        byte == '%' && i + 2 < s.size() && HexValue(s[i + 1]) >= 0 && HexValue(s[i + 2]) >= 0;
    if (escaped) {
      byte = static_cast<unsigned char>(HexValue(s[i + 1]) * 16 + HexValue(s[i + 2]));
      i += 2;
    }
    const auto c = static_cast<char>(byte);
    if (escaped ? IsUnreserved(c) : byte > 0x20 && byte < 0x7F && c != '%') {
      out.push_back(c);
    } else {
      out.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
  return out;
}

// Cuts off a prefix up to the first of `stops`, which stays in `rest`.
std::string_view CutBefore(std::string_view& rest, std::string_view stops) {
  const std::size_t end = std::min(rest.find_first_of(stops), rest.size());
  const std::string_view head = rest.substr(0, end);
  rest.remove_prefix(end);
  return head;
}

// The host, in canonical form, of what stands between "://" and the path.
std::string HostOf(std::string_view authority) {
  authority.remove_prefix(authority.rfind('@') + 1);  // npos + 1 is 0
  std::string host = LowerCase(NormalizeEscapes(authority));
  for (bool again = true; again;) {
    again = false;
    // Both schemes are one here, so both their ports are.
    for (std::string_view end : {":80", ":443", ":", "."}) {
      if (!host.ends_with(end)) continue;
      host.resize(host.size() - end.size());
      again = true;
    }
  }
  std::string_view name = host;
  for (bool again = true; again;) {
    again = false;
    for (std::string_view prefix : {"www.", "m.", "amp."}) {
      if (!name.starts_with(prefix) || name.find('.', prefix.size()) == std::string::npos) continue;
      name.remove_prefix(prefix.size());
      again = true;
    }
  }
  return std::string(name);
}

bool IsAmpCdn(std::string_view host) {
  return host == "cdn.ampproject.org" || host.ends_with(".cdn.ampproject.org");
}

bool IsAmpViewer(std::string_view host) { return host.starts_with("google."); }

// What follows "/c/s/" or "/amp/s/" in the path of a page that a cache keeps: that page's own host
// and path. Empty where nothing is.
std::string_view CachedPage(std::string_view host, std::string_view path) {
  // One letter says what is kept: content, viewer, image, resource.
  if (IsAmpCdn(host) && path.size() > 2 && path[0] == '/' && path[2] == '/') {
    path.remove_prefix(3);
  } else if (IsAmpViewer(host) && path.starts_with("/amp/")) {
    path.remove_prefix(5);
  } else {
    return {};
  }
  if (path.starts_with("s/")) path.remove_prefix(2);
  std::string_view rest = path;
  const bool is_address = HostOf(CutBefore(rest, "/")).find('.') != std::string::npos;
  return is_address ? path : std::string_view();
}

std::string CanonicalPath(std::string_view host, std::string path) {
  // The path of an AMP cache says "amp" for other reasons.
  const bool amp_forms = !IsAmpCdn(host) && !IsAmpViewer(host);
  const auto drop_suffix = [&path](std::string_view suffix, std::string_view instead) {
    if (!path.ends_with(suffix)) return false;
    path.resize(path.size() - suffix.size());
    path.append(instead);
    return true;
  };
  while (drop_suffix("/", "") ||
         (amp_forms && (drop_suffix("/amp", "") || drop_suffix(".amp", "") ||
                        drop_suffix(".amp.html", ".html")))) {
  }
  if (!amp_forms) return path;
  std::string out;
  std::string_view rest = path;
  while (!rest.empty()) {
    rest.remove_prefix(1);  // its '/'
    const std::string_view segment = CutBefore(rest, "/");
    if (segment != "amp") out.append("/").append(segment);
  }
  return out;
}

bool IsTracking(const std::string& key, std::string_view value) {
  if (!key.empty() && kTrackingParameters.find(" " + key + " ") != std::string_view::npos) {
    return true;
  }
  if ((key == "output" || key == "outputtype") && LowerCase(value) == "amp") return true;
  return std::any_of(std::begin(kTrackingFamilies), std::end(kTrackingFamilies),
                     [&key](std::string_view family) { return key.starts_with(family); });
}

std::string CanonicalQuery(std::string_view raw) {
  std::vector<std::string> kept;
  while (!raw.empty()) {
    raw.remove_prefix(1);  // its '?' or '&'
    const std::string normal = NormalizeEscapes(CutBefore(raw, "&"));
    std::string_view parameter = normal;
    // An address copied from HTML without resolving its "&amp;".
    while (parameter.starts_with("amp;")) parameter.remove_prefix(4);
    std::string_view value = parameter;
    const std::string_view key = CutBefore(value, "=");
    if (!value.empty()) value.remove_prefix(1);
    if (parameter.empty() || IsTracking(LowerCase(key), value)) continue;
    kept.emplace_back(parameter);
  }
  std::sort(kept.begin(), kept.end());
  std::string query;
  for (const std::string& parameter : kept) {
    query.append(query.empty() ? "?" : "&").append(parameter);
  }
  return query;
}

}  // namespace

UrlHost SplitHost(std::string_view url) {
  url = TrimSpace(url);
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos || colon > 5) return {};
  const std::string scheme = LowerCase(url.substr(0, colon));
  if (scheme != "http" && scheme != "https") return {};
  UrlHost split;
  std::string_view rest = url.substr(colon + 3);
  split.host = HostOf(CutBefore(rest, "/?#"));
  const std::string path = NormalizeEscapes(CutBefore(rest, "?#"));
  split.query = CutBefore(rest, "#");
  std::string_view page = path;
  for (std::string_view inner = CachedPage(split.host, page); !inner.empty();
       inner = CachedPage(split.host, page)) {
    page = inner;
    split.host = HostOf(CutBefore(page, "/"));
  }
  split.path = page;
  return split;
}

std::string CanonicalUrl(std::string_view url) {
  UrlHost split = SplitHost(url);
  if (split.host.empty()) return std::string(TrimSpace(url));
  const std::string path = CanonicalPath(split.host, std::move(split.path));
  return "https://" + split.host + path + CanonicalQuery(split.query);
}

}  // namespace samestory
